"""Files that a target writes: known by their hash, written whole or not at all, removed if ours."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from copydesk.api import CopydeskError, Failure, TargetSettings

#: What `look` answers where there is something, but no plain file.
LINK, NOT_A_FILE, UNREADABLE = "a symbolic link", "not a plain file", "not readable"
#: Before a file is written, its hash-to-be is noted in the ledger under its name with this before
#: it, so that a run that dies in between leaves nothing that looks like a change by hand.
PENDING = "pending/"
_TEMPORARY = re.compile(r"\.copydesk-[0-9a-f]{16}\.tmp")
_CHUNK = 1 << 20


def place_of(settings: TargetSettings, lacks: str, example: str) -> Path:
    """Return where a target writes; raises CopydeskError where its settings do not say."""
    if settings.path is None:
        raise CopydeskError(
            Failure(
                "config",
                f'The target "{settings.name}" has {lacks}.',
                f'Give it one: path = "{example}".',
            )
        )
    return settings.path


class MovedError(Exception):
    """What was planned no longer fits what is there; the message says which of the two moved."""


def is_hash(state: str) -> bool:
    """Say whether an answer of `look` is the hash of a plain file."""
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


def words_of(error: OSError | CopydeskError) -> str:
    """Return what went wrong, as words to stand in a sentence."""
    if isinstance(error, CopydeskError):
        return error.failure.message.rstrip(".")
    return error.strerror or str(error)


def guard(folder: Path, root: Path) -> None:
    """Refuse a folder that a symbolic link would put somewhere else, or that is a file.

    Raises CopydeskError.
    """
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


def look(path: Path, *homes: Path) -> str:
    """Return the sha256 of a file, "" where there is none, or what is in the way.

    `homes` are the folders of the target; others must not be symbolic links.
    """
    if path.parent.is_symlink() and path.parent not in homes:
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


def write(path: Path, data: Iterable[bytes], sent: str, seen: str, *homes: Path) -> None:
    """Put a whole file in place at once, or leave everything as it was.

    Raises MovedError where the data is not what was planned (`sent`) or the file on disk
    not what was there then (`seen`), and OSError.
    """
    if look(path, *homes) == LINK:  # before a folder is made behind the link
        raise MovedError(f"{path} is now a symbolic link")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".copydesk-{secrets.token_hex(8)}.tmp")
    try:
        if _write_through(temporary, data) != sent:
            raise MovedError(f"what {path.name} is made from")
        if look(path, *homes) != seen:
            raise MovedError(f"the file {path.name}")
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def remove(path: Path, seen: str, *homes: Path) -> None:
    """Remove a file that is still as we wrote it; raises MovedError and OSError."""
    if look(path, *homes) != seen:
        raise MovedError(f"the file {path.name}")
    if seen:
        path.unlink()
        _sync_folder(path.parent)


def sweep(*folders: Path) -> None:
    """Remove the temporary files that a killed run left behind."""
    for folder in folders:
        if not folder.is_dir():
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
