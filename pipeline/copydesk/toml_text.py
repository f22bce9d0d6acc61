"""Any text as a value in a TOML file."""

from __future__ import annotations

_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """Return a text as a TOML string on one line, in quotes, that reads back as the same text.

    Whatever cannot be seen is written as its number: control characters, which TOML refuses,
    and line separators and marks of direction, which would show people another text than there
    is. Half of a surrogate pair is no character of any text file and becomes the mark for that.
    """
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if char.isprintable():
        return char
    if "\ud800" <= char <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
