"""The rule on lists of references in which readers can look nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.api import Block, Post, PostContext, Related, Report, rule

_HEADING = re.compile(
    r"\W{0,6}(?:(?:list of|selected|scientific|medical|key) )?"
    r"(?:references|sources|citations|bibliography|works cited)"
    r"(?: (?:and|&) (?:references|sources|citations))?\W{0,4}",
    re.IGNORECASE,
)
#: By one of these a reader finds what is meant: an address, a year, a DOI, a PMID, an ISBN.
_FOUND_BY = re.compile(
    r"https?://|www\.|\b10\.\d{4,9}/|\b(?:18|19|20)\d\d|\b(?:doi|pmid|pmc|isbn|issn|nct)\s*:?\s*\d"
    r"|\bin press\b|\bn\.d\.|\b[a-z0-9-]{2,63}\.(?:gov|org|edu|com|int|uk|eu)\b",
    re.IGNORECASE,
)
#: A heading is no longer than this, and a paragraph that is an entry has no fewer words.
_LONGEST_HEADING, _SHORTEST_ENTRY = 50, 3
_MOST_SHOWN = 5
#: Links in the words of other tools, such as a shortcode, that the reader of posts takes as text.
_LINKS = ("](", "{{", "{%", "<")


@rule(
    "trust.references",
    summary="A list of references that is empty, or entries by which nothing can be looked up",
    why="Readers and reviewers turn to it to check what the post says.",
    good="We read widely.\n\n## References\n\n- Holm P. Sleep in winter. 2019.\n",
    bad="We read widely.\n\n## References\n\n## Contact\n\nRing the bell.\n",
    authority="ICMJE Recommendations, on preparing references",
)
def references(ctx: PostContext) -> Iterator[Report]:
    """Report each list of references that holds nothing, or entries without a way to find them."""
    linked = {link.block for link in ctx.post.links}
    for section in _sections(ctx.post):
        if not section.blocks:
            if not _holds_something(ctx.post, section):
                yield ctx.report(
                    section.head,
                    "The list of references is empty, so nothing can be looked up.",
                    help="Add the sources of the post, or take the heading out.",
                )
            continue
        entries = _entries(ctx.post, section)
        bare = [x for x in entries if x.index not in linked and not _is_found(ctx.post, x)]
        if bare:
            yield _told(ctx, bare, len(entries))


def _told(ctx: PostContext, bare: list[Block], number: int) -> Report:
    entry, has = ("entry", "has") if number == 1 else ("entries", "have")
    if len(bare) == 1:
        has = "has"
    return ctx.report(
        bare[0],
        f"{len(bare)} of {number} {entry} in the list of references {has} no link, year or "
        "identifier, so readers cannot find what is meant.",
        help="Add the address, the DOI or PMID, or at least the year.",
        related=tuple(Related("another one", each.span) for each in bare[1 : _MOST_SHOWN + 1]),
        severity="info",
    )


class _Section(NamedTuple):
    """A list of references: its heading, what stands below it, and where that ends."""

    head: Block
    blocks: list[Block]
    end: int


def _sections(post: Post) -> Iterator[_Section]:
    head: Block | None = None
    below: list[Block] = []
    for each in post.blocks:
        starts = _is_head(each)
        ends = each.kind == "heading" and head is not None and each.level <= (head.level or 6)
        if head is not None and (starts or ends):
            yield _Section(head, below, each.span.start)
            head = None
        if starts:
            head, below = each, []
        elif head is not None:
            below.append(each)
    if head is not None:
        yield _Section(head, below, post.body.end)


def _is_head(block: Block) -> bool:
    """Say whether a block announces references: a heading, or a line of its own with a colon."""
    text = block.text.plain
    if len(text) > _LONGEST_HEADING or block.kind not in ("heading", "paragraph"):
        return False
    line = block.kind == "heading" or text.rstrip(" *_").endswith(":")
    return line and block.container == -1 and _HEADING.fullmatch(text) is not None


def _holds_something(post: Post, section: _Section) -> bool:
    """Say whether something stands there that is no text: a shortcode, footnotes at the end."""
    if any(each.kind == "footnote" for each in post.containers):
        return True
    start = section.head.span.end
    return any(sign.isalnum() for sign in post.source.text[start : section.end].partition("\n")[2])


def _entries(post: Post, section: _Section) -> list[Block]:
    """Return the items of the list; a section without one holds its entries as paragraphs."""
    items = [each for each in section.blocks if each.kind == "list-item"]
    if items:
        return [each for each in items if each.text.plain.strip()]
    paragraphs = [each for each in section.blocks if each.kind == "paragraph"]
    return [each for each in paragraphs if len(each.text.plain.split()) >= _SHORTEST_ENTRY]


def _is_found(post: Post, entry: Block) -> bool:
    """Say whether a reader can find what an entry means: also by what only its page will show."""
    if _FOUND_BY.search(entry.text.plain) is not None:
        return True
    written = post.quote(entry.span)
    return any(sign in written for sign in _LINKS)
