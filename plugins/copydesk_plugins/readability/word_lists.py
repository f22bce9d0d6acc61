"""Reads the plugin's word lists: sections in square brackets, `#` for remarks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent / "data"


def _sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (_DATA / name).read_text("utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


@cache
def words_of(name: str) -> dict[str, frozenset[str]]:
    """Return the sections of a list that has words divided by blanks."""
    return {
        section: frozenset(" ".join(lines).split()) for section, lines in _sections(name).items()
    }


@cache
def phrases_of(name: str) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """Return the sections of a list that has one phrase a line, each by its first word."""
    out: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for section, lines in _sections(name).items():
        by_first = out.setdefault(section, {})
        for line in lines:
            phrase = tuple(line.split())
            by_first[phrase[0]] = (*by_first.get(phrase[0], ()), phrase)
    return out
