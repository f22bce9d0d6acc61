"""What targets are known to hold, in `.copydesk/NAME.json` at the site's root.

It can be lost: targets find their own marks again. It is written in one step, so a crash
leaves the state before or after.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from copydesk.files import replacing, why
from copydesk.model.change import Hashes
from copydesk.model.extension import Ledger, LedgerEntry
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.post import Series

FOLDER = ".copydesk"
_VERSION = 1


def ledger_path(root: Path, target: str) -> Path:
    """Return where the ledger of a target lies."""
    return root / FOLDER / f"{target}.json"


def stamp(root: Path, target: str) -> str:
    """Return what tells one state of a ledger on disk from another."""
    try:
        return hashlib.sha256(ledger_path(root, target).read_bytes()).hexdigest()
    except OSError:
        return ""


@contextmanager
def held(root: Path) -> Iterator[bool]:
    """Keep other runs from publishing this site; yields False where one is at it already.

    The lock goes with the process, however that ends. Where there are no locks, as on some
    network folders, the run goes on: `stamp` still tells that another one has been there.
    """
    if sys.platform == "win32":
        yield True
        return
    import fcntl

    handle = -1
    free = True
    try:
        with suppress(OSError):
            (root / FOLDER).mkdir(parents=True, exist_ok=True)
            handle = os.open(root / FOLDER, os.O_RDONLY)
        try:
            if handle >= 0:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            free = False
        except OSError:
            pass
        yield free
    finally:
        if handle >= 0:
            os.close(handle)


def load(root: Path, target: str) -> Ledger:
    """Read a ledger; an absent one is empty. Raises CopydeskError for one that cannot be used."""
    path = ledger_path(root, target)
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Ledger()
    except (OSError, ValueError, RecursionError) as error:
        reason = why(error) if isinstance(error, OSError) else "it is damaged"
        raise CopydeskError(
            Failure(
                "target",
                f"the record of what is published could not be read: {reason}",
                "Delete the file: it is made again from what is published.",
                str(path),
            )
        ) from None
    if not isinstance(data, dict) or data.get("version") != _VERSION:
        raise CopydeskError(
            Failure(
                "target",
                "the record of what is published is of another version of Copydesk",
                "Use that version, or delete the file: it is made again.",
                str(path),
            )
        )
    try:
        posts = {id: _entry(value) for id, value in data["posts"].items()}
        files = {str(name): str(digest) for name, digest in data["files"].items()}
    except (KeyError, TypeError, AttributeError, ValueError):
        raise CopydeskError(
            Failure(
                "target",
                "the record of what is published is damaged",
                "Delete the file: it is made again from what is published.",
                str(path),
            )
        ) from None
    return Ledger(posts, files)


def _entry(value: dict[str, Any]) -> LedgerEntry:
    parts = dict(value)
    parts["hashes"] = Hashes(**parts["hashes"])
    parts["series"] = Series(*parts["series"]) if parts["series"] else None
    parts["files"] = tuple(parts["files"])
    return LedgerEntry(**parts)


def _as_json(entry: LedgerEntry) -> dict[str, Any]:
    return {**entry._asdict(), "hashes": entry.hashes._asdict()}


def save(root: Path, target: str, ledger: Ledger) -> None:
    """Write a ledger in one step, a post a line; raises OSError."""
    path = ledger_path(root, target)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as stream:  # post by post: a large site is not held twice
        stream.write(f'{{"version": {_VERSION}, "posts": {{'.encode())
        for number, id in enumerate(sorted(ledger.posts)):
            line = f"{json.dumps(id)}: {json.dumps(_as_json(ledger.posts[id]))}"
            stream.write(f"{',' if number else ''}\n{line}".encode())
        files = json.dumps(dict(sorted(ledger.files.items())), indent=0)
        stream.write(f'}},\n"files": {files}}}\n'.encode())
