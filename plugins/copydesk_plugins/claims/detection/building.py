"""Makes the vocabulary of the engine from core words, packs, absolutes and the rules' phrases."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk_plugins.claims.detection.inflection import verb_forms
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


def sections_of(terms: Iterable[Term]) -> dict[str, list[str]]:
    """Return all phrases that the engine finds, by slot."""
    found = {name: list(each) for name, each in phrase_sections().items()}
    for term in read_builtin("core"):
        if term.slot.startswith(_VERBS):
            for form, text in verb_forms(term.text):
                found.setdefault(f"{term.slot}.{form}", []).append(text)
        elif term.slot not in _WORD_LISTS:
            slot = term.slot + (MAYBE if "ambiguous" in term.note else "")
            found.setdefault(slot, []).append(term.text)
    for term in terms:
        if slot := _slot(term):
            found.setdefault(slot, []).extend(" ".join(words) for words in forms(term.words))
    for entry in absolutes():
        for name in entry.sections:
            found.setdefault(name, []).append(entry.term)
    return found


def _slot(term: Term) -> str:
    if term.slot in NOUNS:
        return term.slot + (MAYBE if "ambiguous" in term.note else "")
    return "harm-term" if term.slot == "risk" else ""


def nouns_of(terms: Iterable[Term]) -> dict[str, str]:
    """Return by its text what each noun means, then the term, what that means, and its pack.

    The four are parted by tabs, as they stand in a file. Where terms share a form, the first
    says what it means, and the last is the term that it belongs to.
    """
    means: dict[str, str] = {}
    named: dict[str, tuple[str, str, str]] = {}
    for term in terms:
        for words in forms(term.words) if _slot(term) else ():
            text = " ".join(words)
            means.setdefault(text, term.means)
            if term.slot in NOUNS:
                named[text] = (term.text, term.means, term.pack)
    return {text: "\t".join((each, *named.get(text, ()))) for text, each in means.items()}


def word_lists() -> dict[str, frozenset[str]]:
    """Return the words of the slots that are asked for word by word."""
    found: dict[str, set[str]] = {}
    for term in read_builtin("core"):
        if term.slot in _WORD_LISTS:
            found.setdefault(term.slot, set()).add(term.text)
    return {slot: frozenset(words) for slot, words in found.items()}


def verbs() -> dict[str, str]:
    """Return the slot of each verb of effect, in the order of the core vocabulary."""
    return {term.text: term.slot for term in read_builtin("core") if term.slot.startswith(_VERBS)}
