"""The folder on disk: looking at files, writing them whole or not at all, removing them.

A file is named by a key: `first-visit.html`, `assets/map-1a2b.png`, or `preview/...` for the
sibling folder of previews. Keys with anything else in them are never touched.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from copydesk.api import CopydeskError, Failure

RESERVED = frozenset({"index", "feed", "sitemap", "assets", "style"})
PREVIEW = "preview/"
ASSETS = "assets/"
#: What `Folder.look` answers where there is something, but no plain file of ours.
LINK, NOT_A_FILE, UNREADABLE, UNSAFE = (
    "a symbolic link",
    "not a plain file",
    "not readable",
    "not a name for a page",
)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_TEMPORARY = re.compile(r"\.copydesk-[0-9a-f]{16}\.tmp")
_CHUNK = 1 << 20


class MovedError(Exception):
    """What was planned no longer fits what is there; the message says which of the two moved."""


def page_key(slug: str) -> str:
    """Return the file name for a slug, or an empty text where the slug cannot be one."""
    key = slug + ".html"
    return key if slug and slug.casefold() not in RESERVED and safe(key) else ""


def safe(key: str) -> bool:
    """Say whether a key names a file in our folders and nowhere else."""
    name = key.removeprefix(PREVIEW).removeprefix(ASSETS)
    fits = len(name.encode("utf-8", "replace")) <= 240  # file systems stop at 255 bytes
    return bool(name) and not name.startswith(".") and not _UNSAFE.search(name) and fits


def is_hash(state: str) -> bool:
    """Say whether an answer of `Folder.look` is the hash of a plain file."""
    return len(state) == 64


def digest(data: bytes) -> str:
    """Return the sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def chunks(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces; raises OSError, also for a symbolic link where that is known."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


def digest_of(pieces: Iterable[bytes]) -> str:
    """Return the sha256 of data that comes in pieces, in hexadecimal."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


class Folder:
    """The site's folder and, beside it, the folder of previews."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.preview = path.with_name(path.name + "-preview")

    def guard(self, root: Path) -> None:
        """Refuse folders that a symbolic link would put somewhere else.

        Raises CopydeskError.
        """
        for folder in (self.path, self.preview):
            inside = folder.is_relative_to(root)
            leads_out = not folder.resolve().is_relative_to(root.resolve())
            if leads_out and (inside or folder.is_symlink()):
                raise CopydeskError(
                    Failure(
                        "target",
                        f"{folder} leads through a symbolic link to {folder.resolve()}, so nothing "
                        "was written.",
                        "Name the real folder as the target's path, or remove the link.",
                        path=str(folder),
                    )
                )
            if folder.exists() and not folder.is_dir():
                raise CopydeskError(
                    Failure(
                        "target",
                        f"{folder} is a file, not a folder.",
                        "Move it away, or choose another path for the target.",
                        path=str(folder),
                    )
                )

    def file(self, key: str) -> Path:
        """Return where the file of a key lies."""
        base = self.preview if key.startswith(PREVIEW) else self.path
        return base / key.removeprefix(PREVIEW)

    def address(self, key: str) -> str:
        """Return a key as people read it: relative to the site's folder."""
        if key.startswith(PREVIEW):
            return f"../{self.preview.name}/{key.removeprefix(PREVIEW)}"
        return key

    def look(self, key: str) -> str:
        """Return the sha256 of a file, "" where there is none, or what is in the way."""
        if not safe(key):
            return UNSAFE
        path = self.file(key)
        if path.parent.is_symlink() and path.parent not in (self.path, self.preview):
            return LINK
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                return LINK
            return digest_of(chunks(path)) if stat.S_ISREG(mode) else NOT_A_FILE
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError:
            return UNREADABLE

    def read(self, key: str) -> str:
        """Return a page's text; raises OSError."""
        return b"".join(chunks(self.file(key))).decode("utf-8", "replace")

    def write(self, key: str, data: Iterable[bytes], sent: str, seen: str) -> None:
        """Put a whole file in place at once, or leave everything as it was.

        Raises MovedError where the data is not what was planned (`sent`) or the file on disk
        not what was there then (`seen`), and OSError.
        """
        path = self.file(key)
        if self.look(key) == LINK:  # before a folder is made behind the link
            raise MovedError(f"{path} is now a symbolic link")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".copydesk-{secrets.token_hex(8)}.tmp")
        try:
            if _write_through(temporary, data) != sent:
                raise MovedError(f"what {path.name} is made from")
            if self.look(key) != seen:
                raise MovedError(f"the file {path.name}")
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _sync_folder(path.parent)

    def remove(self, key: str, seen: str) -> None:
        """Remove a file that is still as we wrote it; raises MovedError and OSError."""
        if self.look(key) != seen:
            raise MovedError(f"the file {self.file(key).name}")
        if seen:
            self.file(key).unlink()
            _sync_folder(self.file(key).parent)

    def sweep(self) -> None:
        """Remove the temporary files that a killed run left behind."""
        for folder in (self.path, self.path / "assets", self.preview, self.preview / "assets"):
            if not folder.is_dir() or (folder.is_symlink() and folder.name == "assets"):
                continue
            for path in folder.glob(".copydesk-*.tmp"):
                if _TEMPORARY.fullmatch(path.name):
                    with suppress(OSError):
                        path.unlink()


def _write_through(path: Path, data: Iterable[bytes]) -> str:
    """Write a new file down to the disk and return its sha256."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Not tempfile: its files are private, and a web server must be able to read these.
    handle = os.open(path, flags, 0o666)
    found = hashlib.sha256()
    try:
        for piece in data:
            found.update(piece)
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    return found.hexdigest()


def _sync_folder(path: Path) -> None:
    """Write a folder's list of names down to the disk, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):  # the file itself is safe; some network folders refuse this
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
