"""Bytes of a text file as text: what was declared, or what is likeliest, and a note of it."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from copydesk.api import CopydeskError, Failure

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"\r\n?")
#: Where word processors end a line or a page.
_BREAKS = re.compile(r"[\x0b\x0c]")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
#: Blanks and characters without width that mean nothing at the ends of a line.
_EDGES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_BLANKED = str.maketrans(_EDGES, " " * len(_EDGES))


class Decoded(NamedTuple):
    """A text with `\\n` line ends, and what was assumed or changed, a sentence each."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of a file; raises CopydeskError for what is no text.

    A byte order mark decides; else it is UTF-8, or Windows-1252 where it cannot be.
    """
    if data.startswith(_UTF16):
        return Decoded(_lines(_utf16(data)), ("The file is in UTF-16; the draft is in UTF-8.",))
    nul = data.find(b"\0")
    if nul != -1:
        raise _refuse(f"byte 0x00 at {nul} does not belong in text", data[:nul].count(b"\n") + 1)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(_lines(data.decode()))
    except UnicodeDecodeError:
        text, notes = _not_utf8(data)
        return Decoded(_lines(text), notes)


def tidy(decoded: Decoded) -> Decoded:
    """Return pasted text without control characters and without odd blanks at the ends of lines.

    Fixed blanks and characters without width stay where they are inside a line.
    """
    text, breaks = _BREAKS.subn("\n", decoded.text)
    text, controls = _CONTROLS.subn("", text)
    lines = []
    edges = 0
    for line in text.split("\n"):
        bare = line.strip(_EDGES + " \t")
        at = line.index(bare)
        lead, tail = line[:at], line[at + len(bare) :]
        edges += sum(each not in " \t" for each in lead + tail)
        lines.append(lead.translate(_BLANKED) + bare if bare else "")
    notes = list(decoded.notes)
    if breaks:
        notes.append(f"Page and line breaks of a word processor became line ends: {breaks}.")
    if controls:
        notes.append(f"Control characters, which nobody sees, were taken out: {controls}.")
    if edges:
        notes.append(
            "Fixed blanks and characters without width were taken off the ends of lines: "
            f"{edges}. Inside the lines they stay."
        )
    return Decoded("\n".join(lines), tuple(notes))


def _lines(text: str) -> str:
    return _LINE_END.sub("\n", text)


def _utf16(data: bytes) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise _refuse(f"it begins as UTF-16, but byte {error.start} does not") from None
    if "\0" in text:
        raise _refuse("it holds characters that do not belong in text")
    return text


def _not_utf8(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Read what is no UTF-8: Windows-1252, or UTF-8 into which some of that was pasted."""
    mixed = data.decode("utf-8", "surrogateescape")
    odd = sum("\udc80" <= each <= "\udcff" for each in mixed)
    sound = sum("\x80" <= each < "\udc80" or each > "\udfff" for each in mixed)
    if sound > odd:
        text = re.sub(
            "[\udc80-\udcff]",
            lambda match: bytes([ord(match.group()) - 0xDC00]).decode("cp1252", "replace"),
            mixed,
        )
        said = f"The file is in UTF-8 except for {odd} bytes, which were read as Windows-1252."
    else:
        text = data.decode("cp1252", "replace")
        said = "The file is not in UTF-8; it was read as Windows-1252, as older programs write it."
    return text, (said, *_undefined(data, text))


def _undefined(data: bytes, text: str) -> tuple[str, ...]:
    """Name the bytes that mean nothing in Windows-1252 either."""
    count = text.count("\N{REPLACEMENT CHARACTER}")
    if not count:
        return ()
    named = ", ".join(f"0x{each:02x}" for each in (0x81, 0x8D, 0x8F, 0x90, 0x9D) if each in data)
    return (
        f"Bytes that mean nothing there ({named}) stand as \N{REPLACEMENT CHARACTER} in the "
        f"draft: {count}. Please compare them with the original.",
    )


def _refuse(why: str, line: int = 0) -> CopydeskError:
    return CopydeskError(
        Failure(
            "file",
            f"could not be read: {why}",
            "It may be no text at all. Open it in the program that made it, and save it as "
            "plain text in UTF-8 or as a Word document (.docx).",
            line=line,
        )
    )
