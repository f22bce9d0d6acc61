"""One look at a post, shared by all rules: its text in small letters and where it is code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from copydesk.api import Block, Link, Post, PostContext, Span, Unit
from copydesk_plugins.artefacts.vocabulary import parts_of

_TICKS = re.compile(r"`+")
#: Elements of HTML whose text is a program, or a sample of what one says.
_CODE_TAGS = ("code", "pre", "kbd", "samp", "script", "style")

Made = TypeVar("Made")


class Seen(NamedTuple):
    """A stretch of the text of a block that readers see: [start, end) in its plain text."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as readers see them."""
        return self.block.text.plain[self.start : self.end]

    @property
    def span(self) -> Span:
        """The place in the source."""
        return self.block.text.to_source(self.start, self.end)


class Look:
    """What the rules look at first: most of them are done when their marks are not there."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self.text = post.source.text
        self.lowered = self.text.lower()
        if len(self.lowered) != len(self.text):  # a few letters grow: then only plain ASCII is
            self.lowered = "".join(c.lower() if c.isascii() else c for c in self.text)

    @cached_property
    def parts(self) -> list[str]:
        """The runs of letters of the whole file, in small letters."""
        return parts_of(self.lowered)

    @cached_property
    def words(self) -> frozenset[str]:
        """The same once each: what vocabularies are held against."""
        return frozenset(self.parts)

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks that readers see as text, in order."""
        return [block for block in self._post.blocks if block.kind != "code"]

    def seen(self, mark: str) -> Iterator[Seen]:
        """Yield where readers see a mark given in small letters, code left out."""
        if mark not in self.lowered:
            return
        for block in self.blocks:
            plain = block.text.plain.lower()
            at = plain.find(mark) if len(plain) == len(block.text.plain) else -1
            while at != -1:
                found = Seen(block, at, at + len(mark))
                if not self.in_code(found.span.start):
                    yield found
                at = plain.find(mark, at + len(mark))

    def matches(self, pattern: re.Pattern[str]) -> Iterator[Seen]:
        """Yield where readers see a match of a pattern, code left out."""
        for block in self.blocks:
            for match in pattern.finditer(block.text.plain):
                found = Seen(block, match.start(), match.end())
                if not self.in_code(found.span.start):
                    yield found

    def links_in(self, block: Block, span: Span) -> list[Link]:
        """Return the links of a block that begin inside a span."""
        return [
            link
            for link in self._links.get(block.index, ())
            if span.start <= link.span.start < span.end
        ]

    def in_code(self, offset: int) -> bool:
        """Say whether a place of the source is shown as code, in a block or inside a line."""
        at = bisect_right(self._code_starts, offset) - 1
        return at >= 0 and offset < self._code[at].end

    def shown_as_code(self, mark: str) -> bool:
        """Say whether a mark in small letters stands in code too: then the post is about it."""
        at = self.lowered.find(mark)
        while at != -1:
            if self.in_code(at):
                return True
            at = self.lowered.find(mark, at + len(mark))
        return False

    def block_at(self, offset: int) -> Block | None:
        """Return the last block that begins at or before a place of the source."""
        at = bisect_right(self._post.blocks, offset, key=lambda block: block.span.start) - 1
        return self._post.blocks[at] if at >= 0 else None

    @cached_property
    def _links(self) -> dict[int, list[Link]]:
        found: dict[int, list[Link]] = {}
        for link in self._post.links:
            found.setdefault(link.block, []).append(link)
        return found

    @cached_property
    def _code(self) -> list[Span]:
        """Where the source is code; stretches that meet are one."""
        spans = [block.span for block in self._post.blocks if block.kind == "code"]
        if "`" in self.text and self._post.reader == "markdown":
            for block in self.blocks:
                spans += _ticked(self.text, block.span)
        for tag in _CODE_TAGS:
            spans += _tagged(self.lowered, tag)
        joined: list[Span] = []
        for span in sorted(spans):
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        return joined

    @cached_property
    def _code_starts(self) -> list[int]:
        return [span.start for span in self._code]


def once(make: Callable[[PostContext], Made]) -> Callable[[PostContext], Made]:
    """Keep what a function finds in a post, so that the rules share it."""
    known: WeakKeyDictionary[PostContext, Made] = WeakKeyDictionary()

    def remembered(ctx: PostContext) -> Made:
        found = known.get(ctx)
        if found is None:
            found = known[ctx] = make(ctx)
        return found

    return remembered


@once
def look(ctx: PostContext) -> Look:
    """Return the look at a post, taken once for all rules."""
    return Look(ctx.post)


def keys(ctx: PostContext, unit: Unit) -> list[str]:
    """Return the words of a unit as phrases are written: small letters, straight apostrophes."""
    return ctx.keys(unit)


def holds(unit: Unit, hints: frozenset[str]) -> bool:
    """Say whether a unit holds the letters of a hint, so that it is worth a closer look."""
    lowered = unit.text.lower()
    return any(hint in lowered for hint in hints)


def short(text: str, limit: int = 60) -> str:
    """Return a text on one line, cut where it is too long for a message."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _ticked(text: str, where: Span) -> Iterator[Span]:
    """Yield stretches between runs of equally many backticks."""
    runs = list(_TICKS.finditer(text, where.start, where.end))
    waiting: dict[int, deque[int]] = {}
    for run in runs:
        waiting.setdefault(run.end() - run.start(), deque()).append(run.start())
    after = where.start
    for run in runs:
        start, width = run.start(), run.end() - run.start()
        if start < after or text[start - 1 : start] == "\\":
            continue
        same = waiting[width]
        while same and same[0] <= start:
            same.popleft()
        if same:
            after = same[0] + width
            yield Span(start, after)


def _tagged(lowered: str, tag: str) -> Iterator[Span]:
    """Yield stretches between an opening tag of HTML and the next closing one."""
    opening, closing = f"<{tag}", f"</{tag}>"
    at = lowered.find(opening)
    while at != -1:
        end = lowered.find(closing, at)
        if end == -1:
            return
        if not lowered[at + len(opening)].isalnum():
            yield Span(at, end)
        at = lowered.find(opening, end)
