"""A place on disk for the results of a run, so that memory does not grow with the posts."""

from __future__ import annotations

import json
from io import BytesIO
from typing import IO, Any

#: What a small run keeps in memory: making a file, and importing what makes it, costs more
#: than checking a post.
_IN_MEMORY = 256 * 1024


class Spool:
    """Keeps JSON values by name in a temporary file; only their places stay in memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] = BytesIO()
        self._on_disk = False
        self._places: dict[str, int] = {}
        self._end = 0

    def put(self, name: str, value: dict[str, Any]) -> None:
        """Store a value under a name; a second value replaces the first."""
        line = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        if not self._on_disk and self._end + len(line) > _IN_MEMORY:
            self._move_to_disk()
        self._file.seek(self._end)
        self._file.write(line)
        self._places[name] = self._end
        self._end += len(line)

    def _move_to_disk(self) -> None:
        import tempfile

        self._file.seek(0)
        written = self._file.read()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._file.write(written)
        self._on_disk = True

    def get(self, name: str) -> dict[str, Any] | None:
        """Return the value of a name, or None."""
        at = self._places.get(name)
        if at is None:
            return None
        self._file.seek(at)
        value: dict[str, Any] = json.loads(self._file.readline())
        return value

    def names(self) -> list[str]:
        """Return all names, sorted."""
        return sorted(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __len__(self) -> int:
        return len(self._places)

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
