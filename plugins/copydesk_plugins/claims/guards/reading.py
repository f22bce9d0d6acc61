"""A post as the guards see it: the words of each unit, and the guards' own phrases in them.

The phrases of all guards lie in `data/*.txt` and are found in one pass for all rules.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import Hit, Phrases, PostContext, Unit, Word, read_phrases

_DATA = Path(__file__).resolve().parent / "data"
#: Longer units are no sentences; what is read of one is bounded so that time stays linear.
_LONGEST = 250
_FRONT = frozenset({"title", "description", "image-alt"})
_KEEP_ENDING = frozenset({"it's", "that's", "he's", "she's", "what's", "who's", "let's"})
#: A "not" so many words before a word denies it, unless a new clause begins in between.
_DENIAL = 5
#: Sections that make a guard look at a unit; they are looked for everywhere.
TRIGGERS = frozenset(
    {
        "approved",
        "before-after",
        "came",
        "compares",
        "esketamine",
        "next-review",
        "offer",
        "patient",
        "person-first",
        "review-day",
        "reviewed",
        "suicide",
        "suicide-wording",
    }
)
#: Sections that are asked for word by word, through `word_set`.
_WORD_LISTS = frozenset({"between", "month", "not-name", "staff"})
_QUOTES = "\"“”'‘’«»"


class Reading:
    """A unit, its words, the same in plain lower case, and the guards' phrases in it.

    Phrases that begin nothing by themselves are looked for only in units where some guard asks.
    """

    __slots__ = ("_around", "hits", "keys", "unit", "words")

    def __init__(self, unit: Unit, words: list[Word], keys: list[str]) -> None:
        self.unit = unit
        self.words = words
        self.keys = keys
        self.hits: dict[str, list[Hit]] = _triggers().find(keys)
        self._around: dict[str, list[Hit]] | None = None

    def all(self, section: str) -> list[Hit]:
        """Return the hits of a section, in order."""
        if section in TRIGGERS:
            return self.hits.get(section, [])
        if self._around is None:
            self._around = _surroundings().find(self.keys)
        return self._around.get(section, [])

    def has(self, *sections: str) -> bool:
        """Say whether any of the sections has a hit."""
        return any(map(self.all, sections))

    def said(self, start: int, end: int) -> str:
        """Return the text of the words at positions [start, end) on one line."""
        text = self.unit.text[self.words[start].start : self.words[end - 1].end]
        return " ".join(text.split())

    def gap(self, at: int) -> str:
        """Return the text between a word and the one before it; empty at the edges.

        A space is a space: those that do not break and the ends of lines read as plain ones.
        """
        if not 0 < at < len(self.words):
            return ""
        text = self.unit.text[self.words[at - 1].end : self.words[at].start]
        return text if text == " " else re.sub(r"\s+", " ", text)

    def key(self, at: int) -> str:
        """Return the word at a position, or nothing beyond the ends."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def denied(self, at: int) -> bool:
        """Say whether a negation shortly before a word reaches it."""
        for hit in self.all("negation"):
            if at - _DENIAL <= hit.end - 1 < at and not any(
                set(self.gap(index)) & set(";:—") or self.key(index) == "but"
                for index in range(hit.end, at)
            ):
                return True
        return False

    def one_clause(self, start: int, end: int) -> bool:
        """Say whether no mark that ends a clause stands between two word positions."""
        return not any(set(self.gap(at)) & set(";:—!?") for at in range(start + 1, end + 1))

    def is_quoted(self, start: int, end: int) -> bool:
        """Say whether quotation marks enclose just these words: they are spoken about, not used."""
        text = self.unit.text
        left, right = self.words[start].start - 1, self.words[end - 1].end
        closes = text[right : right + 2].lstrip(".,")[:1] or "."
        return left >= 0 and text[left] in _QUOTES and closes in _QUOTES

    @property
    def body(self) -> bool:
        """Whether the unit stands in the body, where readers of the page see it."""
        return self.unit.kind not in _FRONT


class _PostRead(NamedTuple):
    """The units of a post, and by section those in which a trigger of a guard stands."""

    readings: list[Reading]
    triggered: dict[str, list[Reading]]


_read: WeakKeyDictionary[PostContext, _PostRead] = WeakKeyDictionary()


def readings_of(ctx: PostContext) -> list[Reading]:
    """Return the units of a post but those of footnotes and code, read once for all guards."""
    return _post_read(ctx).readings


def readings_with(ctx: PostContext, trigger: str) -> list[Reading]:
    """Return the units that hold a phrase of one of TRIGGERS, in order."""
    if trigger not in TRIGGERS:
        raise ValueError(f"{trigger} is no trigger")
    return _post_read(ctx).triggered.get(trigger, [])


def _post_read(ctx: PostContext) -> _PostRead:
    found = _read.get(ctx)
    if found is None:
        readings = [
            read_unit(ctx, unit)
            for unit in ctx.post.units
            if unit.kind not in ("footnote", "code")
            and not ctx.post.inside(ctx.block(unit), "footnote")
        ]
        found = _read[ctx] = _PostRead(readings, {})
        for reading in readings:
            for trigger in reading.hits:
                found.triggered.setdefault(trigger, []).append(reading)
    return found


def read_unit(ctx: PostContext, unit: Unit) -> Reading:
    """Read the words of a unit."""
    words, keys = ctx.words(unit), ctx.keys(unit)
    if len(words) > _LONGEST:
        words, keys = words[:_LONGEST], keys[:_LONGEST]
    if not unit.text.isascii() or "'" in unit.text:  # else the keys are as they should be
        keys = [_key(key) for key in keys]
    return Reading(unit, words, keys)


def _key(key: str) -> str:
    """Return a word as the guards look for it: without a possessive, with plain hyphens."""
    key = key.replace("\u2011", "-").replace("\u2010", "-")
    if key.endswith("'s") and key not in _KEEP_ENDING:
        return key[:-2]
    return key


@lru_cache(maxsize=1)
def sections() -> dict[str, list[str]]:
    """Return the phrases of every section of every data file."""
    found: dict[str, list[str]] = {}
    for path in sorted(_DATA.glob("*.txt")):
        for name, phrases in read_phrases(path.read_text("utf-8")).items():
            found.setdefault(name, []).extend(phrases)
    for name in ("suicide-wording", "person-first"):
        found[name] = list(swaps(name))
    return found


@lru_cache(maxsize=1)
def _triggers() -> Phrases:
    return Phrases({name: each for name, each in sections().items() if name in TRIGGERS})


@lru_cache(maxsize=1)
def _surroundings() -> Phrases:
    apart = TRIGGERS | _WORD_LISTS
    return Phrases({name: each for name, each in sections().items() if name not in apart})


@lru_cache(maxsize=16)
def word_set(section: str) -> frozenset[str]:
    """Return the words of a section that is asked for word by word."""
    return frozenset(sections()[section])


class Swap(NamedTuple):
    """What to say instead of a phrase; `health` says that it counts in posts about health only."""

    instead: str
    health: bool


@lru_cache(maxsize=8)
def swaps(name: str) -> dict[str, Swap]:
    """Return the phrases of a table of swaps, each with what to say instead."""
    found = {}
    for row in (_DATA / f"{name}.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            phrase, instead, *mark = row.split("\t")
            found[phrase] = Swap(instead, mark == ["health"])
    return found
