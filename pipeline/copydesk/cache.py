"""Results kept between runs, by content: a post that did not change is not judged again.

One SQLite file a site in the user's cache folder. Whatever goes wrong with it, the run goes
on without: a cache may make a run fast, never wrong and never fail.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk import __version__
from copydesk.files import in_turn
from copydesk.registry import PluginRef

if TYPE_CHECKING:
    import sqlite3

#: Raise when the meaning of a stored record changes.
_FORMAT = "1"
#: Helpers and lists of words that a plugin file may have beside it; and what is none of them.
_READ_BY_PLUGINS = frozenset({".py", ".txt", ".csv", ".tsv", ".json", ".toml", ".yaml", ".yml"})
_NOT_READ = frozenset({"copydesk.toml", "pyproject.toml", "waivers.toml", "baseline.json"})


def code_digest(plugins: tuple[PluginRef, ...]) -> str:
    """Return a digest of the code that makes results: Copydesk's own and every plugin's.

    Files are told apart by path, size and time, which costs a millisecond instead of reading
    them all; a plugin given as one file is read.
    """
    import importlib.util

    digest = hashlib.sha256(f"{_FORMAT} {__version__}".encode())
    folders = {Path(__file__).parent}
    for ref in plugins:
        digest.update(f"{ref.name} {ref.distribution}".encode())
        if ref.path:
            digest.update(_bytes(Path(ref.path)))
            digest.update(_beside(Path(ref.path)))
            continue
        spec = importlib.util.find_spec(ref.module.partition(".")[0])
        for place in (spec.submodule_search_locations or []) if spec else []:
            folders.add(Path(place))
        if spec is not None and not spec.submodule_search_locations and spec.origin:
            digest.update(_bytes(Path(spec.origin)))
    for folder in sorted(folders):
        digest.update("\n".join(sorted(_files(str(folder), ""))).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: str, below: str) -> Iterator[str]:
    """Yield path, size and time of each file; plain texts, `pathlib` takes twenty times as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path, f"{below}{entry.name}/")
            elif entry.is_file():
                stat = entry.stat()
                yield f"{below}{entry.name} {stat.st_size} {stat.st_mtime_ns}"


def cache_folder() -> Path:
    """Return the folder of all caches of this user, made where it was missing; raises OSError."""
    import platformdirs

    folder = Path(platformdirs.user_cache_dir("copydesk", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _beside(plugin: Path) -> bytes:
    """Return what tells apart the states of the files beside a plugin file: it may read them."""
    found = []
    with suppress(OSError):
        for path in sorted(plugin.parent.iterdir()):
            if path.suffix in _READ_BY_PLUGINS and path.name not in _NOT_READ and path.is_file():
                stat = path.stat()
                found.append(f"{path.name} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(found).encode("utf-8", "surrogateescape")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def digest_of(value: Any) -> str:
    """Return a short digest of a JSON value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=list)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Cache:
    """Records by key; a cache that cannot be opened holds nothing and takes nothing."""

    def __init__(self, root: Path, use: bool = True) -> None:
        self._database: sqlite3.Connection | None = None
        #: What SQLite raises; a run without a cache does not load SQLite.
        self._error: type[Exception] = Exception
        self._pending: list[tuple[str, str]] = []
        if use:
            self._open(root)

    def _open(self, root: Path) -> None:
        import sqlite3

        self._error = sqlite3.Error
        name = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        try:
            folder = cache_folder()
            # SQLite does not wait for others while it changes the journal's mode: two runs that
            # open a new cache at once would leave one of them without.
            with in_turn(folder):
                self._database = sqlite3.connect(folder / f"{name}.sqlite", timeout=10)
                self._database.execute("PRAGMA journal_mode=WAL")
                self._database.execute("PRAGMA synchronous=OFF")
                self._database.execute(
                    "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, "
                    "value TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"
                )
        except (OSError, sqlite3.Error, RuntimeError):
            self._close_quietly()

    def get(self, key: str) -> dict[str, Any] | None:
        """Return a record, or None."""
        if self._database is None:
            return None
        try:
            row = self._database.execute(
                "SELECT value FROM results WHERE key = ?", (key,)
            ).fetchone()
            value = json.loads(row[0]) if row else None
        except (self._error, ValueError):
            return None
        return value if isinstance(value, dict) else None

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Store a record; it is written with others, at the latest on close."""
        if self._database is None:
            return
        self._pending.append((key, json.dumps(value, ensure_ascii=False)))
        if len(self._pending) >= 200:
            self._flush()

    def _flush(self) -> None:
        if self._database is None or not self._pending:
            return
        try:
            with self._database:
                self._database.executemany(
                    "INSERT OR REPLACE INTO results VALUES (?, ?, "
                    "CAST(strftime('%s', 'now') AS INTEGER))",
                    self._pending,
                )
        except (self._error, UnicodeEncodeError):
            self._close_quietly()
        self._pending.clear()

    def close(self, keep: int = 50_000) -> None:
        """Write what is pending and drop the oldest records above a number."""
        self._flush()
        if self._database is not None:
            try:
                with self._database:
                    self._database.execute(
                        "DELETE FROM results WHERE used < (SELECT used FROM results "
                        "ORDER BY used DESC LIMIT 1 OFFSET ?)",
                        (keep,),
                    )
            except self._error:
                pass
        self._close_quietly()

    def _close_quietly(self) -> None:
        if self._database is not None:
            with suppress(self._error):
                self._database.close()
        self._database = None
