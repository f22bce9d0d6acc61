"""The plain lines that most front matter is made of, read without YAML.

Importing YAML costs more than checking a post, and YAML itself a good part of reading one.
Only what both read in the same way is taken; whatever else is there, YAML reads all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

#: Letters and signs that mean nothing to YAML where they stand: no quotes, marks or comments.
_WORD = r"[A-Za-z0-9](?:[A-Za-z0-9 _./-]*[A-Za-z0-9.])?"
_TEXT = r"[A-Za-z0-9](?:(?:[A-Za-z0-9 _./,()'+&?!’“”–—-]|:(?=[A-Za-z0-9]))*[A-Za-z0-9.)?!”])?"
_LINE = re.compile(rf"([A-Za-z_][\w-]*): (?:({_TEXT})|\[({_WORD}(?:, {_WORD})*)\])\n", re.ASCII)


class PlainText(NamedTuple):
    """A text as written, and where it begins."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the text ends."""
        return self.start + len(self.text)


class PlainValue(NamedTuple):
    """A key with its value: a text, or a list whose brackets stand at [start, end)."""

    key: str
    start: int
    end: int
    text: str
    items: Sequence[PlainText] | None


def read_plain(text: str) -> list[PlainValue] | None:
    """Return the keys of front matter that has only plain lines, or None for all other."""
    found: list[PlainValue] = []
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None or "null" in match.group():  # YAML reads null as nothing
            return None
        group = 2 if match[2] is not None else 3
        start, end = match.span(group)
        if group == 2:
            found.append(PlainValue(match[1], start, end, match[2], None))
        else:
            found.append(PlainValue(match[1], start - 1, end + 1, "", _items(match[3], start)))
        at = match.end()
    return found


def _items(inside: str, start: int) -> list[PlainText]:
    items = []
    for part in inside.split(", "):
        items.append(PlainText(start, part))
        start += len(part) + 2
    return items
