"""Pictures and other files: uploaded once, found again by the name that their content gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from copydesk.api import Failure, LocalFile
from copydesk_plugins.publishers.cms.remote import File, Refused
from copydesk_plugins.publishers.wordpress import shapes
from copydesk_plugins.publishers.wordpress.api import Api, Reply

_FIELDS = "id,source_url,alt_text,slug"
_PAGE = 100
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Stored(NamedTuple):
    """A file there: its number, where visitors find it, its alternative text."""

    id: int
    address: str
    alt: str

    @property
    def file(self) -> File:
        """The same in common words."""
        return File(str(self.id), self.address, self.alt)


class Media:
    """The files of a site."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.alts: dict[int, str] = {}
        self.numbers: dict[str, int] = {}
        self._hosts: frozenset[str] = frozenset()

    def trust(self, *addresses: str) -> None:
        """Take files at the hosts of these addresses, and at no others."""
        self._hosts = frozenset(urlsplit(address).netloc for address in addresses)

    def learn(self, numbers: Iterable[int]) -> None:
        """Ask for the alternative texts of all these pictures that are not known yet."""
        missing = sorted(set(numbers) - self.alts.keys() - {0})
        for start in range(0, len(missing), _PAGE):
            some = missing[start : start + _PAGE]
            self._ask({"include": ",".join(map(str, some)), "per_page": _PAGE})
            for number in some:
                self.alts.setdefault(number, "")

    def find(self, file: LocalFile) -> File | None:
        """Return a file that was uploaded under this name, the first if there are several."""
        stem = PurePosixPath(file.name).stem
        found = [
            stored
            for stored in self._ask({"search": stem, "per_page": _PAGE, "orderby": "id"})
            if _name(stored.address) in _names(file.name)
        ]
        return min(found).file if found else None

    def upload(self, file: LocalFile, alt: str) -> File:
        """Send a file and, in a second request, its alternative text."""
        try:
            content = file.path.read_bytes()
        except OSError:
            help = "Look whether the file is there, and plan again."
            raise Refused(
                Failure("target", "the file cannot be read", help, str(file.path))
            ) from None
        suffix = PurePosixPath(file.name).suffix.lower()
        headers = {
            "Content-Type": _TYPES.get(suffix, "application/octet-stream"),
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Content-MD5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        }
        stored = self._api.send("/wp/v2/media", {"_fields": _FIELDS}, headers, content, self._take)
        if alt and alt != stored.alt:
            self.describe(stored.file, alt)
            return stored.file._replace(alt=alt)
        return stored.file

    def describe(self, file: File, alt: str) -> None:
        """Write the alternative text of a file."""
        self._api.post(f"/wp/v2/media/{int(file.remote)}", {"alt_text": alt}, self._take)

    def _take(self, reply: Reply) -> Stored:
        return self._note(reply.value)

    def _ask(self, query: Mapping[str, str | int]) -> list[Stored]:
        def take(reply: Reply) -> list[Stored]:
            return [self._note(row) for row in shapes.rows(reply.value)]

        return self._api.get("/wp/v2/media", {**query, "context": "edit", "_fields": _FIELDS}, take)

    def _note(self, row: Mapping[str, Any]) -> Stored:
        stored = Stored(
            shapes.number(row, "id"),
            shapes.text(row, "source_url"),
            unescape(shapes.text_or_none(row, "alt_text")),
        )
        self._require_known_host(stored.address)
        self.alts[stored.id] = stored.alt
        self.numbers[stored.address] = stored.id
        return stored

    def _require_known_host(self, address: str) -> None:
        try:
            host = urlsplit(address).netloc
        except ValueError:
            raise shapes.Odd("source_url") from None
        if self._hosts and host not in self._hosts:
            raise shapes.Odd("source_url")


def _name(address: str) -> str:
    return unquote(urlsplit(address).path.rpartition("/")[2]).lower()


def _names(name: str) -> tuple[str, ...]:
    """Return the names under which WordPress may have stored a file of this name."""
    stem, _, suffix = name.lower().rpartition(".")
    # Large pictures are scaled down, and the smaller one is what it then calls the picture.
    return name.lower(), f"{stem}-scaled.{suffix}", f"{stem}-rotated.{suffix}"
