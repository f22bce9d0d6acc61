"""Tells whether a sentence has a verb in the passive voice.

"Be" or "get", perhaps some adverbs, then a past participle: a form in -ed or one of a list.
What mostly tells a state ("tired", "interested") is no passive, nor is a participle that
belongs to a noun ("we are trained therapists"). A first, honest detector: it knows no grammar
beyond that, and both kinds of mistakes happen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from copydesk.api import Word
from copydesk_plugins.readability.word_lists import words_of

_LIST = "passive.txt"
#: Words that may stand between "be" and the participle ("has not yet always been").
_REACH = 5
#: How many words the subject of a question may have ("Is the first long visit covered?").
_SUBJECT = 5
_BREAK = re.compile(r"[.;:!?()\[\]—–…]")
_PAUSE = re.compile(r"[,.;:!?()\[\]—–…]")
_PREFIX = re.compile(r"(?:re|pre|co|mis|over|under)-")


def is_passive(text: str, words: Sequence[Word]) -> bool:
    """Say whether the text of a unit, whose words are given, has a passive."""
    lower = [word.text.lower().replace("’", "'") for word in words]
    sentence = _Sentence(text, words, lower)
    starts = _starts()
    return (
        any(word in starts and sentence.passive_from(at) for at, word in enumerate(lower))
        or sentence.passive_question()
    )


@cache
def _starts() -> frozenset[str]:
    lists = words_of(_LIST)
    return lists["be"] | lists["get"] | lists["person-is"]


class _Sentence:
    """One sentence as words in small letters, with what stands between them."""

    def __init__(self, text: str, words: Sequence[Word], lower: list[str]) -> None:
        self.text, self.words, self.lower = text, words, lower
        self.lists = words_of(_LIST)

    def passive_from(self, at: int) -> bool:
        """Say whether the form of "be" or "get" at this word begins a passive."""
        found = self._participle_after(at)
        if found == -1:
            return False
        word, following = self.lower[found], self._next(found)
        if self.lower[at] in self.lists["get"] and word == "used":
            return False
        if self.lower[at] in self.lists["person-is"]:
            return following == "by" or "being" in self.lower[at:found]
        if (
            self.lower[at] in self.lists["has-or-is"]
            and following in self.lists["object"]
            and word not in self.lists["two-objects"]
        ):
            return False
        return not self._belongs_to_noun(found) and not self._is_habit(found)

    def passive_question(self) -> bool:
        """Say whether this is a question with its subject inside a passive ("Is it used?")."""
        if not self.text.rstrip("\"'”’) ").endswith("?"):
            return False
        for at, word in enumerate(self.lower[:3]):
            if word in self.lists["be"]:
                return any(
                    self._asked(at, end)
                    for end in range(at + 2, at + 2 + _SUBJECT)
                    if end < len(self.lower)
                )
        return False

    def _asked(self, at: int, end: int) -> bool:
        following = self._next(end)
        return (
            self.is_participle(end)
            and self.lower[end - 1] not in self.lists["determiner"]
            and self.lower[end - 1] not in self.lists["degree"]
            and not (following and following not in self.lists["after"])
            and not any(_BREAK.search(self._gap(k)) for k in range(at + 1, end + 1))
            and not self._is_habit(end)
        )

    def _participle_after(self, at: int) -> int:
        """Return the place of the participle that belongs to the verb at a word, or -1."""
        degree = False
        for here in range(at + 1, min(at + 2 + _REACH, len(self.lower))):
            word = self.lower[here]
            if _BREAK.search(self._gap(here)):
                return -1
            if word in self.lists["degree"]:
                degree = True
            elif word not in self.lists["between"] and not self._is_adverb(word):
                return here if self.is_participle(here) and not degree else -1
        return -1

    def is_participle(self, at: int) -> bool:
        """Say whether a word is a past participle that tells an act."""
        word = _PREFIX.sub("", self.lower[at])
        if word in self.lists["state"]:
            return self._next(at) == "by"
        if word in self.lists["irregular"]:
            return True
        return (
            len(word) > 3
            and word.endswith("ed")
            and "-" not in word
            and word not in self.lists["never"]
            and not self._is_negated(word)
        )

    def _is_negated(self, word: str) -> bool:
        """Say whether a word is like "untreated": "un-" before a participle tells a state."""
        return word.startswith("un") and not word.startswith(("under", "uni", "unload", "unlock"))

    def _is_adverb(self, word: str) -> bool:
        return word.endswith("ly") and len(word) > 4

    def _belongs_to_noun(self, at: int) -> bool:
        following = self._next(at)
        if not following or self.lower[at] in self.lists["two-objects"]:
            return False
        plural = (
            len(following) > 3
            and following.endswith("s")
            and not following.endswith(("ss", "us", "is", "'s"))
            and following not in self.lists["follow"]
        )
        return plural or following in self.lists["mass"]

    def _is_habit(self, at: int) -> bool:
        """Say whether this is "used to" with a thing or a form in -ing: a habit, no passive."""
        if self.lower[at] != "used" or self._next(at) != "to":
            return False
        thing = self._next(at + 1)
        return (
            not thing
            or thing.endswith("ing")
            or thing in self.lists["object"]
            or thing in self.lists["determiner"]
            or thing == "it"
        )

    def _gap(self, at: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.words[at - 1].end : self.words[at].start] if at else ""

    def _next(self, at: int) -> str:
        """Return the word after a word, or nothing where the sentence ends or pauses there."""
        if at + 1 >= len(self.lower) or _PAUSE.search(self._gap(at + 1)):
            return ""
        return self.lower[at + 1]
