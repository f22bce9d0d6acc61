"""The words that softer wordings go by: lists of `words.txt`, and the forms of the core's verbs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import read_phrases
from copydesk_plugins.claims.detection.inflection import verb_forms
from copydesk_plugins.claims.detection.vocabulary import core_verbs

_WORDS = Path(__file__).resolve().parent / "words.txt"
#: Classes of verbs whose participles tell an effect: "relieved by".
_EASING = frozenset({"verb-reduce", "verb-improve", "verb-prevent"})

#: Verbs by the first word of a form, each with the words that follow it and its base.
Forms = dict[str, list[tuple[tuple[str, ...], str]]]


class Known(NamedTuple):
    """The verbs that can be told: third person, base form, and participles."""

    third: Forms
    base: Forms
    participles: frozenset[str]
    eased: frozenset[str]


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """Return the lists of `words.txt` by their names."""
    found = read_phrases(_WORDS.read_text("utf-8"))
    return {name: frozenset(words) for name, words in found.items()}


def listed(word: str, name: str) -> bool:
    """Say whether a word stands in one of the lists."""
    return word in word_lists()[name]


@cache
def known_verbs() -> Known:
    """Return the verbs of the core vocabulary, and some more, with all their forms."""
    third: Forms = {}
    bases: Forms = {}
    participles, eased = {"been", "had"}, set()
    slots = core_verbs()
    for verb in (*slots, *sorted(word_lists()["more-verbs"])):
        if listed(verb, "too-light"):
            continue
        base, *rest = verb.split()
        for form, text in verb_forms(verb):
            first = "has" if base == "have" and form == "s" else text.split()[0]
            if form == "s":
                third.setdefault(first, []).append((tuple(rest), base))
            elif form == "base":
                bases.setdefault(first, []).append((tuple(rest), base))
            else:
                participles.add(first)
                if slots.get(verb) in _EASING and not rest:
                    eased.add(first)
    return Known(third, bases, frozenset(participles), frozenset(eased))
