"""The hand-over folder: which page belongs to which post, and what of it is ours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from copydesk.api import CopydeskError, Failure, Ledger, LedgerEntry
from copydesk_plugins.publishers import disk
from copydesk_plugins.publishers.disk import PENDING, is_hash
from copydesk_plugins.publishers.handing import records
from copydesk_plugins.publishers.handing.records import handed, taken_away

INDEX = "index.html"
ASSETS = "assets/"
_KEY = re.compile(r"(?:index|post-[a-z0-9._-]{1,80})\.html|assets/[a-z0-9-]{1,60}\.[a-z0-9]{1,5}")
_RECORD = re.compile(r'<script type="application/json" data-copydesk="record">([^<]*)</script>')


def page_key(id: str) -> str:
    """Return the file name of a post's page; ids that differ in case only get different ones."""
    name = id.lower()
    if name != id:
        name += "-" + hashlib.sha256(id.encode()).hexdigest()[:8]
    return f"post-{name}.html"


def record_line(entry: LedgerEntry) -> str:
    """Return the part of a page by which a lost record is found again."""
    text = records.as_text(entry)
    return f'<script type="application/json" data-copydesk="record">{text}</script>'


class Desk:
    """The folder on disk. Files are named by keys: `index.html`, `post-ID.html`, `assets/NAME`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def guard(self, root: Path, ledger: Ledger) -> None:
        """Refuse a folder that leads elsewhere, or is not there while pages wait in it.

        Else a folder that was moved, or a disk that is not there, would make all of them done.
        Raises CopydeskError.
        """
        disk.guard(self.path, root)
        waiting = sum(handed(entry).waits for entry in ledger.posts.values())
        if waiting and not self.path.is_dir():
            pages = "1 page waits" if waiting == 1 else f"{waiting} pages wait"
            raise CopydeskError(
                Failure(
                    "target",
                    f"nothing was written, because the folder {self.path.name}, in which {pages}, "
                    "is not there",
                    "Put it back. If everything in it is done, make an empty folder of that name.",
                )
            )

    def look(self, key: str) -> str:
        """Return the sha256 of a file, "" where there is none, or what is in the way."""
        return disk.look(self.path / key, self.path) if _KEY.fullmatch(key) else disk.NOT_A_FILE

    def read(self, key: str) -> str:
        """Return a page's text; raises OSError."""
        return b"".join(disk.chunks(self.path / key)).decode("utf-8", "replace")

    def write(self, key: str, data: Iterable[bytes], sent: str, seen: str) -> None:
        """Put a whole file in place at once; raises MovedError and OSError."""
        if not _KEY.fullmatch(key):
            raise disk.MovedError(f"the name {key}")
        disk.write(self.path / key, data, sent, seen, self.path)

    def remove(self, key: str, seen: str) -> None:
        """Remove a file that is still as we wrote it; raises MovedError and OSError."""
        if not _KEY.fullmatch(key):
            raise disk.MovedError(f"the name {key}")
        disk.remove(self.path / key, seen, self.path)

    def sweep(self) -> None:
        """Remove the temporary files that a killed run left behind."""
        assets = self.path / "assets"
        disk.sweep(self.path, *(() if assets.is_symlink() else (assets,)))


def settle(ledger: Ledger, desk: Desk) -> tuple[Ledger, tuple[str, ...]]:
    """Return the ledger as it fits the folder, and what people should know of that.

    A page that is gone was carried over: whoever is done with one deletes it. Neither the ledger
    given nor the folder is changed.
    """
    if not ledger.posts and not ledger.files:
        return _rebuild(desk)
    known = Ledger(
        dict(ledger.posts),
        {name: sha for name, sha in ledger.files.items() if not name.startswith(PENDING)},
    )
    for name, sha in sorted(ledger.files.items()):
        key = name.removeprefix(PENDING)
        if key != name and desk.look(key) == sha:
            _adopt(known, desk, key, sha)
    done = []
    for id, entry in known.posts.items():
        key = page_key(id)
        if handed(entry).waits and key in known.files and not desk.look(key):
            done.append(id)
            known.posts[id] = taken_away(entry)
    for key in list(known.files):
        if not desk.look(key):
            del known.files[key]
    return known, (_done(done, desk, known.posts),) if done else ()


def _done(ids: list[str], desk: Desk, posts: Mapping[str, LedgerEntry]) -> str:
    named = ", ".join(f"“{posts[id].title}”" for id in ids[:3])
    more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    pages = "1 page is" if len(ids) == 1 else f"{len(ids)} pages are"
    asked = "it" if len(ids) == 1 else "they"
    return (
        f"{pages} gone from {desk.path.name}, so what {asked} asked for counts as done: "
        f"{named}{more}. Where it is not, `--overwrite POST` makes the page again."
    )


def _adopt(known: Ledger, desk: Desk, key: str, sha: str) -> None:
    """Take over a file that a run wrote and could not note any more."""
    known.files[key] = sha
    entry = _entry_on(desk, key)
    if entry is not None:
        known.posts[entry.id] = entry


def _entry_on(desk: Desk, key: str) -> LedgerEntry | None:
    """Return what a page of ours tells of its post."""
    if key == INDEX or key.startswith(ASSETS) or not is_hash(desk.look(key)):
        return None
    found = _RECORD.search(desk.read(key))
    entry = records.from_text(found[1]) if found else None
    return entry if entry is not None and page_key(entry.id) == key else None


def _rebuild(desk: Desk) -> tuple[Ledger, tuple[str, ...]]:
    known = Ledger()
    for path in sorted(desk.path.glob("post-*.html")):
        entry = _entry_on(desk, path.name)
        if entry is not None:
            known.posts[entry.id] = entry
            known.files[path.name] = desk.look(path.name)
            for name in entry.files:
                state = desk.look(ASSETS + name)
                if is_hash(state):
                    known.files[ASSETS + name] = state
    state = desk.look(INDEX)
    if is_hash(state) and '<meta name="copydesk" content="page=handover">' in desk.read(INDEX):
        known.files[INDEX] = state
    count = len(known.posts)
    pages = "1 page" if count == 1 else f"{count} pages"
    note = (
        f"There is no record of earlier runs. {pages} in {desk.path.name} "
        f"{'tells' if count == 1 else 'tell'} what was handed over; of pages that were deleted "
        "nothing is known. `--take-theirs POST` says that a post stands on the site already."
    )
    return known, (note,) if known.posts else ()
