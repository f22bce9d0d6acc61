"""Finds words and phrases that a site's posts use often, as nouns, and that no pack knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import LineIndex, Phrases, PostContext, Unit, read_phrases
from copydesk_plugins.claims.detection.inflection import verb_forms
from copydesk_plugins.claims.packs.loading import read_builtin
from copydesk_plugins.claims.packs.reading import COLUMNS
from copydesk_plugins.claims.packs.shapes import singular, slot_of
from copydesk_plugins.claims.packs.term import Term, Words, forms
from copydesk_plugins.claims.packs.usage import keys

_EVERYDAY = Path(__file__).resolve().parent / "everyday.txt"
_PLACES, _POSTS = 3, 2
_LONGEST = 3
_SHORTEST_WORD = 3
_QUOTED = 120


class _Grammar(NamedTuple):
    """The words that show where a noun stands, and those of any text."""

    before: frozenset[str]
    determiners: frozenset[str]
    modals: frozenset[str]
    verbs: frozenset[str]
    ends: frozenset[str]
    everyday: frozenset[str]


@dataclass
class _Found:
    """How often a phrase was seen, in how many posts, and where first."""

    places: int
    posts: int
    last: str
    example: str


class Candidate(NamedTuple):
    """A phrase to propose, with how often it was seen and one place as people read it."""

    words: Words
    places: int
    posts: int
    example: str


class Growth:
    """Collects phrases in noun position, post by post."""

    def __init__(self) -> None:
        self._found: dict[Words, _Found] = {}
        self._known: dict[str, None] = {}

    def read(self, shown: str, context: PostContext) -> None:
        """Note the phrases of a post; `shown` names it in examples."""
        lines = LineIndex(context.post.source.text)
        for unit in context.post.units:
            for phrase in _phrases(unit, context):
                found = self._found.get(phrase)
                if found is None:
                    line = lines.position(unit.span.start).line
                    example = f'"{_short(unit.text)}" ({shown}:{line})'
                    self._found[phrase] = _Found(1, 1, shown, example)
                    continue
                found.places += 1
                found.posts += found.last != shown
                found.last = shown

    def forget(self, terms: Iterable[Term]) -> None:
        """Leave out what these terms know."""
        for term in terms:
            self._known.update(dict.fromkeys(" ".join(each) for each in forms(term.words)))

    def candidates(self) -> list[Candidate]:
        """Return what is frequent and unknown, the most frequent first."""
        known = Phrases({"known": self._known})
        kept = {
            words: found
            for words, found in self._found.items()
            if found.places >= _PLACES and found.posts >= _POSTS and not _is_known(words, known)
        }
        for words, found in list(kept.items()):
            for start in range(1, len(words)):  # its last words, where they never stand otherwise
                shorter = kept.get(words[start:])
                if shorter is not None and shorter.places == found.places:
                    del kept[words[start:]]
        rows = [Candidate(words, f.places, f.posts, f.example) for words, f in kept.items()]
        return sorted(rows, key=lambda row: (-row.places, -row.posts, row.words))


def as_csv(rows: Iterable[Candidate]) -> str:
    """Return candidates as rows of a pack; the slot is empty where a person has to say it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        note = f"{row.places} places in {row.posts} posts; {row.example}"
        writer.writerow((slot_of(row.words), " ".join(row.words), "", "", "site", note))
    return text.getvalue()


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTED else plain[:_QUOTED].rstrip() + "…"


def _is_known(words: Words, known: Phrases) -> bool:
    """Say whether the noun at the end of a phrase is a term, alone or with what is before it."""
    hits = (hit for each in forms(words) for hit in known.find(each).get("known", ()))
    return any(hit.end == len(words) for hit in hits)


def _phrases(unit: Unit, context: PostContext) -> Iterator[Words]:
    """Yield the phrases of a unit that stand where nouns stand."""
    grammar = _grammar()
    found = context.words(unit)
    said = keys(found)
    start = 0
    for at in range(len(found) + 1):
        ends = at == len(found) or said[at] in grammar.ends or not _is_word(said[at])
        between = unit.text[found[at - 1].end : found[at].start] if 0 < at < len(found) else ""
        parted = bool(between.strip())
        if (ends or parted) and start < at and _is_noun(said, start, at, parted, grammar):
            run = (*said[max(start, at - _LONGEST) : at - 1], singular(said[at - 1]))
            for first in range(len(run)):
                if any(_is_special(word, grammar) for word in run[first:]):
                    yield run[first:]
        if ends:
            start = at + 1
        elif parted:
            start = at


def _is_noun(said: Sequence[str], start: int, end: int, parted: bool, grammar: _Grammar) -> bool:
    """Say whether a run of words follows a preposition, or stands beside a verb of effect."""
    at = start - 1
    if at > 0 and said[at] in grammar.determiners:
        at -= 1
    if at >= 0 and (said[at] in grammar.before or said[at] in grammar.verbs):
        return True
    if parted:
        return False
    if end < len(said) and said[end] in grammar.modals:
        end += 1
    return end < len(said) and said[end] in grammar.verbs


def _is_word(word: str) -> bool:
    """Say whether a word may be part of a term: letters, no adverb, no address."""
    if len(word) < _SHORTEST_WORD or word.endswith(("ly", "'s")):
        return False
    return word.replace("-", "").isalnum() and not word[0].isdigit()


def _is_special(word: str, grammar: _Grammar) -> bool:
    """Say whether a word is none of those that any text has."""
    return not {word, singular(word)} & grammar.everyday


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    lists = {
        name: frozenset(word for line in lines for word in line.split())
        for name, lines in read_phrases(_EVERYDAY.read_text("utf-8")).items()
    }
    core = read_builtin("core")
    verbs = frozenset(
        form.text
        for term in core
        if term.slot.startswith("verb-") and len(term.words) == 1
        for form in verb_forms(term.text)
    )
    small = lists["preposition"] | lists["determiner"] | lists["modal"] | lists["grammar"]
    alone = {term.words[0] for term in core if len(term.words) == 1} - verbs
    return _Grammar(
        lists["preposition"],
        lists["determiner"],
        lists["modal"],
        verbs,
        small | verbs,
        lists["everyday"] | alone,
    )
