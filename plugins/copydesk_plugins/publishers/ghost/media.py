"""Pictures and other files: uploaded once, and found again by the name that their content gives."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from copydesk.api import CopydeskError, Failure, LocalFile
from copydesk.http import Patience, Session
from copydesk_plugins.publishers.cms.remote import File, Refused
from copydesk_plugins.publishers.ghost.answers import unclear
from copydesk_plugins.publishers.ghost.api import Api

#: Larger files are not read back whole; their length has to do.
_MOST = 8 * 1024 * 1024
_ONCE = Patience(tries=2)
_GONE = (404, 410)


def takes(name: str) -> bool:
    """Say whether Ghost takes a file of this name."""
    return PurePosixPath(name).suffix.lower() in _KINDS


class _Kind(NamedTuple):
    """Where Ghost takes a kind of file, and below which folder visitors find it."""

    endpoint: str
    answer: str
    folder: str
    type: str


def _image(type: str) -> _Kind:
    return _Kind("images/upload/", "images", "content/images", type)


def _media(type: str) -> _Kind:
    return _Kind("media/upload/", "media", "content/media", type)


def _file(type: str) -> _Kind:
    return _Kind("files/upload/", "files", "content/files", type)


_KINDS = {
    ".png": _image("image/png"),
    ".jpg": _image("image/jpeg"),
    ".jpeg": _image("image/jpeg"),
    ".gif": _image("image/gif"),
    ".webp": _image("image/webp"),
    ".mp3": _media("audio/mpeg"),
    ".mp4": _media("video/mp4"),
    ".pdf": _file("application/pdf"),
    ".docx": _file("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


class Media:
    """The files of a Ghost site; `public` is the root that visitors reach."""

    def __init__(self, api: Api, public: str) -> None:
        self._api = api
        self._public = public

    def upload(self, file: LocalFile) -> File:
        """Send a file, once; raises as every write does."""
        kind, content = self._kind(file), _content(file)
        boundary = secrets.token_hex(16)
        more = {"ref": file.name, **({"purpose": "image"} if kind.answer == "images" else {})}
        body = _multipart(boundary, more, file.name, kind.type, content)
        answer = self._api.send(
            "POST", kind.endpoint, body, f"multipart/form-data; boundary={boundary}"
        )
        return File(*(self._address(answer, kind, file),) * 2)

    def see(self, file: File) -> File | None:
        """Return a file, or None where a visitor is told that there is none at its address."""
        if not file.address.startswith(self._public):
            return file
        try:
            with Session(self._public, f"{self._api.where.target}: the public address") as session:
                return None if session.ask(file.address, "HEAD").status in _GONE else file
        except CopydeskError:
            return file  # a site that is closed to visitors tells nothing

    def find(self, file: LocalFile, now: datetime) -> File | None:
        """Return a file that was uploaded this month or the last, as visitors get it.

        Ghost has no list of files, but it files them by month and keeps their names. Asked
        without any login.
        """
        try:
            kind, content = self._kind(file), _content(file)
            visitor = Session(self._public, f"{self._api.where.target}: the public address")
        except CopydeskError:
            return None  # sending it will say what is wrong
        with visitor as session:
            for month in _months(now):
                address = f"{self._public}{kind.folder}/{month}/{file.name}"
                if _holds(session, address, content):
                    return File(address, address)
        return None

    def _kind(self, file: LocalFile) -> _Kind:
        kind = _KINDS.get(PurePosixPath(file.name).suffix.lower())
        if kind is None:
            raise Refused(
                self._api.where.failure(
                    f"Ghost takes no files like {file.name}",
                    "Save the picture as PNG, JPEG or WebP, or the document as PDF.",
                )
            )
        return kind

    def _address(self, answer: Mapping[str, Any], kind: _Kind, file: LocalFile) -> str:
        rows = answer.get(kind.answer)
        row = rows[0] if isinstance(rows, list) and rows else None
        address = row.get("url") if isinstance(row, dict) else None
        if not isinstance(address, str) or not self._is_ours(address, file):
            raise unclear(self._api.where, "did not say where the file is")
        return address

    def _is_ours(self, address: str, file: LocalFile) -> bool:
        """Say whether an address is on the site, or elsewhere by https under our file's name."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        hosts = {urlsplit(self._public).netloc, urlsplit(self._api.where.origin).netloc}
        stem, suffix = PurePosixPath(file.name).stem, PurePosixPath(file.name).suffix
        name = parts.path.rpartition("/")[2]
        named = name.startswith(stem) and name.endswith(suffix)
        here = parts.scheme in ("http", "https") and parts.netloc in hosts
        return named and '"' not in address and (here or parts.scheme == "https")


def _content(file: LocalFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError:
        help = "Look whether the file is there, and plan again."
        raise Refused(Failure("target", "the file cannot be read", help, str(file.path))) from None


def _months(now: datetime) -> Iterator[str]:
    yield f"{now.year:04}/{now.month:02}"
    year, month = (now.year, now.month - 1) if now.month > 1 else (now.year - 1, 12)
    yield f"{year:04}/{month:02}"


def _holds(session: Session, address: str, content: bytes) -> bool:
    """Say whether a file is at an address; Ghost keeps what it has scaled down as `NAME_o`."""
    stem, dot, suffix = address.rpartition(".")
    return any(_same(session, each, content) for each in (address, f"{stem}_o{dot}{suffix}"))


def _same(session: Session, address: str, content: bytes) -> bool:
    try:
        if len(content) > _MOST:
            answer = session.ask(address, "HEAD")
            return answer.status == 200 and answer.headers.get("Content-Length") == str(
                len(content)
            )
        answer = session.get(address, len(content), _ONCE)
    except CopydeskError:
        return False
    return answer.status == 200 and answer.body == content


def _multipart(
    boundary: str, fields: Mapping[str, str], name: str, kind: str, content: bytes
) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    )
    return "".join(parts).encode() + content + f"\r\n--{boundary}--\r\n".encode()
