"""Tells past participles from other words, one word at a time.

A form in -ed or one of a list. What mostly tells a state ("tired", "interested") is told apart
from what tells an act, since the two make different sentences after "be".
"""

from __future__ import annotations

import re
from functools import lru_cache

from copydesk_plugins.readability.word_lists import words_of

LIST = "passive.txt"
_PREFIX = re.compile(r"(?:re|pre|co|mis|over|under|de|self|double|cross|hand|fast)-")
_ADJECTIVE = ("al", "ic", "ive", "ous", "able", "ible", "ful", "ary", "based", "term", "quality")
#: A participle that tells an act, one that mostly tells a state, and what may stand before it.
ACT, STATE, BETWEEN, DEGREE = "act", "state", "between", "degree"
#: Long enough for the words of many posts; a line of rubbish is not kept for ever.
_KEEP = 16384


def listed(section: str) -> frozenset[str]:
    """Return a section of the list."""
    return words_of(LIST)[section]


@lru_cache(maxsize=_KEEP)
def role_of(word: str) -> str:
    """Say what a word in small letters is to a passive: one of the names above, or nothing."""
    if word in listed("degree"):
        return DEGREE
    if word in listed("between") or (word.endswith("ly") and len(word) > 4):
        return BETWEEN
    bare = _PREFIX.sub("", word)
    if bare in listed("state"):
        return STATE
    if bare in listed("never"):
        return ""
    participle = len(bare) > 3 and bare.endswith("ed") and "-" not in bare and not _negated(bare)
    return ACT if participle or bare in listed("irregular") else ""


@lru_cache(maxsize=_KEEP)
def many_things(word: str) -> bool:
    """Say whether a word looks like a noun in the plural, or one that needs no -s."""
    return word in listed("mass") or (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s", "’s"))
        and word not in listed("follow")
    )


@lru_cache(maxsize=_KEEP)
def describes(word: str) -> bool:
    """Say whether a word looks like an adjective or a participle before a noun."""
    return (
        word.endswith(_ADJECTIVE)
        or word.endswith("ed")
        or "-" in word
        or word in listed("irregular")
        or word in listed("adjective")
    ) and word not in listed("between")


def _negated(word: str) -> bool:
    """Say whether a word is like "untreated": "un-" before a participle tells a state."""
    return word.startswith("un") and not word.startswith(("under", "uni", "unload", "unlock"))
