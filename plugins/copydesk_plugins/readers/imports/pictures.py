"""Pictures of an input: those inside it become attachments, those beside it keep their address."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.api import Attachment

_DATA = re.compile(r"data:\s*([\w.+/-]*)\s*(?:;[^,;]{0,60})*?(;\s*base64)?\s*,", re.IGNORECASE)
_OURS = re.compile(r"image-\d+\.[a-z]+")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+):")
_KEPT = frozenset({"", "http", "https", "file", "data"})
_ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/svg+xml": "svg",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/x-emf": "emf",
    "image/x-wmf": "wmf",
}


class Shown(NamedTuple):
    """Where a picture's file is, empty if nowhere, and what is to be said of it."""

    src: str
    note: str = ""


class Pictures:
    """Collects the pictures of one input; the same picture twice is one file.

    `named` says that the page calls pictures by the names they get here.
    """

    def __init__(self, named: bool = False) -> None:
        self._named = named
        self._names: dict[bytes, str] = {}

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files, in the order in which they were met."""
        return tuple(Attachment(name, data) for data, name in self._names.items())

    def add(self, data: bytes, kind: str) -> Shown:
        """Keep a picture of a media type such as `image/png`."""
        ending = _ENDINGS.get(kind.lower().strip())
        if ending is None or not data:
            return Shown("", f"A picture of the kind {kind or 'unknown'} was left out.")
        name = self._names.setdefault(data, f"image-{len(self._names) + 1}.{ending}")
        return Shown(name)

    def address(self, src: str) -> Shown:
        """Return where the picture of an `img` is; one that stands in the page is kept."""
        src = src.strip()
        if not src:
            return Shown("", "A picture without an address was left out.")
        scheme = _SCHEME.match(src)
        kind = scheme.group(1).lower() if scheme is not None else ""
        if kind not in _KEPT:
            return Shown("", f"A picture was left out, for its address is none: {src[:200]}.")
        if kind != "data":
            # A file of a name that pictures inside the page get is another one.
            return Shown(f"./{src}" if _OURS.fullmatch(src) and not self._named else src)
        match = _DATA.match(src)
        if match is None:
            return Shown("", "A picture inside the page could not be read.")
        import binascii
        from urllib.parse import unquote_to_bytes

        data = unquote_to_bytes(src[match.end() :])
        if match.group(2):
            try:
                data = binascii.a2b_base64(data)
            except binascii.Error:
                return Shown("", "A picture inside the page could not be read.")
        return self.add(data, match.group(1))
