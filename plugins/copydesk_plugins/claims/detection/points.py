"""The points of signs: what each speaks for or against a unit being a claim.

`points.csv` holds a row for each sign; a unit is a claim when the points of its signs and those
of "start" sum to more than 0. The points come from `tools/learn_points.py`: a logistic
regression over about 4,400 units that were labelled by the annotation guideline. They are of
posts of practices and shops (which count most), of the labelled posts in `tests/claims` that
are not kept back, of the examples of the packs, of the cases that the engine's tests hold, and
of short posts written to show what only looks like a claim. Those from outside are not part of
Copydesk; no kept-back post was used. A row may be changed by hand: its sign is a name from
`signs.py`, `cues.py`, `clauses.py` or `numbers.py`.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

PATH = Path(__file__).resolve().parent / "points.csv"


@lru_cache(maxsize=1)
def table() -> dict[str, float]:
    """Return the points of all signs."""
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: float(row[1]) for row in rows}


def points(found: Iterable[str]) -> float:
    """Return the points of a unit with some signs."""
    known = table()
    # `fsum` is exact in any order: a set gives its members in another order in each process.
    return math.fsum([known.get("start", 0.0), *[known[each] for each in found if each in known]])


def weight(sign: str) -> float:
    """Return the points of one sign; 0 where it has none."""
    return table().get(sign, 0.0)


def strongest(found: Iterable[str]) -> tuple[str, ...]:
    """Return the three signs with the most points, by name where these are equal."""
    ranked = sorted([(-weight(sign), sign) for sign in found])
    return tuple(sign for _, sign in ranked[:3])
