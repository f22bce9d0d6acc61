"""What two texts have in common, without what belongs to the site and not to the post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from copydesk.api import Passage, Span
from copydesk_plugins.duplicates.texts import Text

#: A quarter of the runs is kept, so each kept one stands for about four words of a longer text.
_WORDS_OF_A_PRINT = 4
#: Below these counts a share says nothing.
_FEWEST_OF_A_COPY, _FEWEST_OF_A_PART = 8, 12
#: A passage is shared where so much of it is; edits at its ends take some away.
_MOSTLY = 0.8
#: A text with hardly anything of its own besides what all posts say is a copy, no template.
_NEXT_TO_NOTHING = 0.1


class Limits(NamedTuple):
    """From where on something counts; see the options of the rule.

    `copy` and `part` are shares of a text from 0 to 1, the others counts of words.
    """

    copy: float
    part: float
    passage: int
    shortest: int
    boilerplate: int


class Shared(NamedTuple):
    """What a text shares with another: the prints that count, and the longest passage.

    `copied` says that most of one of the two stands in the other.
    """

    text: Text
    other: Text
    prints: frozenset[int]
    copied: bool

    @property
    def share(self) -> float:
        """How much of the text stands in the other, 0 to 1."""
        return len(self.prints) / len(self.text.prints)

    @property
    def share_of_other(self) -> float:
        """How much of the other stands in the text, 0 to 1."""
        return len(self.prints) / len(self.other.prints)

    def turned(self) -> Shared:
        """Return the same as seen from the other text."""
        return self._replace(text=self.other, other=self.text)

    def passage(self) -> tuple[int, Span, Span]:
        """Return the longest passage: about how many words, its place here and in the other."""
        words, mine = _longest(self.text.passages, self.prints)
        prints = frozenset(each for passage in mine for each in passage.prints) & self.prints
        theirs = _holding(self.other.passages, prints)
        return words, _whole(mine), _whole(theirs)


def shared_by(one: Text, other: Text, common: frozenset[int], limits: Limits) -> Shared | None:
    """Return what two texts share, or None where it is too little to speak of."""
    if min(one.words, other.words) < limits.shortest:
        return None
    both = one.prints & other.prints
    if len(both) < _FEWEST_OF_A_COPY:
        return None
    aside = _template(one, other, both, common, limits)
    if aside is None:
        return None
    counted = both - aside
    of = min(len(one.prints - aside), len(other.prints - aside))
    if len(counted) >= max(_FEWEST_OF_A_COPY, limits.copy * of):
        return Shared(one, other, counted, copied=True)
    part = counted - common
    shared = Shared(one, other, part, copied=False)
    if len(part) >= max(_FEWEST_OF_A_PART, limits.part * of):
        return shared
    if len(part) >= _FEWEST_OF_A_COPY and shared.passage()[0] >= limits.passage:
        return shared
    return None


def _template(
    one: Text, other: Text, both: frozenset[int], common: frozenset[int], limits: Limits
) -> frozenset[int] | None:
    """Return the shared prints that belong to the site: what many posts say, or how they close.

    None where too little else is left to judge.
    """
    frame = _frame(one, other, both)
    if len(frame) * _WORDS_OF_A_PRINT > limits.boilerplate / 2:
        frame = frozenset()  # only two or three posts show that it is a template: be strict
    aside = (both & common) | frame
    if not aside or len(aside) * _WORDS_OF_A_PRINT > limits.boilerplate:
        return frozenset()
    for text in (one, other):
        if len(text.prints - aside) < _NEXT_TO_NOTHING * len(text.prints):
            return frozenset()
    left = min(len(one.prints - aside), len(other.prints - aside))
    return aside if left * _WORDS_OF_A_PRINT >= limits.shortest else None


def _frame(one: Text, other: Text, both: frozenset[int]) -> frozenset[int]:
    """Return the prints of the passages that both texts open with, or both close with.

    A notice stands at the edge of a post; what was copied into it seldom does in both.
    """
    found: set[int] = set()
    for step in (1, -1):
        mine = _edge(one.passages[::step], both)
        found |= mine & _edge(other.passages[::step], both)
    return frozenset(found)


def _edge(passages: Iterable[Passage], both: frozenset[int]) -> set[int]:
    found: set[int] = set()
    for passage in passages:
        if passage.prints and _share(passage, both) < _MOSTLY:
            break
        found.update(passage.prints)
    return found


def _longest(passages: Sequence[Passage], prints: frozenset[int]) -> tuple[int, list[Passage]]:
    """Return the shared passages in a row that have the most words, and how many are shared."""
    best: tuple[int, list[Passage]] = (0, [])
    words, row = 0, list[Passage]()
    for passage in passages:
        share = _share(passage, prints)
        if not passage.prints and row:
            continue  # too short to tell, between two that are shared
        if share < _MOSTLY:
            alone = round(share * passage.words)
            best = max(best, (alone, [passage]), key=lambda each: each[0])
            words, row = 0, []
            continue
        words, row = words + round(share * passage.words), [*row, passage]
        best = max(best, (words, row), key=lambda each: each[0])
    return best


def _holding(passages: Sequence[Passage], prints: frozenset[int]) -> list[Passage]:
    """Return the passages of a text that hold most of some prints."""
    held = [(len(prints.intersection(passage.prints)), passage) for passage in passages]
    most = max((count for count, _ in held), default=0)
    return [
        passage
        for count, passage in held
        if count and (count == most or count >= _MOSTLY * len(passage.prints))
    ]


def _share(passage: Passage, prints: frozenset[int]) -> float:
    if not passage.prints:
        return 0
    return len(prints.intersection(passage.prints)) / len(passage.prints)


def _whole(passages: Sequence[Passage]) -> Span:
    """Return the place of some passages, from the first to the last."""
    return Span(passages[0].span.start, passages[-1].span.end)
