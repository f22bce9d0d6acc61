"""The text around a finding, with the quoted words apart, and what a fix would make of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from copydesk.api import Edit, MappedText, Post, Span
from copydesk_plugins.reporters.page.words import tidy

_LINE_ENDS = re.compile(r"\r\n|\n|\r")
#: Characters that are shown on each side of the quoted words, and of the words themselves.
_AROUND = 180
_MARKED = 420
#: Edits of one fix that are shown, and characters that are shown around each.
_EDITS = 6
_NEAR = 40


class Passage(NamedTuple):
    """Text before, inside and after a finding; `raw` is text of the file as it is typed."""

    before: str
    marked: str
    after: str
    raw: bool = False


class Piece(NamedTuple):
    """A stretch of text that a fix keeps, takes out or puts in."""

    kind: str
    text: str


class Mended(NamedTuple):
    """A place before and after a fix, in pieces; `more` edits are not shown.

    `unseen` says that the fix changes only spaces or what cannot be seen.
    """

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    more: int
    unseen: bool


def passage(post: Post, span: Span) -> Passage:
    """Return the paragraph around a finding as readers see it, else the lines as typed."""
    above = reversed(post.blocks[: _block_at(post, span)])
    block = next((each for each in above if _holds(each.span, span)), None)
    if block is not None:
        found = _plain(block.text, span)
        if found is not None:
            return _cut(block.text.plain, *found, False)
    text = post.source.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", max(span.end - 1, span.start))
    end = len(text) if end < 0 else end
    shown = text[start:end]
    return _cut(shown, span.start - start, min(span.end, end) - start, True)


def _block_at(post: Post, span: Span) -> int:
    return bisect_right(post.blocks, span.start, key=lambda block: block.span.start)


def _holds(block: Span, span: Span) -> bool:
    return block.start <= span.start < max(block.end, block.start + 1)


def _plain(text: MappedText, span: Span) -> tuple[int, int] | None:
    """Return the place of a span of the source in the plain text; None where it has none."""
    found: list[tuple[int, int]] = []
    for run in text.runs:
        start, end = max(span.start, run.source), min(span.end, run.source + run.source_length)
        if start > end or (start == end and span.start != span.end):
            continue
        if run.plain_length == run.source_length:
            found.append((run.plain + start - run.source, run.plain + end - run.source))
        else:
            found.append((run.plain, run.plain + run.plain_length))
    return (found[0][0], max(end for _, end in found)) if found else None


def _cut(text: str, start: int, end: int, raw: bool) -> Passage:
    before, after = text[max(0, start - 2 * _AROUND) : start], text[end : end + 2 * _AROUND]
    return Passage(
        _end_of(tidy(before).lstrip(), start > 2 * _AROUND),
        _start_of(tidy(text[start : min(end, start + 2 * _MARKED)]), _MARKED),
        _start_of(tidy(after).rstrip(), _AROUND, len(text) > end + 2 * _AROUND),
        raw,
    )


def _end_of(text: str, more: bool) -> str:
    if len(text) > _AROUND:
        at = text.find(" ", len(text) - _AROUND)
        return "… " + text[at + 1 if at >= 0 else len(text) - _AROUND :]
    return "… " + text if more else text


def _start_of(text: str, limit: int, more: bool = False) -> str:
    if len(text) > limit:
        at = text.rfind(" ", 0, limit)
        return text[: at if at > 0 else limit] + " …"
    return text + " …" if more else text


def mended(post: Post, edits: Sequence[Edit]) -> Mended:
    """Return what a fix changes, before and after, with a little of the text around it."""
    text, before, after = post.source.text, list[Piece](), list[Piece]()
    ordered = sorted(edits)
    shown = ordered[:_EDITS]
    last = 0
    for number, edit in enumerate(shown):
        kept = Piece("same", _between(text, last, edit.start, first=number == 0))
        last = max(edit.end, last)
        before += [kept, Piece("out", _typed(text[edit.start : edit.end]))]
        after += [kept, Piece("in", _typed(edit.text))]
    rest = Piece("same", _start_of(tidy(text[last : last + 2 * _NEAR]).rstrip(), _NEAR, False))
    found = Mended(
        tuple(each for each in (*before, rest) if each.text),
        tuple(each for each in (*after, rest) if each.text),
        len(ordered) - len(shown),
        False,
    )
    same = "".join(each.text for each in found.before).split()
    return found._replace(unseen=same == "".join(each.text for each in found.after).split())


def _typed(text: str) -> str:
    """Return a stretch of a fix in which line ends can be seen."""
    return tidy(_LINE_ENDS.sub("↵", text))


def _between(text: str, start: int, end: int, first: bool) -> str:
    """Return the text that stands before an edit, from the one before it on."""
    if first:
        start = max(text.rfind("\n", 0, end) + 1, end - _NEAR, 0)
        return ("… " if end - start == _NEAR else "") + tidy(text[start:end]).lstrip()
    kept = tidy(text[start:end]) if end - start < 8 * _NEAR else ""
    if kept and len(kept) <= 2 * _NEAR:
        return kept
    return tidy(text[start : start + _NEAR]) + " … " + tidy(text[end - _NEAR : end])
