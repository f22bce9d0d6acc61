"""Reads the plugin's word lists: sections in square brackets, `#` for remarks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from copydesk.api import Word

_DATA = Path(__file__).resolve().parent / "data"


def lower_words(words: Sequence[Word]) -> list[str]:
    """Return words in small letters, as the lists have them (with either apostrophe)."""
    return [word.text.lower() for word in words]


@cache
def lines_of(name: str) -> dict[str, list[str]]:
    """Return the sections of a list line by line."""
    found: dict[str, list[str]] = {}
    for line in (_DATA / name).read_text("utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
            if "'" in line:
                lines.append(line.replace("'", "’"))  # cheaper than mending every word read
    return found


@cache
def words_of(name: str) -> dict[str, frozenset[str]]:
    """Return the sections of a list that has words divided by blanks."""
    return {
        section: frozenset(" ".join(lines).split()) for section, lines in lines_of(name).items()
    }


@cache
def phrases_of(name: str) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """Return the sections of a list that has one phrase a line, each by its first word."""
    out: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for section, lines in lines_of(name).items():
        by_first = out.setdefault(section, {})
        for line in lines:
            phrase = tuple(line.split())
            by_first[phrase[0]] = (*by_first.get(phrase[0], ()), phrase)
    return out
