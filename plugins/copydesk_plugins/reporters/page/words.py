"""Numbers and places as people read them."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.api import harmless

_SPACE = re.compile(r"\s+")


class Label(NamedTuple):
    """What a severity is called: one, several, and what its colour goes by."""

    one: str
    many: str
    tone: str


LABELS = {
    "error": Label("error", "errors", "error"),
    "warning": Label("warning", "warnings", "warn"),
    "info": Label("note", "notes", "note"),
}


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with the word for what it counts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """Return a part with its whole and per cent: "7 of 31 (23 %)"."""
    per_cent = f" ({100 * part / whole:.0f} %)" if whole else ""
    return f"{part:,} of {whole:,}{per_cent}"


def tidy(text: str) -> str:
    """Return a stretch of text with single spaces and no character that could steer a page."""
    return harmless(_SPACE.sub(" ", text))


def with_code(text: str) -> list[tuple[bool, str]]:
    """Return a message in parts; those that are commands, between back quotes, are marked."""
    parts = tidy(text).split("`")
    if len(parts) % 2 == 0:  # a back quote without its fellow is no sign of a command
        return [(False, tidy(text))]
    return [(at % 2 == 1, part) for at, part in enumerate(parts) if part]
