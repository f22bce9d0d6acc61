"""The width of a text as a page of search results shows it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parent / "data" / "glyph_widths.tsv"
#: The units of the table, and the width of what is not in it: a full square, as East Asian signs.
_EM = 2048


def width(text: str, size: float) -> float:
    """Return the width of a text in pixels, set in Arial at a size in pixels."""
    widths = _widths()
    return sum(widths.get(character, _EM) for character in text) * size / _EM


def fitting(text: str, size: float, limit: float) -> str:
    """Return the whole words at the beginning of a text that fit into a width."""
    kept = ""
    for word in text.split():
        longer = f"{kept} {word}" if kept else word
        if width(longer, size) > limit:
            break
        kept = longer
    return kept


@lru_cache(maxsize=1)
def _widths() -> dict[str, int]:
    found: dict[str, int] = {}
    for line in _TABLE.read_text("ascii").splitlines():
        if line.startswith("#"):
            continue
        units, _, rows = line.partition("\t")
        for row in rows.split(" "):
            first, _, last = row.partition("-")
            for point in range(int(first, 16), int(last or first, 16) + 1):
                found[chr(point)] = int(units)
    return found
