"""Writing files so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def why(error: OSError) -> str:
    """Return the system's reason for an error, as words to stand after a colon."""
    return (error.strerror or type(error).__name__).lower()


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside a path that takes its place in one step, once it is whole.

    Raises OSError and leaves the old file where that fails.
    """
    # Not with the file's own name in it: a long one would not fit a second time.
    import secrets  # takes a while, and most runs write nothing

    temporary = path.with_name(f".copydesk-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file in one step; raises OSError and leaves the old file where that fails."""
    with replacing(path) as stream:
        stream.write(data)


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Wait until no other run is adding to a file of a folder, and keep others waiting meanwhile.

    The lock goes with the process, however that ends. Where there are no locks, as on some
    network folders, the run goes on.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = -1
    try:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle >= 0:
            os.close(handle)
