"""Text that was read in the wrong encoding, and the way back to the letters that were meant."""

from __future__ import annotations

import re

#: Letters that the bytes of UTF-8 become where they are read as Windows-1252 or Latin-1.
_AFTER = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
#: What begins a letter of two, three or four bytes. Other beginnings also occur in good text.
_GARBLED = re.compile(
    rf"(?:[ÂÃ][{_AFTER}]|â[€‚„…†ˆ\u0080-\u0089][{_AFTER}]|ï»¿|ï¿½|ð[Ÿ\u009f][{_AFTER}][{_AFTER}])+"
)
_SIGNS = ("Ã", "Â", "â€", "â\u0080", "â‚", "â„", "âˆ", "â†", "ï»¿", "ï¿½", "ð")


def may_be_garbled(text: str) -> bool:
    """Say whether a text holds a letter that garbled text begins with."""
    return not text.isascii() and any(sign in text for sign in _SIGNS)


def garbled(text: str) -> list[tuple[int, int, str]]:
    """Return stretches of garbled letters with what was meant, where that is certain.

    "IRMÃ”" is good Portuguese: after another capital nothing is taken for garbled.
    """
    found = []
    for match in _GARBLED.finditer(text):
        start, end = match.span()
        meant = _meant(match.group())
        if meant is not None and not (
            match.group()[0] in "ÂÃ" and text[start - 1 : start].isupper()
        ):
            found.append((start, end, meant))
    return found


def _meant(letters: str) -> str | None:
    try:
        meant = bytes(map(_byte, letters)).decode("utf-8")
    except (UnicodeError, ValueError):
        return None
    if any("\x7f" <= letter < "\xa0" for letter in meant):
        return None  # a control character is no letter that anybody typed
    return meant.replace("\ufeff", "")


def _byte(letter: str) -> int:
    """Return the byte that became a letter; five bytes mean nothing in Windows-1252."""
    if ord(letter) < 0x100:
        return ord(letter)
    return letter.encode("cp1252")[0]
