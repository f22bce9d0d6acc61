"""Pictures and other files: uploaded once, found again by the name that their content gives."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from copydesk.api import Failure, LocalFile
from copydesk_plugins.publishers.cms.remote import File, Refused
from copydesk_plugins.publishers.wordpress import shapes
from copydesk_plugins.publishers.wordpress.api import Api, Denied, Reply
from copydesk_plugins.publishers.wordpress.posts import is_address

_FIELDS = "id,source_url,alt_text,slug"
_PAGE = 100
#: The code for a file that is not there, and those for one that this account may not see.
_GONE = "rest_post_invalid_id"
_NOT_SHOWN = ("rest_forbidden", "rest_forbidden_context", "rest_cannot_read")
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


#: The hash of its content in the name that a file gets; some sites keep files on other hosts.
_OURS = re.compile(r"-[0-9a-f]{16}(?:-|$)")
_ADDED = re.compile(r"-(?:scaled|rotated|\d{1,3})")


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
        self._numbers: dict[str, int] = {}
        self._hosts: frozenset[str] = frozenset()

    def trust(self, *addresses: str) -> None:
        """Take pictures at the hosts of these addresses for those of the site."""
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
        """Return a file that was uploaded under this name, the first if there are several.

        The slug is made of the name and stays when people give the file another title.
        """
        stem = PurePosixPath(file.name).stem
        for query in ({"slug": f"{stem},{stem}-2"}, {"search": stem}):
            found = [
                stored
                for stored in self._ask({**query, "per_page": _PAGE})
                if _is_named(stored.address, stem)
            ]
            if found:
                return min(found).file
        return None

    def number(self, address: str) -> int:
        """Return the number of the picture at an address, or 0 where it is none of this site."""
        if address not in self._numbers:
            stem = _stem(address)
            if self._is_here(address) or _OURS.search(stem):
                self._ask({"search": stem, "per_page": _PAGE})
        return self._numbers.setdefault(address, 0)

    def see(self, file: File) -> File | None:
        """Return a file that was uploaded before as it is now, or None where it is gone.

        One that this account may not look at is taken for what it was.
        """
        if not file.remote.isdecimal():
            return file
        query = {"context": "view", "_fields": f"{_FIELDS},status"}
        try:
            found = self._api.get(f"/wp/v2/media/{int(file.remote)}", query, self._shown)
        except Denied as denied:
            if denied.code not in (_GONE, *_NOT_SHOWN):
                raise
            return None if denied.code == _GONE else file
        # Numbers are given anew when a site moves or is restored.
        same = found is not None and _stem(found.address) == _stem(file.address)
        return found.file if found is not None and same else None

    def upload(self, file: LocalFile) -> File:
        """Send a file."""
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
        return self._api.send("/wp/v2/media", _FIELDS, headers, content, self._take).file

    def describe(self, file: File, alt: str) -> File:
        """Write the alternative text of a file; one that WordPress does not know has none."""
        if not file.remote.isdecimal():
            return file
        route = f"/wp/v2/media/{int(file.remote)}"
        try:
            return self._api.post(route, {"alt_text": alt}, self._take, _FIELDS).file
        except Denied as denied:
            if denied.code != _GONE:
                raise
            what = f"the picture at {file.address} is not there any more"
            help = "Somebody deleted it there just now. Run again, and it is uploaded once more."
            raise Refused(Failure("target", what, help)) from None

    def _take(self, reply: Reply) -> Stored:
        return self._note(reply.value)

    def _shown(self, reply: Reply) -> Stored | None:
        trashed = shapes.text_or_none(reply.value, "status") == "trash"
        return None if trashed else self._take(reply)

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
        if not is_address(stored.address):
            raise shapes.Odd("source_url")
        self.alts[stored.id] = stored.alt
        self._numbers[stored.address] = stored.id
        return stored

    def _is_here(self, address: str) -> bool:
        return is_address(address) and urlsplit(address).netloc in self._hosts


def _stem(address: str) -> str:
    """Return the name of the file at an address, without what tells its kind."""
    return PurePosixPath(unquote(urlsplit(address).path)).stem if is_address(address) else ""


def _is_named(address: str, stem: str) -> bool:
    """Say whether WordPress made this address of a file with this name.

    It adds a number to the second of a name, scales large pictures down, and some sites store
    them in another form; the hash in the name makes sure that it is the same picture.
    """
    found = _stem(address).lower()
    return found == stem or bool(_ADDED.fullmatch(found.removeprefix(stem)))
