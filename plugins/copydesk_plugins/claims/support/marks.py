"""Marks in a text that point at a reference list: [1], [2, 4-6], [^a], ¹², ^3^ and (1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBERS = r"\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3}){0,20}"
_RAISED_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_MARK = re.compile(
    rf"\[(?P<bracket>{_NUMBERS})\]"
    r"|\[\^(?P<note>[\w.-]{1,40})\]"
    rf"|\^(?P<caret>{_NUMBERS})\^"
    rf"|(?P<raised>(?<=[^\W\d_]|[.,;:!?)\u201d\"'])[{_RAISED_DIGITS}]{{1,3}}"
    rf"(?:[,\u207b\u2013-][{_RAISED_DIGITS}]{{1,3}}){{0,5}})"
    rf"|(?<=\s)\((?P<round>{_NUMBERS})\)(?=[.,;:]|\s*$)"
    # Raised numbers that lost their place when the text was pasted: "for most.12 Others".
    rf"|(?<=[a-z)\u201d\"'][.,;:])(?P<glued>{_NUMBERS})(?=\s|$)"
)
_SIGNS = "[^)." + _RAISED_DIGITS
#: Square metres and the like are no marks.
_UNITS = re.compile(r"(?:^|[\s\d])(?:k|c|m|d|h)?[mg]$|(?:^|\s)(?:ft|in|yd|s|R|x|n|p|I)$")
_RAISED_HTML = re.compile(
    rf"<sup\b[^<>]{{0,200}}>\s{{0,9}}\[?\s?(?P<mark>{_NUMBERS})\s?\]?\s{{0,9}}</sup", re.IGNORECASE
)
_PLAIN_DIGITS = str.maketrans(_RAISED_DIGITS + "\u207b\u2013;", "0123456789--,")
_MOST = 50


class Mark(NamedTuple):
    """A mark at a place of a text, and the names of the entries that it points at."""

    start: int
    end: int
    names: tuple[str, ...]
    loose: bool = False


def marks_in(text: str) -> Iterator[Mark]:
    """Yield the marks of a text in order.

    A loose one may as well be something else, such as a number in brackets: it counts only
    beside a numbered list under a heading.
    """
    if not any(sign in text for sign in _SIGNS):
        return
    for match in _MARK.finditer(text):
        kind = match.lastgroup or ""
        said = match[kind]
        if kind == "raised" and _UNITS.search(text, max(0, match.start() - 4), match.start()):
            continue
        names = ("^" + said.lower(),) if kind == "note" else numbers(said)
        yield Mark(match.start(), match.end(), names, kind in ("round", "glued", "caret"))


def raised_in(html: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the marks in `<sup>` elements of a source; a linked one is a link and not here."""
    for match in _RAISED_HTML.finditer(html, start, end):
        yield Mark(match.start(), match.end(), numbers(match["mark"]), loose=True)


def numbers(said: str) -> tuple[str, ...]:
    """Return the numbers that a mark stands for: "2, 4-6" is 2, 4, 5 and 6."""
    found: list[str] = []
    for part in said.translate(_PLAIN_DIGITS).replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if dash and first.isdigit() and last.isdigit():
            high = min(int(last), int(first) + _MOST)
            found += [str(each) for each in range(int(first), high + 1)]
        elif first.isdigit():
            found.append(str(int(first)))
    return tuple(found)
