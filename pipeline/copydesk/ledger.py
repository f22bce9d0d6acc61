"""What targets are known to hold, in `.copydesk/NAME.json` at the site's root.

It can be lost: targets find their own marks again. It is written in one step, so a crash
leaves the state before or after.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from copydesk.files import write_whole
from copydesk.model.change import Hashes
from copydesk.model.extension import Ledger, LedgerEntry
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.post import Series

FOLDER = ".copydesk"
_VERSION = 1


def ledger_path(root: Path, target: str) -> Path:
    """Return where the ledger of a target lies."""
    return root / FOLDER / f"{target}.json"


def load(root: Path, target: str) -> Ledger:
    """Read a ledger; an absent one is empty. Raises CopydeskError for one that cannot be used."""
    path = ledger_path(root, target)
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Ledger()
    except (OSError, ValueError, RecursionError) as error:
        raise CopydeskError(
            Failure(
                "target",
                f"the record of what is published could not be read: {error}",
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


def save(root: Path, target: str, ledger: Ledger) -> None:
    """Write a ledger in one step; raises OSError."""
    path = ledger_path(root, target)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "version": _VERSION,
        "posts": {id: asdict(ledger.posts[id]) for id in sorted(ledger.posts)},
        "files": dict(sorted(ledger.files.items())),
    }
    write_whole(path, json.dumps(data, indent=1).encode() + b"\n")
