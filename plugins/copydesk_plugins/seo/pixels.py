"""The width of a text as a page of search results shows it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).resolve().parent / "data" / "glyph_widths.tsv"
#: The units of the table, and the width of what is not in it: a full square, as East Asian signs.
_EM = 2048
#: A text is cut before a word, unless the word is longer than this.
_LONGEST_WORD = 20


def width(text: str, size: float) -> float:
    """Return the width of a text in pixels, set in Arial at a size in pixels."""
    widths = _widths()
    return sum(widths.get(character, _EM) for character in text) * size / _EM


def fitting(text: str, size: float, limit: float) -> str:
    """Return the beginning of a text that fits into a width, up to a blank where one is near."""
    end, left = len(text), limit * _EM / size
    widths = _widths()
    for at, character in enumerate(text):
        left -= widths.get(character, _EM)
        if left < 0:
            end = at
            break
    else:
        return text
    blank = text.rfind(" ", max(0, end - _LONGEST_WORD), end + 1)
    return text[: blank if blank > 0 else end].rstrip()


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
