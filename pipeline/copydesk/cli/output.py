"""Where a report goes: standard output, or a file that is whole or not there."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from copydesk.model.finding import CopydeskError, Failure


def check_destination(path: Path | None) -> None:
    """Raise CopydeskError where a report could not be written, before any work is done."""
    if path is None:
        return
    folder = path.parent
    if path.is_dir():
        raise _failure(
            path, "it is a folder", f"Give the name of a file, such as {path / 'report'}."
        )
    if not folder.is_dir():
        raise _failure(
            path, f"the folder {folder} is not there", "Make the folder first, or name another."
        )
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise _failure(
            path, "permission denied", "Check who may write there, or name another file."
        )


@contextmanager
def destination(path: Path | None) -> Iterator[IO[str]]:
    """Open standard output, or a file that replaces the old one only when it is whole."""
    if path is None:
        yield sys.stdout
        return
    try:
        if path.exists() and not path.is_file():  # a pipe or a device cannot be replaced
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
        else:
            with _replacing(path.resolve()) as stream:  # a link stays, its file is replaced
                yield stream
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise _failure(path, reason, "Check the place, or name another file.") from None


@contextmanager
def _replacing(path: Path) -> Iterator[IO[str]]:
    # Not with the file's own name in it: a long one would not fit a second time.
    temporary = path.with_name(f".copydesk-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as stream:
            yield stream
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _failure(path: Path, reason: str, help: str) -> CopydeskError:
    return CopydeskError(Failure("file", f"could not be written: {reason}", help, str(path)))
