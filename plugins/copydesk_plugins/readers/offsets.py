"""Offsets: UTF-8 bytes into code points, trimmed ends, and text with spans cut out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import accumulate

from copydesk.api import Span

#: All bytes of a code point but the first; without them, bytes count code points.
_CONTINUATION = bytes(range(0x80, 0xC0))
_STEP = 256
_LONE_CR = re.compile(r"\r(?!\n)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parsable(text: str) -> str:
    """Return the text as the Markdown parser can take it, every offset as it was.

    Lone surrogates have no UTF-8; their replacement is also one code point. A CR alone ends a
    line, but the parser does not see so inside raw HTML.
    """
    if "\r" in text:
        text = _LONE_CR.sub("\n", text)
    return _SURROGATE.sub("\ufffd", text)


def to_points(text: str) -> Callable[[int], int]:
    """Return a function that turns an offset in UTF-8 bytes into one in code points."""
    if text.isascii():
        return lambda offset: offset
    data = text.encode()
    starts = range(0, len(data), _STEP)
    sums = [
        0,
        *accumulate(len(data[at : at + _STEP].translate(None, _CONTINUATION)) for at in starts),
    ]

    def convert(offset: int) -> int:
        step = offset // _STEP
        return sums[step] + len(data[step * _STEP : offset].translate(None, _CONTINUATION))

    return convert


class Trimmer:
    """Moves the end of a stretch back over white space.

    Ends are remembered: a thousand nested lists that end together are trimmed once.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, int] = {}

    def span(self, start: int, end: int) -> Span:
        """Return the span without trailing white space, never shorter than nothing."""
        known = self._known.get(end)
        if known is None:
            known = end
            while known > 0 and self._text[known - 1] in " \t\r\n":
                known -= 1
            self._known[end] = known
        return Span(start, max(start, known))


def cut(text: str, keep: Span, gone: Iterable[Span]) -> str:
    """Return the text of a span with other spans cut out of it."""
    parts = []
    at = keep.start
    for start, end in sorted(gone):
        if end <= at or start >= keep.end:
            continue
        parts.append(text[at : max(at, start)])
        at = end
    parts.append(text[at : max(at, keep.end)])
    return "".join(parts)
