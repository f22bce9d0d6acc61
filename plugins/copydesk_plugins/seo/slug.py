"""Rule seo.slug: the part of the address that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, rule, slug_of
from copydesk_plugins.seo.amounts import counted, listed

_PART = re.compile(r"[-_.]")
_DATE = re.compile(r"(?:^|-)20\d\d-(?:0?[1-9]|1[0-2])(?:-|$)")
_COPY = re.compile(r"(?:^copy-of-|^untitled(?:-|$)|^no-title|^auto-draft|-copy(?:-\d+)?$)")
_NUMBERED = re.compile(r"[a-z]-([2-9])$")
#: A row of this many digits, or of letters and digits mixed like a key, was made by a machine.
_NUMBER = re.compile(r"\d{5,}")
_MIXED = re.compile(r"(?=.*\d.*\d)(?=.*[a-f])[0-9a-f]{8,}")
_POST = "---\ntitle: First visits\nslug: {}\n---\n\nWe meet for one hour.\n"


@rule(
    "seo.slug",
    summary="A slug is hard to read, or shows where the post was copied from.",
    why="The slug is part of the address, which people see, say and share.",
    good=_POST.format("first-visit"),
    bad=_POST.format("Copy_of_first_visit"),
    authority="Google Search Central, URL structure best practices: readable words instead of "
    "long ID numbers, hyphens instead of underscores. Length and what an import leaves behind: "
    "Copydesk",
    severity="info",
    options=(
        Option(
            "max-characters", "The longest slug that is easy to share.", 80, minimum=20, maximum=200
        ),
    ),
)
def slug(ctx: PostContext) -> Iterator[Report]:
    """Report once what is odd about a slug; the file name of a draft is none yet."""
    meta = ctx.post.metadata
    if not meta.slug and meta.state == "draft":
        return
    name = meta.slug or slug_of(ctx.post.source.key)
    odd = list(_odd(name, ctx.post.title, int(ctx.number("max-characters"))))
    if odd:
        yield ctx.report(
            meta.span_of("slug") or ctx.top,
            f"The slug “{name[:100]}” {listed(odd)}; people read, say and share it as part of the "
            "address.",
            help="Choose a few words that say what the post is about, in small letters, joined by "
            "hyphens. A post that is public already keeps its slug, or needs a redirect.",
        )


def _odd(name: str, title: str, limit: int) -> Iterator[str]:
    small = name.lower().replace("_", "-").replace(".", "-")
    if "_" in name:
        yield "joins words with underscores"
    if name != name.lower():
        yield "has capital letters"
    if _COPY.search(small):
        yield "looks like that of a copy"
    elif (numbered := _NUMBERED.search(small)) and numbered[1] not in title:
        yield f"ends in -{numbered[1]}, as copies do"
    if _DATE.search(small):
        yield "has a date in it"
    elif any(_NUMBER.fullmatch(part) or _MIXED.fullmatch(part) for part in _PART.split(small)):
        yield "has a number in it that means nothing to readers"
    if len(name) > limit:
        yield f"has {counted(len(name), 'character')}"
