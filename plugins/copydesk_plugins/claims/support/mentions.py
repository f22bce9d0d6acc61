"""Every place in a post's text that points at a source: links, marks, identifiers, names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal, NamedTuple

from copydesk.api import Block, Link, MappedText, Post
from copydesk_plugins.claims.support.address import document, look_at
from copydesk_plugins.claims.support.identifiers import written_in
from copydesk_plugins.claims.support.marks import Mark, marks_in, raised_in
from copydesk_plugins.claims.support.references import Entry, References, Source, note_name

How = Literal["link", "mark", "text", "name"]

#: Words of links that lead somewhere and name no source.
_ACTION = re.compile(
    r"(?:please |to |you can )?(?:book|call|contact|e-?mail|visit us|schedule|reserve|request|"
    r"sign up|subscribe|register|buy|shop|order|get started|get in touch|reach|about us|"
    r"our (?:team|clinic|services|practice|prices|fees)|home ?page|make an appointment)\b",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A place in the plain text of a block that points at a source.

    `start` and `end` are offsets into the block's plain text; both are equal for a mark that
    is no part of it, such as that of a footnote.
    """

    block: int
    start: int
    end: int
    how: How
    source: Source


def mentions_in(post: Post, references: References) -> Iterator[Mention]:
    """Yield what points at a source in the text of a post, block by block."""
    links: dict[int, list[Link]] = {}
    for link in post.links:
        links.setdefault(link.block, []).append(link)
    raised = "<sup" in post.source.text
    for block in post.blocks:
        if block.index in references.blocks or block.kind == "code":
            continue
        mine = links.get(block.index)
        found = list(_linked(block, mine, references)) if mine else []
        found += _written(block, found)
        if references.by_mark:
            found += _marked(post, block, references, raised)
        if found:
            yield from sorted(found, key=lambda each: (each.start, each.end))


def entry_for(name: str, references: References) -> Entry | None:
    """Return the entry that a mark points at: numbers of footnotes and lists are one."""
    entry = references.by_mark.get(name)
    if entry is None and not name.startswith("^"):
        entry = references.by_mark.get("^" + name)
    return entry or references.by_mark.get(name.lstrip("^"))


def pointed_at(entry: Entry) -> Source:
    """Return the best source of an entry."""
    return min(entry.sources, key=lambda each: (each.address.page == "named", each.address.tier))


def _linked(block: Block, links: list[Link], references: References) -> Iterator[Mention]:
    for link in links:
        start, end = _plain_place(block.text, link)
        if link.href.startswith("#"):
            entry = entry_for(_name_of(link.href), references)
            if entry is not None:
                source = pointed_at(entry)
                yield Mention(block.index, start, end, "mark", source)
            continue
        address = look_at(link.href)
        if address.tier and not (link.text and _ACTION.match(link.text)):
            yield Mention(
                block.index, start, end, "link", Source(address, link.href, link.span, link.text)
            )


def _name_of(href: str) -> str:
    name = note_name(href)
    return name if name.isdigit() and not href.startswith("#fn-") else "^" + name


def _written(block: Block, linked: list[Mention]) -> Iterator[Mention]:
    """Yield identifiers and addresses in the text that are not the words of a link."""
    starts = [each.start for each in linked]
    for each in written_in(block.text.plain):
        at = bisect_right(starts, each.start) - 1
        if at >= 0 and each.start < linked[at].end:
            continue
        address = document(each.identity) if each.identity else look_at(each.href)
        if address.tier:
            span = block.text.to_source(each.start, each.end)
            yield Mention(
                block.index, each.start, each.end, "text", Source(address, each.href, span)
            )


def _marked(post: Post, block: Block, references: References, raised: bool) -> Iterator[Mention]:
    for mark in marks_in(block.text.plain):
        if not mark.loose or references.top is not None:
            yield from _resolved(block, mark, mark.start, mark.end, references)
    if raised and references.top is not None:
        for mark in raised_in(post.source.text, block.span.start, block.span.end):
            start = _offset(block.text, mark.start)
            end = _offset(block.text, mark.end)
            yield from _resolved(block, mark, start, end, references)


def _resolved(
    block: Block, mark: Mark, start: int, end: int, references: References
) -> Iterator[Mention]:
    for name in mark.names:
        entry = entry_for(name, references)
        if entry is not None:
            yield Mention(block.index, start, end, "mark", pointed_at(entry))


def _plain_place(text: MappedText, link: Link) -> tuple[int, int]:
    """Return where the words of a link stand in the plain text; an empty place has none."""
    start, end = _offset(text, link.span.start), _offset(text, link.span.end)
    return (start, end) if link.text and not link.href.startswith("#fn-") else (start, start)


def _offset(text: MappedText, source: int) -> int:
    """Return the first offset into the plain text that stands at or after one of the source."""
    at = bisect_right(text.runs, source, key=lambda run: run.source) - 1
    if at < 0:
        return 0
    run = text.runs[at]
    if run.plain_length == run.source_length:
        return run.plain + min(source - run.source, run.plain_length)
    return run.plain + (run.plain_length if source > run.source else 0)
