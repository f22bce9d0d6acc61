"""Rule seo.keyphrase: the places where readers of a search result expect its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, Span, Unit, rule, slug_of
from copydesk_plugins.seo.amounts import listed
from copydesk_plugins.seo.keyphrase import Seen, keys_of, seen

_PLACES = ("title", "introduction", "subheading", "slug", "description", "alt")
_SAID = {
    "title": "the title",
    "introduction": "the introduction",
    "subheading": "any subheading",
    "slug": "the slug",
    "description": "the description",
    "alt": "any alternative text",
}
_KINDS = {
    "subheading": frozenset({"heading"}),
    "description": frozenset({"description"}),
    "alt": frozenset({"alt", "image-alt"}),
}
#: Paragraphs of an introduction that are looked at; the rest is no introduction any more.
_PARAGRAPHS = 3
_POST = "---\ntitle: {}\nkeyphrase: first visit\n---\n\n{} We meet for one hour.\n"


@rule(
    "seo.keyphrase",
    summary="A post's keyphrase is missing where readers look for it first.",
    why="People scan title, first lines and subheadings for the words that they searched for.",
    good=_POST.format("Your first visit", "What happens on first visits?"),
    bad=_POST.format("What to expect", "Come as you are."),
    authority="Google Search Central, SEO Starter Guide: expect the words that readers search for. "
    "Which places are looked at is Copydesk's choice; being named more often earns nothing here",
    severity="info",
    options=(
        Option(
            "places",
            f"The places that should name the keyphrase, out of {', '.join(_PLACES)}.",
            ("title", "introduction", "subheading", "slug", "description"),
        ),
        Option(
            "tolerated",
            "How many of the places may lack it; the title may not.",
            1,
            minimum=0,
            maximum=len(_PLACES),
        ),
    ),
    languages=("en",),
)
def keyphrase(ctx: PostContext) -> Iterator[Report]:
    """Report once where a keyphrase that front matter names is missing."""
    found = seen(ctx)
    if found is None:
        return
    told = {place: _named(ctx, found, place) for place in _PLACES if place in ctx.terms("places")}
    judged = [place for place, named in told.items() if named is not None]
    missing = [_SAID[place] for place in judged if not told[place]]
    if len(missing) <= ctx.number("tolerated") and told.get("title") is not False:
        return
    yield ctx.report(
        place_of(ctx),
        f"The keyphrase “{found.keyphrase.phrase}” is not in {listed(missing, 'or')} "
        f"({len(missing)} of {len(judged)} places looked at); people scan these for the words "
        "that they searched for.",
        help="Name it there where it reads well, or choose the keyphrase that the post is about. "
        "Other forms of its words count, and so do `synonyms` in the front matter.",
    )


def place_of(ctx: PostContext) -> Span:
    """Return where front matter names the keyphrase."""
    return ctx.post.metadata.span_of("keyphrase") or ctx.top


def _named(ctx: PostContext, found: Seen, place: str) -> bool | None:
    """Say whether a place names the keyphrase; None where the post has no such place."""
    post = ctx.post
    if place == "title":
        return found.keyphrase.named(keys_of(post.title)) if post.title else None
    if place == "slug":
        # A draft without a slug may still get another file name.
        if not post.metadata.slug and post.metadata.state == "draft":
            return None
        slug = post.metadata.slug or slug_of(post.source.key)
        return found.keyphrase.named(keys_of(re.sub(r"[-_.]", " ", slug)))
    units = _introduction(ctx) if place == "introduction" else _of_kind(ctx, _KINDS[place])
    if not units:
        return None
    return any(found.keyphrase.named(found.keys[unit.index]) for unit in units)


def _of_kind(ctx: PostContext, kinds: frozenset[str]) -> list[Unit]:
    title = ctx.post.title_block
    return [unit for unit in ctx.post.units if unit.kind in kinds and unit.block != title]


def _introduction(ctx: PostContext) -> list[Unit]:
    """Return the first paragraphs: those above the first subheading, or else the first one."""
    found: list[Unit] = []
    blocks: set[int] = set()
    for unit in ctx.post.units:
        if unit.kind == "heading" and unit.block != ctx.post.title_block and found:
            break
        if unit.kind == "paragraph":
            blocks.add(unit.block)
            if len(blocks) > _PARAGRAPHS:
                break
            found.append(unit)
    return found
