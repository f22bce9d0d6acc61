"""The vocabulary of the engine: core words, packs and absolutes as one set of phrases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from copydesk.api import Hit, Phrases
from copydesk_plugins.claims.detection import building
from copydesk_plugins.claims.detection.building import MAYBE, NOUNS
from copydesk_plugins.claims.detection.ready import Ready, about, ready
from copydesk_plugins.claims.detection.word_endings import slot_by_ending
from copydesk_plugins.claims.packs.loading import load_packs
from copydesk_plugins.claims.packs.term import ABOUT, Term

__all__ = ["MAYBE", "NOUNS", "Named", "Vocabulary", "core_verbs", "vocabulary", "word_list"]

_REMEMBERED = 20_000


class Named(NamedTuple):
    """The term that a noun belongs to, the one name that it shares with others, and its pack."""

    text: str
    means: str
    pack: str


class _Endings(dict[str, str]):
    """The slots that words have by their endings, worked out when a word is first seen."""

    def __missing__(self, key: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[key] = slot_by_ending(key)
        return found


class Vocabulary:
    """All phrases of the engine, found in one pass, and what the packs say of nouns."""

    def __init__(self, source: Ready | tuple[Term, ...]) -> None:
        self._source = source
        if isinstance(source, Ready):
            self._phrases = Phrases.opened(source.phrases.split("\n"))
        else:
            self._phrases = Phrases(building.sections_of(source))
        self._endings = _Endings()

    def find(self, keys: list[str]) -> dict[str, list[Hit]]:
        """Return the hits of every slot in the words of a unit."""
        found = self._phrases.find(keys)
        slots = self._endings.__getitem__
        if any(map(slots, keys)):
            for at, key in enumerate(keys):
                if slot := slots(key):
                    hits = found.setdefault(slot, [])
                    if all(hit.start != at for hit in hits):
                        hits.append(Hit(at, at + 1))
        return found

    @cached_property
    def _nouns(self) -> Mapping[str, str]:
        """The nouns by their text, each with what `building.nouns_of` says of it."""
        if isinstance(self._source, Ready):
            return dict(line.split("\t", 1) for line in self._source.nouns.split("\n"))
        return building.nouns_of(self._source)

    def means(self, words: list[str]) -> str:
        """Return the one name of a noun, however it is said."""
        text = " ".join(words)
        found = self._nouns.get(text)
        if found is None and text.endswith("s"):
            found = self._nouns.get(text[:-1])
        return found.partition("\t")[0] if found is not None else text

    def named(self, text: str) -> Named | None:
        """Return the term of a pack that a noun belongs to, or None."""
        _, *term = self._nouns.get(text, "").split("\t")
        return Named(*term) if term else None

    @cached_property
    def about(self) -> tuple[Term, ...]:
        """The rows that say something of a treatment: indications and risks."""
        if isinstance(self._source, Ready):
            return about(self._source.about)
        return tuple(term for term in self._source if term.slot in ABOUT)


_built: dict[int, tuple[tuple[Term, ...], Vocabulary]] = {}
_MOST_BUILT = 8


def vocabulary(names: tuple[str, ...], read: Callable[[str], str | None]) -> Vocabulary:
    """Return the vocabulary with the terms of some packs; it is built once for each choice.

    The loader gives the same tuple for the same packs, so its identity is enough, and no post
    waits for thousands of terms to be hashed.
    """
    if not names and (usual := _usual()) is not None:
        return usual
    terms = load_packs(names, read)
    known = _built.get(id(terms))
    if known is None:
        while len(_built) >= _MOST_BUILT:
            del _built[next(iter(_built))]
        known = _built[id(terms)] = (terms, Vocabulary(terms))
    return known[1]


@lru_cache(maxsize=1)
def _usual() -> Vocabulary | None:
    """Return the vocabulary of all built-in packs where it is ready."""
    found = ready()
    return Vocabulary(found) if found is not None else None


@lru_cache(maxsize=1)
def _word_lists() -> dict[str, frozenset[str]]:
    found = ready()
    if found is None:
        return building.word_lists()
    lists = (line.split("\t") for line in found.lists.split("\n"))
    return {slot: frozenset(words) for slot, *words in lists}


def word_list(slot: str) -> frozenset[str]:
    """Return the words of a slot that is asked for word by word."""
    return _word_lists()[slot]


def core_verbs() -> dict[str, str]:
    """Return the slot of each verb of effect of the core vocabulary, in its order."""
    found = ready()
    if found is None:
        return building.verbs()
    return dict(line.split("\t", 1) for line in found.verbs.split("\n"))
