"""What two texts have in common, without what belongs to the site and not to the post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from copydesk.api import Passage, Span
from copydesk_plugins.duplicates.texts import Text

#: A quarter of the runs is kept, so each kept one stands for about four words of a longer text.
_WORDS_OF_A_PRINT = 4
#: Below these counts of kept runs a share says nothing; a passage has them all in one place.
_FEWEST_OF_A_PASSAGE, _FEWEST_OF_A_COPY, _FEWEST_OF_A_PART = 5, 6, 12
#: Where much is shared, a notice explains it, unless half as much of the rest is shared as well.
_AND_OF_THE_REST = 0.5
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
        return len(self.prints) / self.text.size

    @property
    def share_of_other(self) -> float:
        """How much of the other stands in the text, 0 to 1."""
        return len(self.prints) / self.other.size

    def turned(self) -> Shared:
        """Return the same as seen from the other text."""
        return self._replace(text=self.other, other=self.text)

    def passage(self) -> tuple[int, Span, Span]:
        """Return the longest passage: about how many words, its place here and in the other."""
        words, mine = _longest(self.text.passages, self.prints)
        prints = self.prints.intersection(_prints_of(mine))
        theirs = _holding(self.other.passages, prints)
        return words, _whole(mine), _whole(theirs)


def shared_by(one: Text, other: Text, common: frozenset[int], limits: Limits) -> Shared | None:
    """Return what two texts share, or None where it is too little to speak of."""
    if min(one.words, other.words) < limits.shortest:
        return None
    both = one.shared & other.shared
    shorter = min(one.size, other.size)
    if len(both) >= max(_FEWEST_OF_A_COPY, limits.copy * shorter):
        copy = Shared(one, other, both, copied=True)
        if len(both) == shorter:
            return copy
        aside = _template(one, other, both, common, limits)
        if aside is None:
            return None
        least = _AND_OF_THE_REST * limits.copy * (shorter - len(aside))
        if len(both - aside) >= max(_FEWEST_OF_A_COPY, least):
            return copy
    return _part(one, other, both - common, limits)


def _part(one: Text, other: Text, both: frozenset[int], limits: Limits) -> Shared | None:
    """Return what is shared by two texts that are no copies."""
    if len(both) < _FEWEST_OF_A_PASSAGE:
        return None
    frame = _frame(one, other, both)
    if frame.words <= limits.boilerplate / 2:
        both -= frame.prints
    shared = Shared(one, other, both, copied=False)
    if len(both) >= max(_FEWEST_OF_A_PART, limits.part * min(one.size, other.size)):
        return shared
    if len(both) >= _FEWEST_OF_A_PASSAGE and shared.passage()[0] >= limits.passage:
        return shared
    return None


def _template(
    one: Text, other: Text, both: frozenset[int], common: frozenset[int], limits: Limits
) -> frozenset[int] | None:
    """Return the shared prints that belong to the site: what many posts say, or how they close.

    None where too little else is left to judge.
    """
    frame = _frame(one, other, both)
    if frame.words > limits.boilerplate / 2:
        frame = _NO_FRAME  # only two or three posts show that it is a template: be strict
    scattered = (both & common) - frame.prints
    words = frame.words + len(scattered) * _WORDS_OF_A_PRINT
    if words > limits.boilerplate:
        return frozenset()
    left = min(one.words, other.words) - words
    if left < _NEXT_TO_NOTHING * min(one.words, other.words):
        return frozenset()
    return scattered | frame.prints if left >= limits.shortest or not words else None


class _Frame(NamedTuple):
    """The passages that two texts open and close with: their prints, and how many words."""

    prints: frozenset[int]
    words: int


_NO_FRAME = _Frame(frozenset(), 0)


def _frame(one: Text, other: Text, both: frozenset[int]) -> _Frame:
    """Return what both texts open with, and what both close with.

    A notice stands at the edge of a post; what was copied into it seldom does in both.
    """
    found: dict[Span, Passage] = {}
    for step in (1, -1):
        theirs = frozenset(_prints_of(_edge(other.passages[::step], both)))
        mine = _edge(one.passages[::step], both)
        found.update((each.span, each) for each in mine if _share(each, theirs) >= _MOSTLY)
    prints = both.intersection(_prints_of(found.values()))
    return _Frame(prints, sum(passage.words for passage in found.values()))


def _edge(passages: Iterable[Passage], both: frozenset[int]) -> list[Passage]:
    """Return the passages of a text before the first one of its own."""
    found = []
    for passage in passages:
        if passage.prints and _share(passage, both) < _MOSTLY:
            break
        found.append(passage)
    return found


def _prints_of(passages: Iterable[Passage]) -> Iterator[int]:
    return chain.from_iterable(passage.prints for passage in passages)


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
