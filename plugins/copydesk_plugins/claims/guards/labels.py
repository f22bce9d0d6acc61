"""What packs say of treatments: approved conditions, risks, and which words name what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import Hit, Phrases
from copydesk_plugins.claims.detection.vocabulary import NOUNS, Vocabulary, vocabulary
from copydesk_plugins.claims.packs.term import Term, forms

#: A word of a row's note that says that the product has no other indication.
_COMPLETE = "only"
_KINDS = Path(__file__).resolve().parent / "data" / "kinds.tsv"
#: Words for any illness; no label can be held against them.
_VAGUE = frozenset({"symptom", "condition", "disease", "disorder", "illness", "complaint"})
_MAYBE = "?"
_NOUNS = frozenset(NOUNS)


class Noun(NamedTuple):
    """A noun at word positions [start, end): its words, and the name it shares with others."""

    start: int
    end: int
    text: str
    key: str


class Labels:
    """The nouns, indications and risks of some packs."""

    def __init__(self, known: Vocabulary) -> None:
        self.known = known
        self._indications: dict[str, list[Term]] = {}
        self._risks: dict[str, list[str]] = {}
        for term in known.about:
            if term.slot == "indication":
                self._indications.setdefault(term.of, []).append(term)
            else:
                words = [" ".join(each) for each in forms(term.words)]
                self._risks.setdefault(self._name(term.of), []).extend(words)
        self._add_generics()
        self._risk_words = Phrases(self._risks)

    def nouns(self, keys: list[str], *slots: str, sure: bool = True) -> list[Noun]:
        """Return the nouns of some slots in order, the longest where several overlap."""
        hits = self.known.find(keys)
        wanted = [slot + end for slot in slots for end in ("", *(() if sure else (_MAYBE,)))]
        found: list[Noun] = []
        for hit in sorted(
            (hit for slot in wanted for hit in hits.get(slot, ())), key=lambda h: (h.start, -h.end)
        ):
            if not found or hit.end > found[-1].end:
                found.append(self._noun(keys, hit))
        return found

    def _noun(self, keys: list[str], hit: Hit) -> Noun:
        return self.noun(" ".join(keys[hit.start : hit.end]), hit.start, hit.end)

    def noun(self, text: str, start: int = 0, end: int = 0) -> Noun:
        """Return words as the packs know them; words that no pack has stand for themselves."""
        plain = " ".join(text.lower().replace("’", "'").split())
        term = self.known.named(plain)
        return Noun(start, end, term.text if term else plain, term.means if term else plain)

    def stands_in(self, good: Noun) -> bool:
        """Say whether a good is what care is for, in the place of a condition: weight loss."""
        return good.key in _stand_ins()

    def conditions(self, keys: list[str]) -> list[Noun]:
        """Return what care can be for, in order: conditions, and goods that stand for one."""
        ills = self.nouns(keys, "condition", sure=False)
        goods = self.nouns(keys, "outcome", sure=False)
        return sorted([*ills, *(each for each in goods if self.stands_in(each))])

    def slots(self, keys: list[str]) -> frozenset[str]:
        """Return the slots that words fill for sure, those of health only."""
        return _NOUNS.intersection(self.known.find(keys))

    def indications(self, product: Noun) -> list[Term]:
        """Return what a product is approved for: by its own name first, then by the one shared."""
        return self._indications.get(product.text) or self._indications.get(product.key, [])

    def covers(self, product: Noun, condition: Noun) -> bool:
        """Say whether a label names a condition, one that holds it, or a kind of it."""
        return any(self._same(term, condition) for term in self.indications(product))

    def outside(self, product: Noun, condition: Noun) -> bool:
        """Say whether a condition surely lies outside what a product is approved for.

        A pack vouches for conditions of its own specialty, and for all where a note says "only":
        no pack lists every indication of every product.
        """
        rows = self.indications(product)
        if not rows or condition.key in _VAGUE or self.covers(product, condition):
            return False
        own = self.known.named(condition.text)
        complete = any(_COMPLETE in row.note.lower().replace(",", " ").split() for row in rows)
        return complete or (own is not None and any(row.pack == own.pack for row in rows))

    def risk_named(self, treatment: str, keys: list[str]) -> bool:
        """Say whether words name a risk that a pack lists for a treatment."""
        return treatment in self._risk_words.find(keys)

    def has_risks(self, treatment: str) -> bool:
        """Say whether a pack lists risks or indications: so it is a drug, device or procedure."""
        return treatment in self._risks or treatment in self._indications

    def _name(self, of: str) -> str:
        term = self.known.named(of)
        return term.means if term else of

    def _add_generics(self) -> None:
        """Let a generic name have the indications of all its brands."""
        for of, rows in list(self._indications.items()):
            name = self._name(of)
            if name != of:
                self._indications.setdefault(name, []).extend(rows)

    def _same(self, row: Term, condition: Noun) -> bool:
        said = {row.text, self._name(row.text)}
        named = {condition.text, condition.key}
        if said & named or set(row.words) <= set(condition.text.split()):
            return True
        return any(
            wide in _wider(narrow)
            for a, b in ((said, named), (named, said))
            for narrow in a
            for wide in b
        )


@lru_cache(maxsize=1)
def _stand_ins() -> frozenset[str]:
    return frozenset(wide for _, wide in _kind_rows())


def _wider(condition: str) -> frozenset[str]:
    return _kinds().get(condition, frozenset())


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    """Return the wider names of conditions whose own names do not show them."""
    found: dict[str, set[str]] = {}
    for narrow, wide in _kind_rows():
        found.setdefault(narrow, set()).add(wide)
    return {narrow: frozenset(wide) for narrow, wide in found.items()}


def _kind_rows() -> Iterator[tuple[str, str]]:
    for row in _KINDS.read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            narrow, _, wide = row.partition("\t")
            yield narrow, wide


#: The packs of the sites of one run; there is one vocabulary for each choice of packs.
_built: list[Labels] = []
_KEPT = 8


def labels_of(names: tuple[str, ...], read: Callable[[str], str | None]) -> Labels:
    """Return what some packs say; the same packs are worked out once."""
    known = vocabulary(names, read)
    for labels in _built:
        if labels.known is known:
            return labels
    labels = Labels(known)
    _built.insert(0, labels)
    del _built[_KEPT:]
    return labels
