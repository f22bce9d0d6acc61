"""The vocabulary of the engine: core words, packs and absolutes as one set of phrases."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from copydesk.api import Hit, Phrases
from copydesk_plugins.claims.detection.inflection import verb_forms
from copydesk_plugins.claims.detection.word_endings import slot_by_ending
from copydesk_plugins.claims.packs.absolutes import absolutes
from copydesk_plugins.claims.packs.loading import forms, read_builtin
from copydesk_plugins.claims.packs.term import Term
from copydesk_plugins.claims.wording.lexicon import phrase_sections

#: Slots of nouns; what is marked ambiguous counts only in posts about health.
NOUNS = ("treatment", "condition", "body", "outcome", "exposure")
#: Added to the name of a slot for its ambiguous terms.
MAYBE = "?"
_VERBS = "verb-"
#: Slots that are asked for word by word and not found as phrases.
_WORD_LISTS = frozenset(
    {"light", "imperative", "staff", "people", "comfort", "pointer", "compound"}
)


class Vocabulary:
    """All phrases of the engine, found in one pass, and what nouns mean."""

    def __init__(self, terms: Iterable[Term]) -> None:
        sections: dict[str, list[str]] = {
            name: list(each) for name, each in phrase_sections().items()
        }
        self._means: dict[str, str] = {}
        for term in read_builtin("core"):
            if term.slot.startswith(_VERBS):
                for form, text in verb_forms(term.text):
                    sections.setdefault(f"{term.slot}.{form}", []).append(text)
            elif term.slot not in _WORD_LISTS:
                slot = term.slot + (MAYBE if "ambiguous" in term.note else "")
                sections.setdefault(slot, []).append(term.text)
        for term in terms:
            slot = term.slot
            if slot not in NOUNS:
                slot = "harm-term" if slot == "risk" else ""
            elif "ambiguous" in term.note:
                slot += MAYBE
            if not slot:
                continue
            for words in forms(term.words):
                text = " ".join(words)
                sections.setdefault(slot, []).append(text)
                self._means.setdefault(text, term.means)
        for entry in absolutes():
            for name in entry.sections:
                sections.setdefault(name, []).append(entry.term)
        self._phrases = Phrases(sections)
        self._endings: dict[str, str] = {}

    def find(self, keys: list[str]) -> dict[str, list[Hit]]:
        """Return the hits of every slot in the words of a unit."""
        found = self._phrases.find(keys)
        for at, key in enumerate(keys):
            if len(key) > 6 and (slot := self._ending(key)):
                hits = found.setdefault(slot, [])
                if all(hit.start != at for hit in hits):
                    hits.append(Hit(at, at + 1))
        return found

    def _ending(self, key: str) -> str:
        found = self._endings.get(key)
        if found is None:
            if len(self._endings) > 20_000:
                self._endings.clear()
            found = self._endings[key] = slot_by_ending(key)
        return found

    def means(self, words: list[str]) -> str:
        """Return the one name of a noun, however it is said."""
        text = " ".join(words)
        found = self._means.get(text)
        if found is None and text.endswith("s"):
            found = self._means.get(text[:-1])
        return found or text


_built: dict[int, tuple[tuple[Term, ...], Vocabulary]] = {}
_MOST_BUILT = 8


def vocabulary(terms: tuple[Term, ...]) -> Vocabulary:
    """Return the vocabulary with the terms of some packs; it is built once for each choice.

    The loader gives the same tuple for the same packs, so its identity is enough, and no post
    waits for thousands of terms to be hashed.
    """
    known = _built.get(id(terms))
    if known is None:
        while len(_built) >= _MOST_BUILT:
            del _built[next(iter(_built))]
        known = _built[id(terms)] = (terms, Vocabulary(terms))
    return known[1]


@lru_cache(maxsize=1)
def _word_lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for term in read_builtin("core"):
        if term.slot in _WORD_LISTS:
            found.setdefault(term.slot, set()).add(term.text)
    return {slot: frozenset(words) for slot, words in found.items()}


def word_list(slot: str) -> frozenset[str]:
    """Return the words of a slot that is asked for word by word."""
    return _word_lists()[slot]
