"""Tells whether a sentence has a word or phrase that ties it to what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from copydesk.api import Word
from copydesk_plugins.readability.word_lists import lines_of, lower_words

_LIST = "transitions.txt"
#: Phrases by their first word and then by their second ("" for none), with their sections.
#: `Phrases` of the API does more and costs more, and this runs for every sentence of a site.
_Table = dict[str, dict[str, list[tuple[str, list[str]]]]]


def has_transition(words: Sequence[Word]) -> bool:
    """Say whether the words of a unit begin with or contain a transition of the list.

    Some words ("so", "first", "still") count at the start only, or after a comma: elsewhere
    they mostly mean something else.
    """
    if len(words) < 2:
        return False  # a lone "Overall" in a table ties nothing together
    lower, table = lower_words(words), _table()
    for at, word in enumerate(lower):
        if word in table and _ties(words, at, _sections_at(lower, at, table[word])):
            return True
    return _has_pair(lower)


def _sections_at(
    lower: list[str], at: int, by_second: dict[str, list[tuple[str, list[str]]]]
) -> list[str]:
    """Return the sections that have a phrase which begins at a word."""
    found = [name for name, _ in by_second[""]] if "" in by_second else []
    if at + 1 < len(lower) and lower[at + 1] in by_second:
        for name, phrase in by_second[lower[at + 1]]:
            if lower[at : at + len(phrase)] == phrase:
                found.append(name)
    return found


def _ties(words: Sequence[Word], at: int, found: list[str]) -> bool:
    """Say whether a phrase of these sections is a transition at this place."""
    if not found:
        return False
    if at + 1 < len(words) and _paused(words, at + 1):
        found = [name for name in found if not name.startswith("not-")]  # "However, long waits"
    if "anywhere" in found and "not-anywhere" not in found:
        return True
    if at == 0:
        return "start" in found and "not-start" not in found
    return (
        at > 1 and _paused(words, at) and "after-pause" in found and "not-after-pause" not in found
    )


def _paused(words: Sequence[Word], at: int) -> bool:
    """Say whether there is more than a blank before a word: a comma or a dash, mostly."""
    return words[at].start - words[at - 1].end > 1


def _has_pair(lower: list[str]) -> bool:
    """Say whether both words of a pair stand in the sentence, in their order."""
    pairs = _pairs()
    if pairs.keys().isdisjoint(lower):
        return False
    awaited: set[str] = set()
    for word in lower:
        if word in awaited:
            return True
        awaited.update(pairs.get(word, ()))
    return False


@cache
def _table() -> _Table:
    found: _Table = {}
    for name, lines in lines_of(_LIST).items():
        for line in lines if name != "pairs" else ():
            phrase = line.split()
            second = phrase[1] if len(phrase) > 1 else ""
            found.setdefault(phrase[0], {}).setdefault(second, []).append((name, phrase))
    return found


@cache
def _pairs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines_of(_LIST)["pairs"]:
        first, second = line.split()
        found.setdefault(first, []).append(second)
    return found
