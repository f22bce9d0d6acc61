"""Edits of a text: whether they fit and meet, making them, and the way back to old places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from copydesk.model.finding import Edit
from copydesk.model.text import Span


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made that do not meet."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def meet(one: Edit, other: Edit) -> bool:
    """Say whether two edits overlap, or touch where one of them only inserts."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return start < end or (start == end and (one.start == one.end or other.start == other.end))


def fit(edits: Sequence[Edit], text: str) -> bool:
    """Say whether edits lie inside a text, apart from each other; they may be a plugin's own."""
    for edit in edits:
        if not (isinstance(edit.start, int) and isinstance(edit.end, int)):
            return False
        if not (isinstance(edit.text, str) and 0 <= edit.start <= edit.end <= len(text)):
            return False
    return not any(meet(one, other) for one, other in pairwise(sorted(edits)))


class Taken:
    """Edits that are to be made together; none of them meets another."""

    def __init__(self) -> None:
        self.edits: list[Edit] = []

    def add(self, edits: Sequence[Edit]) -> bool:
        """Take all of some edits, or none of them where one meets what is there."""
        if any(self._meets(edit) for edit in edits):
            return False
        for edit in edits:
            insort(self.edits, edit)
        return True

    def _meets(self, edit: Edit) -> bool:
        at = bisect_left(self.edits, edit)
        # What is there lies apart, so only the two beside the place can be met.
        return any(meet(edit, other) for other in self.edits[max(at - 1, 0) : at + 1])


class Moves:
    """The way from a text after some edits back to the text before them."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted(edits)
        grown = [len(edit.text) - (edit.end - edit.start) for edit in ordered]
        self._starts = [edit.start for edit in ordered]
        self._grown = [0, *accumulate(grown)]
        self._ends = [
            edit.end + moved for edit, moved in zip(ordered, self._grown[1:], strict=True)
        ]

    def back(self, offset: int) -> int:
        """Return where a place stood before; what an edit brought stands where that edit began."""
        at = bisect_right(self._ends, offset)
        before = offset - self._grown[at]
        return min(before, self._starts[at]) if at < len(self._starts) else before


class Spans:
    """Spans that may hold each other, and those among them that an edit reaches into."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._furthest = list(accumulate((span.end for span in self._spans), max))

    def under(self, edit: Edit) -> list[Span]:
        """Return the spans that an edit has a part of, or inserts into."""
        found = []
        at = bisect_left(self._spans, edit.end, key=lambda span: span.start)
        while at and self._furthest[at - 1] > edit.start:
            at -= 1
            if self._spans[at].end > edit.start:
                found.append(self._spans[at])
        return found
