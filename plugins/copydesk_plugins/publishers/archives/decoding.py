"""The bytes of an XML file as text, piece by piece: what is no text there is replaced and noted."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from copydesk.api import unreadable

_PART = 64 * 1024
_HEAD = 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
#: What exports are written in; Windows-1252 is what browsers take Latin-1 for.
_KNOWN = {
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
}
#: Characters that no XML may hold; blog systems put them into exports all the same.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACED = "\N{REPLACEMENT CHARACTER}"


class Lines:
    """The numbers of lines that hold bytes or characters that had to be replaced."""

    def __init__(self) -> None:
        self._at = 1
        self._wrong: list[int] = []

    def mend(self, text: str) -> str:
        """Return a piece of the text with what may not stand there replaced, and note where."""
        for match in _FORBIDDEN.finditer(text):
            line = self._at + text.count("\n", 0, match.start())
            if not self._wrong or self._wrong[-1] != line:
                self._wrong.append(line)
        self._at += text.count("\n")
        return _FORBIDDEN.sub(_REPLACED, text) if self._wrong else text

    def take(self, until: int) -> list[int]:
        """Return the noted lines up to one, and forget them."""
        found = [each for each in self._wrong if each <= until]
        self._wrong = self._wrong[len(found) :]
        return found


def pieces(path: Path, shown: str, lines: Lines) -> Iterator[str]:
    """Yield the text of a file in pieces; raises CopydeskError where it cannot be read."""
    try:
        if not path.is_file():
            raise FileNotFoundError
        with path.open("rb") as stream:
            yield from _decoded(stream, lines)
    except OSError as error:
        raise unreadable(error, shown) from None


def _decoded(stream: BinaryIO, lines: Lines) -> Iterator[str]:
    head = stream.read(_HEAD)
    mark, encoding = next(
        ((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", _declared(head))
    )
    # What cannot be decoded comes out as half a character, which no text may hold.
    errors = "surrogateescape" if encoding == "utf-8" else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    part = head[len(mark) :]
    while part:
        yield lines.mend(decoder.decode(part).replace("\r\n", "\n"))
        part = stream.read(_PART)
    yield lines.mend(decoder.decode(b"", True))


def _declared(head: bytes) -> str:
    match = _DECLARED.search(head)
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else "utf-8"
    except LookupError:
        name = "utf-8"
    return _KNOWN.get(name, "utf-8")
