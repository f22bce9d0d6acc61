"""What each post of a site is about, and which posts are about the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import log
from typing import NamedTuple

from copydesk.api import Entry
from copydesk_plugins.duplicates.posts import may_meet
from copydesk_plugins.duplicates.wording import Words, words_of

#: Neighbours on either side that a post is held against, among those that share its rarest word.
_REACH = 25
#: Headings below which they say nothing of a post.
_HEADINGS = 2
#: A title of one word ("News") asks no question.
_WORDS = 2


class Topic(NamedTuple):
    """A post with the words of its keyphrase, its title and its headings."""

    entry: Entry
    keyphrase: Words | None
    title: Words
    headings: frozenset[str]


class Likeness(NamedTuple):
    """How alike titles and headings have to be, from 0 to 1; see the options of the rule."""

    title: float
    headings: float


def topics_of(entries: Iterable[Entry]) -> list[Topic]:
    """Return the topics of posts."""
    found = []
    for entry in entries:
        phrase = words_of(entry.outline.keyphrase, entry.language)
        title = words_of(entry.title, entry.language)
        heads = words_of(" | ".join(text for _, text in entry.outline.headings), entry.language)
        found.append(Topic(entry, phrase if any(phrase) else None, title, heads.said | heads.row))
    return found


def rivals(one: Topic, other: Topic) -> bool:
    """Say whether two posts can compete at all; parts of one series or row do not.

    A year makes no row where the writer gave both one keyphrase: "The 2024 guide" is the old one.
    """
    series, theirs = one.entry.series, other.entry.series
    if series is not None and theirs is not None and series.name == theirs.name:
        return False
    differing = one.title.row ^ other.title.row
    if one.keyphrase is not None and one.keyphrase == other.keyphrase:
        differing = frozenset(each for each in differing if not _is_year(each))
    return not differing and may_meet(one.entry, other.entry)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and word.startswith(("19", "20"))


def same_keyphrase(topics: Iterable[Topic]) -> Iterator[tuple[Topic, Topic]]:
    """Yield pairs of neighbours, by path, that have the same words for a keyphrase."""
    groups: dict[tuple[object, ...], list[Topic]] = {}
    for topic in topics:
        if topic.keyphrase is not None:
            key = (topic.entry.language.lower(), topic.keyphrase)
            groups.setdefault(key, []).append(topic)
    for group in groups.values():
        yield from _neighbours(group)


def _neighbours(group: list[Topic]) -> Iterator[tuple[Topic, Topic]]:
    """Yield each topic with those right behind it that it can compete with."""
    for at, topic in enumerate(group):
        for other in group[at + 1 : at + 1 + _REACH]:
            if rivals(topic, other):
                yield topic, other


class Weights:
    """How much each word tells of a post: much where few posts of the site have it."""

    def __init__(self, topics: list[Topic]) -> None:
        having = Counter(word for topic in topics for word in topic.title.said | topic.headings)
        self._weights = {word: log(1 + len(topics) / count) for word, count in having.items()}

    def of(self, words: frozenset[str]) -> float:
        """Return the weight of some words together."""
        return sum(map(self._weights.__getitem__, words))

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return how much of what either says both say, from 0 to 1."""
        either = self.of(one | other)
        return self.of(one & other) / either if either else 0.0

    def rarest(self, words: frozenset[str]) -> str:
        """Return the word that the fewest posts have."""
        return max(words, key=lambda word: (self._weights[word], word))


def alike(topics: list[Topic], weights: Weights, limits: Likeness) -> Iterator[tuple[Topic, Topic]]:
    """Yield pairs whose titles and headings are much alike, where no keyphrases tell them apart.

    One title has to say all that the other says: “in Austin” and “in Dallas” are two subjects.
    """
    ready = [topic for topic in topics if len(topic.title.said) >= _WORDS]
    ready.sort(key=lambda topic: (sorted(topic.title.said), topic.entry.key))
    having: dict[tuple[str, frozenset[str]], list[int]] = {}
    for number, topic in enumerate(ready):
        for word in topic.title.said:
            having.setdefault((word, topic.title.row), []).append(number)
    for number, topic in enumerate(ready):
        rarest = weights.rarest(topic.title.said)
        for at in _near(having[rarest, topic.title.row], number):
            other = ready[at]
            if topic.title.said <= other.title.said and _alike(topic, other, weights, limits):
                yield topic, other


def _near(numbers: list[int], number: int) -> list[int]:
    """Return the neighbours of a number in a sorted list that holds it."""
    from bisect import bisect_left

    at = bisect_left(numbers, number)
    return numbers[max(0, at - _REACH) : at] + numbers[at + 1 : at + 1 + _REACH]


def _alike(one: Topic, other: Topic, weights: Weights, limits: Likeness) -> bool:
    if one.keyphrase is not None and other.keyphrase is not None:
        return False
    if weights.likeness(one.title.said, other.title.said) < limits.title:
        return False
    if min(len(each.entry.outline.headings) for each in (one, other)) < _HEADINGS:
        return False
    if weights.likeness(one.headings, other.headings) < limits.headings:
        return False
    return rivals(one, other)
