"""The points of signs."""

from __future__ import annotations

import csv
import math
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def table() -> dict[str, float]:
    path = Path(__file__).resolve().parent / "points.csv"
    if not path.exists():
        return {"free frame": 1.0}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: float(row[1]) for row in rows}


def points(found: set[str]) -> float:
    known = table()
    # `fsum` is exact in any order: a set gives its members in another order in each process.
    return math.fsum([known.get("start", 0.0), *(known.get(each, 0.0) for each in found)])


def weight(sign: str) -> float:
    """Return the points of one sign; 0 where it has none."""
    return table().get(sign, 0.0)
