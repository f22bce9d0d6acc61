"""Which terms occur in texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copydesk.api import Phrases, Word
from copydesk_plugins.claims.packs.term import Term, Words, forms


def keys(words: Iterable[Word]) -> list[str]:
    """Return words as terms have them: in lower case, with straight apostrophes."""
    return [each.text.lower().replace("’", "'").replace("ʼ", "'") for each in words]


class Usage:
    """Notes which terms of some packs occur in texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, Words] = {}
        for term in terms:
            for each in forms(term.words):
                self._terms.setdefault(" ".join(each), term.words)
        self._phrases = Phrases({text: [text] for text in self._terms})
        self._used: set[Words] = set()

    def note(self, found: Sequence[str]) -> None:
        """Note the terms that occur in a sequence of keys."""
        self._used.update(self._terms[text] for text in self._phrases.find(found))

    def unused(self, terms: Iterable[Term]) -> tuple[Term, ...]:
        """Return the terms that did not occur."""
        return tuple(term for term in terms if term.words not in self._used)
