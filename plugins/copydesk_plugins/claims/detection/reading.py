"""A unit as the frames see it: its words in plain lower case and the slots they fill."""

from __future__ import annotations

import re
from functools import cached_property

from copydesk.api import Hit, PostContext, Unit, Word
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.verbs import Verb
from copydesk_plugins.claims.detection.vocabulary import MAYBE, NOUNS, Vocabulary, word_list

_KEEP_ENDING = frozenset({"it's", "that's", "there's", "what's", "who's", "here's", "let's"})
#: Longer units are no sentences; what is read of one is bounded so that time stays linear.
_LONGEST = 250
#: Marks between two words that end a clause.
_CLAUSE_MARKS = (";", ":", "—", " – ", " - ", "(", ")", "!", "?")
#: Words that begin a clause of their own after a comma.
_RESTART = frozenset(
    ["it", "this", "that", "these", "they", "but", "so", "we", "you", "i", "which"]
)
_DENIAL = 5
#: Marks that stand behind the last mark of a sentence.
_CLOSING = " *_\"'”’)"
_DIGIT = re.compile(r"\d")
_MAYBE_NOUNS = tuple(slot + MAYBE for slot in NOUNS)
_ANY_NOUN = frozenset({*NOUNS, *_MAYBE_NOUNS})
_MEDICAL = _ANY_NOUN | {"treatment-word"}
_TREATED = ("treatment", "exposure", "treatment" + MAYBE, "exposure" + MAYBE, "treatment-word")
_NO_NOUNS: list[tuple[int, int, str]] = []
#: Numbers written as words.
NUMBERS = listed(
    "one two three four five six seven eight nine ten twelve half third quarter twice double "
    "triple dozen"
)


class Reading:
    """The words of a unit as keys (lower case, straight apostrophes, no possessive) and hits.

    `shift` is how many words of a lead-in stand before the unit's own. `health` says whether
    the post is about health; `lead` is the heading or lead-in that it stands under. `figures`
    are the positions of numbers, in digits or as words.
    """

    # What most units have nothing of stands in the class: a site has very many units.
    shift: int = 0
    health: bool = False
    antecedent: str = ""
    stands_for: tuple[str, ...] = ()
    in_list: bool = False
    in_table: bool = False
    under: Reading | None = None
    lead: Reading | None = None
    topic: str = ""
    topic_words: tuple[str, ...] = ()
    density: float = 0.0
    found_verbs: list[Verb] | None = None
    _nouns: list[tuple[int, int, str]] | None = None
    _by_slots: dict[tuple[str, ...], list[tuple[int, int, str]]] | None = None

    def __init__(
        self, unit: Unit, text: str, words: list[Word], keys: list[str], hits: dict[str, list[Hit]]
    ) -> None:
        self.unit = unit
        self.text = text
        self.words = words
        self.keys = keys
        self.hits = hits
        self.figures = _figures(text, keys)

    @cached_property
    def slots(self) -> frozenset[str]:
        """The slots that are filled, forms of verbs left out."""
        return frozenset(name.partition(".")[0] for name in self.hits)

    def all(self, slot: str) -> list[Hit]:
        """Return the hits of a slot."""
        return self.hits.get(slot, [])

    def has(self, *slots: str) -> bool:
        """Say whether any of the slots has a hit."""
        for slot in slots:  # noqa: SIM110  a plain loop: asked a hundred times for each post
            if slot in self.hits:
                return True
        return False

    def nouns(self, *slots: str) -> list[tuple[int, int, str]]:
        """Return (start, end, slot) of the nouns in some slots, in order; ambiguous ones too
        where the post is about health."""
        found = self._nouns
        if found is None:
            found = self._nouns = self._find_nouns()
        if not slots or not found:
            return found
        if self._by_slots is None:
            self._by_slots = {}
        known = self._by_slots.get(slots)
        if known is None:
            known = self._by_slots[slots] = [each for each in found if each[2] in slots]
        return known

    def _find_nouns(self) -> list[tuple[int, int, str]]:
        if _ANY_NOUN.isdisjoint(self.hits):
            return _NO_NOUNS
        found = []
        for slot in NOUNS:
            hits = self.hits.get(slot, [])
            if self.health and slot + MAYBE in self.hits:
                hits = hits + self.hits[slot + MAYBE]
            found += [(hit.start, hit.end, slot) for hit in hits]
        if len(found) > 1:
            found.sort(key=lambda each: (each[0], -each[1]))
            kept: list[tuple[int, int, str]] = []
            for each in found:
                if not kept or each[1] > kept[-1][1]:
                    if (
                        kept
                        and each[0] < kept[-1][1]
                        and each[1] - each[0] <= kept[-1][1] - kept[-1][0]
                    ):
                        continue
                    kept.append(each)
            found = kept
        return found

    def near(self, slots: tuple[str, ...], start: int, end: int) -> bool:
        """Say whether a noun of some slots begins at a word position in [start, end)."""
        for each in self.nouns(*slots):  # noqa: SIM110  a plain loop, as above
            if start <= each[0] < end:
                return True
        return False

    def said(self, start: int, end: int) -> str:
        """Return the text of the words at positions [start, end)."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def key(self, at: int) -> str:
        """Return the word at a position, or nothing beyond the ends."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def gap(self, at: int) -> str:
        """Return the text between the words at `at - 1` and `at`."""
        if at <= 0 or at >= len(self.words):
            return ""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def same_clause(self, start: int, end: int) -> bool:
        """Say whether no mark that ends a clause stands between two word positions."""
        for at in range(start + 1, end + 1):
            gap = self.gap(at)
            if gap != " " and any(mark in gap for mark in _CLAUSE_MARKS):
                return False
        return True

    @property
    def treatments(self) -> list[Hit]:
        """The hits of what may act on health, ambiguous ones in any post."""
        hits = self.hits
        return [hit for slot in _TREATED if slot in hits for hit in hits[slot]]

    @property
    def medical(self) -> bool:
        """Whether the unit names something that may be of health, in any post."""
        return not _MEDICAL.isdisjoint(self.hits)

    @property
    def names_health(self) -> bool:
        """Whether the unit names something of health for certain, or two things that may be."""
        hits = self.hits
        if _ANY_NOUN.isdisjoint(hits):
            return False
        return self.has(*NOUNS) or sum(slot in hits for slot in _MAYBE_NOUNS) > 1

    @property
    def ending(self) -> str:
        """The text without marks behind its last one, such as quotes."""
        return self.text.rstrip(_CLOSING)

    @property
    def question(self) -> bool:
        """Whether the unit is a question."""
        return "?" in self.text and self.text.rstrip("\"'”’)*_ ").endswith("?")

    def denied(self, at: int) -> bool:
        """Say whether a negation shortly before a word reaches it."""
        for hit in self.all("negation"):
            if not at - _DENIAL <= hit.end - 1 < at or hit.end > at:
                continue
            if self.key(hit.end) in ("only", "just", "merely", "longer", "doubt", "wonder"):
                continue
            if not any(self._restarts(index) for index in range(hit.end, at)):
                return True
        return False

    def _restarts(self, index: int) -> bool:
        gap = self.gap(index)
        if any(mark in gap for mark in ";:—"):
            return True
        return "," in gap and self.keys[index] in _RESTART


def read_unit(ctx: PostContext, unit: Unit, known: Vocabulary) -> Reading:
    """Read the words of a unit."""
    text, words, keys = unit.text, ctx.words(unit), ctx.keys(unit)
    if len(words) > _LONGEST:
        words, keys = words[:_LONGEST], keys[:_LONGEST]
    if "'" in text or "’" in text or "%" in text:  # else the keys are as they should be
        keys = [_key(key, word, text) for key, word in zip(keys, words, strict=True)]
    return _reading(unit, text, words, keys, known)


def _reading(
    unit: Unit, text: str, words: list[Word], keys: list[str], known: Vocabulary
) -> Reading:
    hits = known.find(keys)
    if "treatment" in hits or _MAYBE_TREATMENT in hits:
        _drop_compounds(keys, hits)
    return Reading(unit, text, words, keys, hits)


_MAYBE_TREATMENT = "treatment" + MAYBE


def _figures(text: str, keys: list[str]) -> list[int]:
    if NUMBERS.isdisjoint(keys) and not _DIGIT.search(text):
        return []
    return [at for at, key in enumerate(keys) if key[0].isdigit() or key in NUMBERS]


def _drop_compounds(keys: list[str], hits: dict[str, list[Hit]]) -> None:
    """Leave out "massage" in "massage room": the name of a thing is not what acts."""
    things = word_list("compound")
    for slot in ("treatment", _MAYBE_TREATMENT):
        if slot in hits:
            left = [h for h in hits[slot] if h.end >= len(keys) or keys[h.end] not in things]
            if left:
                hits[slot] = left
            else:
                del hits[slot]


def joined(lead: Reading, reading: Reading, known: Vocabulary) -> Reading:
    """Return a unit read as the end of the words that introduce it ("It can: ...")."""
    opening = lead.text.rstrip(" :*_") + " "
    own = [Word(w.start + len(opening), w.end + len(opening), w.text) for w in reading.words]
    text, words = opening + reading.text, (lead.words + own)[:_LONGEST]
    keys = (lead.keys + reading.keys)[:_LONGEST]
    at = len(lead.keys) - 1
    if 0 <= at < len(keys):  # "at least 50" may go on with "% of people"
        keys[at] = _key(words[at].text.lower().replace("’", "'"), words[at], text)
    found = _reading(reading.unit, text, words, keys, known)
    found.shift = len(lead.words)
    return found


def _key(key: str, word: Word, text: str) -> str:
    """Return a word as the engine looks for it: without a possessive, a number with its "%"."""
    if key.endswith("'s") and key not in _KEEP_ENDING:
        return key[:-2]
    if key[-1].isdigit() and text[word.end : word.end + 4].lstrip().startswith("%"):
        return key + "%"
    return key
