"""Tells whether a sentence has a word or phrase that ties it to what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copydesk.api import Word
from copydesk_plugins.readability.word_lists import phrases_of

_LIST = "transitions.txt"
_Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


def has_transition(words: Sequence[Word]) -> bool:
    """Say whether the words of a unit begin with or contain a transition of the list.

    Some words ("so", "first", "still") count at the start only: elsewhere they mostly mean
    something else.
    """
    if len(words) < 2:
        return False  # a lone "Overall" in a table ties nothing together
    lower = [word.text.lower().replace("’", "'") for word in words]
    lists = phrases_of(_LIST)
    if _begins(lower, 0, lists["start"]) and not _begins(lower, 0, lists["not-start"]):
        return True
    return any(_begins(lower, at, lists["anywhere"]) for at in range(len(lower))) or _has_pair(
        lower, lists["pairs"]
    )


def _begins(words: list[str], at: int, phrases: _Phrases) -> bool:
    """Say whether one of the phrases begins at a word."""
    return any(
        words[at : at + len(phrase)] == list(phrase) for phrase in phrases.get(words[at], ())
    )


def _has_pair(words: list[str], pairs: _Phrases) -> bool:
    """Say whether both words of a pair stand in the sentence, in their order."""
    awaited: set[str] = set()
    for word in words:
        if word in awaited:
            return True
        awaited.update(pair[1] for pair in pairs.get(word, ()))
    return False
