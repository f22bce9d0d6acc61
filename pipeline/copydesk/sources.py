"""Files into sources: exact text or a message that says why not."""

from __future__ import annotations

import hashlib
import os
import shlex
import stat
from pathlib import Path

from copydesk.files import why
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.text import Source

#: Larger files are refused: a post of this size is a mistake, and reading it would not end soon.
MAX_BYTES = 16 * 1024 * 1024


def read_bytes(path: Path, shown: str, limit: int = MAX_BYTES) -> bytes:
    """Read a file of at most `limit` bytes, or raise CopydeskError saying what is wrong with it."""
    try:
        status = path.stat()
        # A pipe or a device would keep the run waiting for ever; a folder gets its own words.
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise CopydeskError(
                Failure(
                    "file",
                    "could not be read: it is no regular file",
                    "Give the path of a file that holds the text.",
                    shown,
                )
            )
        if status.st_size > limit:
            raise too_large(shown, limit)
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, shown) from None


def unreadable(error: OSError, shown: str) -> CopydeskError:
    """Return the error for a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        message, help = "there is no such file", "Check the spelling of the path."
    else:
        message, help = why(error), "Check who may read the file, and that it is a file."
    return CopydeskError(Failure("file", f"could not be read: {message}", help, shown))


def too_large(shown: str, limit: int) -> CopydeskError:
    """Return the error for a file of more bytes than are read."""
    return CopydeskError(
        Failure(
            "file",
            f"could not be read: it is larger than {limit // 2**20} MiB",
            "A post is text; large pictures belong beside it as files.",
            shown,
        )
    )


def decode(data: bytes, shown: str, key: str) -> Source:
    """Turn the bytes of a file into a source, or raise CopydeskError.

    Only UTF-8 is accepted, with or without a byte order mark; NUL is refused.
    """
    nul = data.find(b"\0")
    if nul != -1:
        line, column = _place(data, nul)
        raise CopydeskError(
            Failure(
                "file",
                f"could not be read: byte 0x00 at {nul} does not belong in text",
                "It may be a binary file or UTF-16. Save it as plain text in UTF-8.",
                shown,
                line=line,
                column=column,
            )
        )
    bom = data.startswith(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if bom else 0)
        line, column = _place(data, at)
        raise CopydeskError(
            Failure(
                "file",
                f"could not be read: byte 0x{data[at]:02x} at {at} is not UTF-8",
                f"It may be Windows-1252: `copydesk import {shlex.quote(shown)}` converts it.",
                shown,
                line=line,
                column=column,
            )
        ) from None
    newline = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    return Source(shown, key, text, hashlib.sha256(data).hexdigest(), newline, bom)


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column of a byte offset; columns count code points."""
    before = data[:offset].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def read_source(path: Path, key: str) -> Source:
    """Read and decode a file of a site; raises CopydeskError."""
    shown = shown_path(path)
    return decode(read_bytes(path, shown), shown, key)


def shown_path(path: Path) -> str:
    """Return a path as it was given, or relative to the working folder where it was found.

    Paths found by walking are absolute; those below the working folder become relative.
    """
    if not path.is_absolute():
        return str(path)
    relative = os.path.relpath(path)
    return str(path) if relative.startswith(os.pardir) else relative
