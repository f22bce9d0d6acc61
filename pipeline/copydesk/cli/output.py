"""Where a report goes: standard output, or a file that is whole or not there."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from copydesk.files import replacing, why
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
            with replacing(path.resolve()) as raw:  # a link stays, its file is replaced
                stream = io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
                try:
                    yield stream
                finally:
                    stream.detach()
    except OSError as error:
        reason = why(error)
        raise _failure(path, reason, "Check the place, or name another file.") from None


def _failure(path: Path, reason: str, help: str) -> CopydeskError:
    return CopydeskError(Failure("file", f"could not be written: {reason}", help, str(path)))
