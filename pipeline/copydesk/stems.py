"""The stem of an English word: enough to take "sessions" for "session" and "treating" for "treat".

Plural, -ing and -ed only, as in steps 1a to 1c of M. F. Porter, "An algorithm for suffix
stripping" (1980), and a silent -e. Endings that make another word ("treatment") stay.
"""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeiouy")
#: Doubled at the end of these, a consonant belongs to the word: "tell", "stress", "buzz".
_KEPT_DOUBLE = "lsz"


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case; words with the same stem count as one."""
    word = _without_plural(word.removesuffix("'s").removesuffix("'"))
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if len(rest) > 1 and rest != word and not _VOWELS.isdisjoint(rest):
            word = rest
            if rest[-1] == rest[-2] and rest[-1] not in _VOWELS and rest[-1] not in _KEPT_DOUBLE:
                word = rest[:-1]
            break
    if len(word) > 2 and word[-1] == "e":
        return word[:-1]
    if len(word) > 2 and word[-1] == "y" and word[-2] not in _VOWELS:
        return word[:-1] + "i"
    return word


def _without_plural(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
