"""The texts of a site, and which of them have enough in common to be looked at in pairs."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from copydesk.api import Entry, Passage, passages_of

#: Each post that has a run of words is held against so many others that have it, too. So the work
#: grows with the text and not with its square, whatever all posts of a site share.
REACH = 8
#: Kept runs that two posts must share to be looked at; about 16 of all their runs.
_FEWEST = 4


class Text(NamedTuple):
    """The text of a post: what it shares with any other, and how much there is of it.

    `shared` are the prints that some other text has, too; `size` counts all of its prints. Most
    texts of a site share next to nothing, so this is small where the whole text would not be.
    """

    entry: Entry
    shared: frozenset[int]
    size: int
    words: int
    runs: int

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The blocks of prose, read anew each time."""
        return passages_of(self.entry.outline.sketch)


def texts_of(entries: Iterable[Entry]) -> list[Text]:
    """Return the texts that share anything; those with much the same text stand side by side."""
    written = [entry for entry in entries if entry.outline.sketch]
    again = _repeated(written)
    found = [_text(entry, again) for entry in written]
    return sorted(
        (text for text in found if len(text.shared) >= _FEWEST),
        key=lambda text: (sorted(text.shared)[:_FEWEST], text.entry.key),
    )


def _repeated(entries: Iterable[Entry]) -> frozenset[int]:
    """Return the prints that more than one text has."""
    prints = array("I")
    for entry in entries:
        prints.extend(_prints(passages_of(entry.outline.sketch)))
    return frozenset(one for one, other in pairwise(sorted(prints)) if one == other)


def _text(entry: Entry, again: frozenset[int]) -> Text:
    passages = passages_of(entry.outline.sketch)
    prints = _prints(passages)
    words = sum(passage.words for passage in passages)
    runs = sum(passage.runs for passage in passages)
    return Text(entry, prints & again, len(prints), words, runs)


def _prints(passages: Iterable[Passage]) -> frozenset[int]:
    return frozenset(each for passage in passages for each in passage.prints)


class Repeated:
    """The prints that several texts have, with the texts that have them."""

    def __init__(self, texts: list[Text]) -> None:
        self._texts = texts
        self._where: dict[int, list[int]] = {}
        for number, text in enumerate(texts):
            for each in text.shared:
                self._where.setdefault(each, []).append(number)

    def common(self, posts: int) -> frozenset[int]:
        """Return the prints that stand in at least so many posts: the site's own phrases."""
        return frozenset(each for each, found in self._where.items() if len(found) >= posts)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of texts to look at, by number; at most `REACH` for each kept run."""
        at = dict.fromkeys(self._where, 0)
        for number, text in enumerate(self._texts):
            met: Counter[int] = Counter()
            for each in text.shared:
                at[each] = following = at[each] + 1
                met.update(self._where[each][following : following + REACH])
            yield from ((number, other) for other, hits in sorted(met.items()) if hits >= _FEWEST)
