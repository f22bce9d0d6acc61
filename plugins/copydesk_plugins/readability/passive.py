"""Tells whether a sentence has a verb in the passive voice.

"Be" or "get", perhaps some adverbs, then a past participle. What mostly tells a state ("tired")
is no passive, nor is a participle that belongs to a noun ("we are trained therapists"). It
knows no grammar beyond that, and both kinds of mistakes happen, in a few sentences of 100.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from copydesk.api import Word
from copydesk_plugins.readability.participles import (
    ACT,
    BETWEEN,
    DEGREE,
    LIST,
    STATE,
    describes,
    listed,
    many_things,
    role_of,
)
from copydesk_plugins.readability.word_lists import lower_words, phrases_of

#: Words that may stand between "be" and the participle ("has not yet always been").
_REACH = 5
#: How many words the subject of a question may have ("Is the first long visit covered?").
_SUBJECT = 8
#: How many words an aside between commas may have ("is, as you may know, approved").
_ASIDE = 6
_BREAK = re.compile(r"[.;:!?()\[\]—–…]")
_PAUSE = re.compile(r"[,.;:!?()\[\]—–…]")
_NEW_CLAUSE = re.compile(r"[,:—–(]")


def is_passive(text: str, words: Sequence[Word]) -> bool:
    """Say whether the text of a unit, whose words are given, has a passive."""
    lower = lower_words(words)
    starts = _starts()
    if starts.isdisjoint(lower):
        return False
    sentence = _Sentence(text, words, lower)
    places = [at for at, word in enumerate(lower) if word in starts]
    if any(map(sentence.passive_from, places)):
        return True
    if "by" in lower and any(map(sentence.joined_with_agent, places)):
        return True
    if "?" in text or lower[0] in listed("inverts"):
        return any(map(sentence.passive_around_subject, places))
    return False


@cache
def _starts() -> frozenset[str]:
    return listed("be") | listed("get") | listed("person-is")


class _Sentence:
    """One sentence as words in small letters, with what stands between them."""

    def __init__(self, text: str, words: Sequence[Word], lower: list[str]) -> None:
        self.text, self.words, self.lower = text, words, lower

    def passive_from(self, at: int) -> bool:
        """Say whether the form of "be" or "get" at this word begins a passive."""
        found = self._participle_after(at)
        return found != -1 and self._holds(at, found)

    def _holds(self, at: int, found: int) -> bool:
        """Say whether a participle found is no adjective, perfect or habit after all."""
        return (
            not self._is_perfect(at, found)
            and not self._is_finished_person(at, found)
            and not self._is_there(at)
            and not self._belongs_to_noun(found)
            and not self._is_habit(found)
            and not (
                self.lower[at] in listed("get") and self.lower[found] in listed("state-after-get")
            )
        )

    def passive_around_subject(self, at: int) -> bool:
        """Say whether this is a passive with its subject inside, as in "Is it used?"."""
        if self.lower[at] not in listed("be"):
            return False
        if "?" in self.text:
            opens = at < 3 or bool(_NEW_CLAUSE.search(self._gap(at)))
        else:
            opens = 0 < at < 5 and self.lower[0] in listed("inverts")
        return opens and self._asked_from(at)

    def _asked_from(self, at: int) -> bool:
        """Look behind the subject that follows a word for a participle."""
        for end in range(at + 1, min(at + 2 + _SUBJECT, len(self.lower))):
            word = self.lower[end]
            if _BREAK.search(self._gap(end)) or word == "there":
                return False
            if end == at + 1:
                continue
            if word in listed("clause") or self._opens_noun(end):
                return False
            if self._asked(at, end):
                return True
        return False

    def _asked(self, at: int, end: int) -> bool:
        following, before = self._next(end), self.lower[end - 1]
        return (
            self._is_act(at, end)
            and before not in listed("determiner")
            and before not in listed("degree")
            and not (
                following and following not in listed("after") and not following.endswith("ly")
            )
            and not self._is_habit(end)
            and not self._is_finished_person(end - 2, end)
        )

    def _opens_noun(self, at: int) -> bool:
        """Say whether a second noun begins here: what follows is a clause of its own."""
        return self.lower[at] in listed("article") and self.lower[at - 1] not in listed("links")

    def _participle_after(self, at: int) -> int:
        """Return the place of the participle that belongs to the verb at a word, or -1."""
        here = at + 1
        for _ in range(_REACH + 1):
            if here >= len(self.lower):
                return -1
            if (gap := self._gap(here)) != " ":
                here = self._after_aside(here)
                if _BREAK.search(gap):
                    return -1
            role = role_of(self.lower[here])
            if role in (ACT, STATE):
                return here if self._is_act(at, here) else -1
            after = self._phrase("between-of-more", here)
            if not role and not after:
                return -1
            if role == DEGREE and self._is_act(at, here + 1):
                return -1  # "very worried" tells a state, "very often used" an act
            here = after or here + 1
        return -1

    def _is_act(self, at: int, here: int) -> bool:
        """Say whether a word is a participle that, with the "be" at a word, tells an act."""
        if here >= len(self.lower):
            return False
        word, following = self.lower[here], self._next(here)
        if role_of(word) == ACT:
            return not (
                (following == "to" and word in listed("state-before-to"))
                or (word in listed("state-of-person") and self._is_person(at))
                or self._phrase("states", here)
            )
        return role_of(word) == STATE and (
            following == "by"
            or bool(self._phrase("acts", here))
            or (following in ("and", "or") and self._next(here + 2) == "by")
            or self.lower[here - 1] == "being"
            or (word in listed("act-after-be") and self.lower[at] in ("be", "been"))
        )

    def joined_with_agent(self, at: int) -> bool:
        """Say whether "and" adds a participle with its agent: "is safe and covered by most"."""
        for here in range(at + 2, min(at + _REACH + 5, len(self.lower) - 2)):
            if _BREAK.search(self._gap(here)):
                return False
            if self.lower[here] in ("and", "or", "but") and not self._is_act(at, here - 1):
                there = here + 1
                while there < len(self.lower) - 2 and role_of(self.lower[there]) == BETWEEN:
                    there += 1
                return self._is_act(at, there) and self._next(there) == "by"
        return False

    def _after_aside(self, at: int) -> int:
        """Return the place behind an aside between two commas, or the place itself."""
        if not 0 < at < len(self.lower) or "," not in self._gap(at):
            return at
        for end in range(at + 1, min(at + 1 + _ASIDE, len(self.lower))):
            if "," in self._gap(end):
                return end
        return at

    def _phrase(self, section: str, at: int) -> int:
        """Return where a phrase of the list ends that begins at a word, or 0."""
        for phrase in phrases_of(LIST)[section].get(self.lower[at], ()):
            if self.lower[at : at + len(phrase)] == list(phrase):
                return at + len(phrase)
        return 0

    def _is_perfect(self, at: int, found: int) -> bool:
        """Say whether "'s" is "has" here: "it's changed everything", "he's decided"."""
        verb, word, following = self.lower[at], self.lower[found], self._next(found)
        if verb in listed("person-is"):
            return following != "by" and "being" not in self.lower[at:found]
        return verb in listed("has-or-is") and (
            word in listed("goes-alone")
            or (following in listed("object") and word not in listed("two-objects"))
        )

    def _is_finished_person(self, at: int, found: int) -> bool:
        """Say whether this is "we are done" or "you're all set": a state of a person."""
        return self.lower[found] in ("done", "finished", "set") and (
            self.lower[found - 1] == "all"
            or self._is_person(at)
            or self.lower[at + 1] in listed("person")  # "Are you done?"
        )

    def _is_person(self, at: int) -> bool:
        """Say whether people are the subject of the "be" at a word."""
        return self.lower[at] in listed("person-be") or (
            at > 0 and self.lower[at - 1] in listed("person")
        )

    def _is_there(self, at: int) -> bool:
        """Say whether the subject is "there": "there are proven ways"."""
        return self.lower[at] in ("there's", "there’s") or (
            "there" in self.lower[max(0, at - 2) : at] and "that" not in self.lower[at - 1 : at]
        )

    def _belongs_to_noun(self, at: int) -> bool:
        """Say whether the participle describes a noun: "we are trained and kind therapists"."""
        if not (following := self._next(at)) or self.lower[at] in listed("two-objects"):
            return False
        if many_things(following):
            return True
        if following in ("and", "or", "but"):
            at += 1
            following = self._next(at)
        return describes(following) and many_things(self._next(at + 1))

    def _is_habit(self, at: int) -> bool:
        """Say whether this is "used to" with a thing or a form in -ing: a habit, no passive."""
        if self.lower[at] != "used" or self._next(at) != "to":
            return False
        thing = self._next(at + 1)
        return (
            not thing
            or thing.endswith("ing")
            or thing in listed("thing")
            or thing in listed("adjective")
        )

    def _gap(self, at: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.words[at - 1].end : self.words[at].start] if at else ""

    def _next(self, at: int) -> str:
        """Return the word after a word, or nothing where the sentence ends or pauses there."""
        if at + 1 >= len(self.lower) or _PAUSE.search(self._gap(at + 1)):
            return ""
        return self.lower[at + 1]
