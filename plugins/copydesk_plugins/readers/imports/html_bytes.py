"""Bytes of an HTML file into text: byte order mark, declared charset, UTF-8, Windows-1252."""

from __future__ import annotations

import codecs
import re

from copydesk.api import Incoming
from copydesk_plugins.readers.imports.decoding import decode

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\s[^>]{0,400}?charset|\?xml\s[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
#: A declaration further down does not count in browsers either.
_HEAD = 4096
#: Encodings of web pages; Python knows others that are none, such as escapes.
_OF_PAGES = re.compile(
    r"utf-8|utf-16.*|cp125\d|cp874|cp932|cp949|cp866|iso8859-\d+|koi8-[ru]|mac-\w+|shift_jis\w*"
    r"|gb2312|gbk|gb18030|big5\w*|euc_\w+|iso2022_jp\w*|tis-620"
)
#: What these names say, browsers read as Windows-1252, and so do we.
_LATIN = frozenset({"ascii", "iso8859-1"})
_FIRST_TAG = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|meta|!--|h[1-6]|p|div|span|ul|ol|li"
    rb"|table|article|section|main|header|b|strong|i|em|a|img|br|blockquote|font|center)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def begins_like_html(data: bytes, page: bool = False) -> bool:
    """Say whether a file begins with a tag, or with that of a whole page."""
    start = data[:_HEAD]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.replace(b"\0", b"")[2:]
    start = start.removeprefix(codecs.BOM_UTF8)
    return bool((_PAGE if page else _FIRST_TAG).match(start))


def decoded(incoming: Incoming) -> tuple[str, tuple[str, ...]]:
    """Return the text of an HTML file and what was assumed to read it."""
    text, notes = _decoded(incoming.data)
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}"), notes


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ()
    said, encoding = _declared(data)
    if encoding:
        text = _strictly(data, encoding)
        if text is not None:
            return text, ()
    plain = decode(data.replace(b"\0", "\N{REPLACEMENT CHARACTER}".encode()))
    if said and not encoding:
        return plain.text, (f"The file names a charset that is unknown here: {said}.", *plain.notes)
    if said:
        return plain.text, (f"The file says that it is in {said}, but it is not.", *plain.notes)
    return plain.text, plain.notes


def _declared(data: bytes) -> tuple[str, str]:
    """Return the charset that a file names, as it stands there, and the one that Python knows."""
    match = _DECLARED.search(data, 0, _HEAD)
    if match is None:
        return "", ""
    said = match.group(1).decode("ascii", "replace")
    try:
        name = codecs.lookup(said).name
    except LookupError:
        return said, ""
    if name in _LATIN:
        return said, "cp1252"
    # A file whose declaration can be read byte by byte is not in UTF-16, whatever it says.
    if name.startswith("utf-16"):
        return said, "utf-8"
    return said, name if _OF_PAGES.fullmatch(name) else ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        # Windows-1252 leaves five bytes without a meaning; they become question marks.
        return data.decode(encoding, "replace" if encoding == "cp1252" else "strict")
    except (UnicodeDecodeError, LookupError):
        return None
