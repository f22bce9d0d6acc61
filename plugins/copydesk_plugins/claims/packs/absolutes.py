"""The vocabulary of absolutes: one file that rule, type and strength share.

Each entry of `absolutes.csv` says separately which of the three it sets, because a word such as
"proven" makes a claim absolute in strength without being a promise that no source can carry.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_PATH = Path(__file__).resolve().parent / "absolutes.csv"
#: Names of sections in the vocabulary of the engine.
RULE = "absolute-rule."
TYPE = "absolute-type"
STRENGTH = "absolute-strength"
WITH_OUTCOME = "absolute-with-outcome"


class Absolute(NamedTuple):
    """One entry: the term, the kind of promise for the rule `claims.absolute`, and what it sets.

    `rule` is empty where the rule does not speak of it. `strength` is "yes", "outcome" (only
    beside a health outcome) or empty.
    """

    term: str
    rule: str
    type: bool
    strength: str

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of the engine's vocabulary that the entry belongs to."""
        found = [RULE + self.rule] if self.rule else []
        if self.type:
            found.append(TYPE)
        if self.strength:
            found.append(WITH_OUTCOME if self.strength == "outcome" else STRENGTH)
        return tuple(found)


@lru_cache(maxsize=1)
def absolutes() -> tuple[Absolute, ...]:
    """Return all entries in the order of the file."""
    with _PATH.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(Absolute(row[0], row[1], row[2] == "yes", row[3]) for row in rows)
