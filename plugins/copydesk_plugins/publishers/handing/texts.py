"""The bodies that were handed over, kept by their hash, so that a plan can show what changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from copydesk.api import LedgerEntry
from copydesk_plugins.publishers import disk
from copydesk_plugins.publishers.handing.records import handed

_NAME = re.compile(r"[0-9a-f]{20}\.html")


class Texts:
    """A folder of bodies. What cannot be kept or read is done without: it is only shown."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "texts"

    def get(self, name: str) -> str:
        """Return the body that a hash stands for, or an empty text."""
        path = self._folder / f"{name}.html"
        if not _NAME.fullmatch(path.name):
            return ""
        try:
            return path.read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""

    def put(self, name: str, text: str) -> None:
        """Keep a body under its hash."""
        path, data = self._folder / f"{name}.html", text.encode("utf-8", "surrogatepass")
        if path.exists():
            return
        with suppress(OSError, disk.MovedError):
            disk.write(path, (data,), disk.digest(data), "", self._folder)

    def keep_only(self, entries: Iterable[LedgerEntry]) -> None:
        """Remove the bodies that no record speaks of any more."""
        needed = set()
        for entry in entries:
            mine = handed(entry)
            needed |= {mine.now.get("text", ""), mine.there.get("text", "")}
        with suppress(OSError):
            for path in self._folder.iterdir():
                if _NAME.fullmatch(path.name) and path.stem not in needed:
                    path.unlink()
