"""The texts of a site, and which of them have enough in common to be looked at in pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from copydesk.api import Entry, Passage, passages_of

#: Each post that has a run of words is held against so many others that have it, too. So the work
#: grows with the text and not with its square, whatever all posts of a site share.
REACH = 8
#: Kept runs that two posts must share to be looked at; about 16 of all their runs.
_FEWEST = 4


class Text(NamedTuple):
    """The text of a post: its passages, all their prints, how many words and runs there are."""

    entry: Entry
    passages: tuple[Passage, ...]
    prints: frozenset[int]
    words: int
    runs: int


def texts_of(entries: Iterable[Entry]) -> list[Text]:
    """Return the texts of posts; posts with much the same text stand side by side."""
    found = [_text(entry) for entry in entries if entry.outline.sketch]
    return sorted(found, key=lambda text: (sorted(text.prints)[:_FEWEST], text.entry.key))


def _text(entry: Entry) -> Text:
    passages = passages_of(entry.outline.sketch)
    prints = frozenset(each for passage in passages for each in passage.prints)
    words = sum(passage.words for passage in passages)
    return Text(entry, passages, prints, words, sum(passage.runs for passage in passages))


class Repeated:
    """The prints that several texts have, with the texts that have them."""

    def __init__(self, texts: list[Text]) -> None:
        self._texts = texts
        once: set[int] = set()
        again: set[int] = set()
        for text in texts:
            again |= once & text.prints
            once |= text.prints
        self._where: dict[int, list[int]] = {each: [] for each in again}
        for number, text in enumerate(texts):
            for each in text.prints & again:
                self._where[each].append(number)

    def common(self, posts: int) -> frozenset[int]:
        """Return the prints that stand in at least so many posts: the site's own phrases."""
        return frozenset(each for each, found in self._where.items() if len(found) >= posts)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of texts to look at, by number; at most `REACH` for each kept run."""
        at = dict.fromkeys(self._where, 0)
        for number, text in enumerate(self._texts):
            met: Counter[int] = Counter()
            for each in text.prints & at.keys():
                at[each] = following = at[each] + 1
                met.update(self._where[each][following : following + REACH])
            yield from ((number, other) for other, hits in sorted(met.items()) if hits >= _FEWEST)
