"""Writing files so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file in one step; raises OSError and leaves the old file where that fails."""
    # Not with the file's own name in it: a long one would not fit a second time.
    temporary = path.with_name(f".copydesk-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o7777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
