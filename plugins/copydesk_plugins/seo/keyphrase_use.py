"""Rules on how often a keyphrase is used, and how it is spread over a long post."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, Unit, rule
from copydesk_plugins.seo.amounts import counted, share
from copydesk_plugins.seo.keyphrase import Seen, seen
from copydesk_plugins.seo.keyphrase_places import place_of

_BODY = frozenset({"paragraph", "list-item", "table-cell", "heading"})
#: A phrase that is used less often is not over-used, however short the post is.
_FEWEST_USES = 8
_FEWEST_HEADINGS = 4
_FRONT = "---\ntitle: First visits\nkeyphrase: first visit\n---\n\n"
_STUFFED = " ".join(f"Your first visit in room {n} is a first visit." for n in range(6))


@rule(
    "seo.keyphrase-overuse",
    summary="A post repeats its keyphrase so often that it reads as written for machines.",
    why="Readers stumble over it, and search engines count repeated words as spam.",
    good=_FRONT + "Your first visit takes an hour. You may stop at any time.\n",
    bad=_FRONT + _STUFFED + "\n",
    authority="Google Search Central, Spam policies for Google web search: keyword stuffing. "
    "Google names no number; the limits are Copydesk's own",
    severity="info",
    options=(
        Option(
            "max-share",
            "How many of 100 words may belong to the keyphrase.",
            5,
            minimum=1,
            maximum=100,
        ),
        Option(
            "max-headings",
            "How many of 100 subheadings may name it.",
            75,
            minimum=1,
            maximum=100,
        ),
    ),
    languages=("en",),
)
def overuse(ctx: PostContext) -> Iterator[Report]:
    """Report once a phrase that is used too often in the text or in the subheadings."""
    found = seen(ctx)
    if found is None:
        return
    body = _body(ctx)
    sizes = [size for unit in body for size in found.keyphrase.uses(found.keys[unit.index])]
    total = sum(len(found.keys[unit.index]) for unit in body)
    headings = [unit for unit in body if unit.kind == "heading"]
    with_it = sum(any(found.keyphrase.uses(found.keys[unit.index])) for unit in headings)
    told = []
    if len(sizes) >= _FEWEST_USES and 100 * sum(sizes) > ctx.number("max-share") * total:
        told.append(f"{counted(len(sizes), 'time')}, as {share(sum(sizes), total, 'word')}")
    if len(headings) >= _FEWEST_HEADINGS and 100 * with_it > len(headings) * ctx.number(
        "max-headings"
    ):
        told.append(f"in {share(with_it, len(headings), 'subheading')}")
    if told:
        yield ctx.report(
            place_of(ctx),
            f"The keyphrase “{found.keyphrase.phrase}” is used {' and '.join(told)}; so often, it "
            "reads as written for machines, and search engines take it for spam.",
            help="Say “it”, use another word, or leave it out where the meaning stays clear.",
        )


@rule(
    "seo.keyphrase-spread",
    summary="A long post names its keyphrase in one part only.",
    why="The rest may be about something else, and a second post may serve readers better.",
    good=_FRONT + "A first visit. " + "We sit and we talk for a while. " * 60 + "Your first visit.",
    bad=_FRONT + "A first visit. " + "We sit and we talk for a while. " * 110,
    authority="Copydesk: a post that is about a thing from end to end comes back to its name",
    severity="info",
    options=(
        Option(
            "min-words", "Posts with fewer words are not judged.", 600, minimum=100, maximum=10000
        ),
        Option(
            "max-gap",
            "How many of 100 words may follow one another without the keyphrase or a synonym.",
            70,
            minimum=20,
            maximum=100,
        ),
    ),
    languages=("en",),
)
def spread(ctx: PostContext) -> Iterator[Report]:
    """Report once a long post in which most of the text lies between two uses, or after the last.

    A post that never names it is the business of seo.keyphrase.
    """
    found = seen(ctx)
    if found is None:
        return
    body = _body(ctx)
    total = sum(len(found.keys[unit.index]) for unit in body)
    if total < ctx.number("min-words"):
        return
    gap, named = _longest_gap(found, body)
    if named and 100 * gap > ctx.number("max-gap") * total:
        yield ctx.report(
            place_of(ctx),
            f"The keyphrase “{found.keyphrase.phrase}” does not come up in "
            f"{share(gap, total, 'word')} in a row; that part may be about something else.",
            help="Name the subject there again, add `synonyms` to the front matter, or give that "
            "part a post of its own.",
        )


def _body(ctx: PostContext) -> list[Unit]:
    title = ctx.post.title_block
    return [unit for unit in ctx.post.units if unit.kind in _BODY and unit.block != title]


def _longest_gap(found: Seen, body: list[Unit]) -> tuple[int, int]:
    """Return the most words in a row without the keyphrase, and how many sentences name it."""
    longest = gap = named = 0
    for unit in body:
        if found.keyphrase.named(found.keys[unit.index]):
            named += 1
            gap = 0
        else:
            gap += len(found.keys[unit.index])
            longest = max(longest, gap)
    return longest, named
