"""A post as the rules on trust see it: each unit with what its words tell, read once for all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import Hit, Phrases, PostContext, Unit, read_phrases

_DATA = Path(__file__).resolve().parent / "data"
#: Longer units are no sentences; what is read of one is bounded so that time stays linear.
_LONGEST = 250
_NOT_READ = frozenset({"code", "title", "description", "image-alt", "alt"})


class Reading(NamedTuple):
    """A unit of the body in which something was found: its words in lower case, and the hits."""

    unit: Unit
    keys: list[str]
    hits: dict[str, list[Hit]]


class Readings(NamedTuple):
    """What was found in a post; `units` is the number of those that were looked at."""

    found: tuple[Reading, ...]
    units: int

    def has(self, section: str) -> bool:
        """Say whether something of a section stands in the body."""
        return any(section in each.hits for each in self.found)


_read: WeakKeyDictionary[PostContext, Readings] = WeakKeyDictionary()


def readings_of(ctx: PostContext) -> Readings:
    """Return what the words of a post tell, read once for all rules."""
    known = _read.get(ctx)
    if known is None:
        known = _read[ctx] = _readings(ctx)
    return known


def _readings(ctx: PostContext) -> Readings:
    phrases = _phrases()
    found, count = [], 0
    for unit in ctx.post.units:
        if unit.kind in _NOT_READ:
            continue
        count += 1
        keys = [word.text.lower() for word in ctx.words(unit)[:_LONGEST]]
        hits = phrases.find(keys)
        if hits:
            found.append(Reading(unit, keys, hits))
    return Readings(tuple(found), count)


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    names = ("health.txt", "lines.txt")
    sections = [read_phrases((_DATA / name).read_text("utf-8")) for name in names]
    return Phrases({name: each for table in sections for name, each in table.items()})


@lru_cache(maxsize=1)
def bylines() -> dict[str, frozenset[str]]:
    """Return the names that stand for no person: of accounts, and of groups."""
    table = read_phrases((_DATA / "bylines.txt").read_text("utf-8"))
    return {name: frozenset(each) for name, each in table.items()}
