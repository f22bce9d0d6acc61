"""The words that tell sources apart, by kind: the table in `words.csv`.

agency and journal: names of sources. no-author: what stands before a year and is no surname.
source: words of a link that names a source. pointing: what a sentence may hold beside a source
that it only points at. note: what the targets of notes are called, before their number.
small: words of titles that tell none apart.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_PATH = Path(__file__).resolve().with_name("words.csv")


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of a kind, as they stand in the table."""
    return _table()[kind]


@cache
def _table() -> dict[str, frozenset[str]]:
    text = _PATH.read_text("utf-8")
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["kind"], set()).add(row["words"])
    return {kind: frozenset(words) for kind, words in found.items()}
