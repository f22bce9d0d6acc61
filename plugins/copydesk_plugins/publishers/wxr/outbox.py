"""The file on disk, which is an outbox: while it lies there, what it holds was not imported."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from copydesk.api import Ledger
from copydesk_plugins.publishers import disk
from copydesk_plugins.publishers.disk import PENDING, is_hash
from copydesk_plugins.publishers.handing.records import handed, taken_away
from copydesk_plugins.publishers.wxr import document
from copydesk_plugins.publishers.wxr.document import Document

_EMPTY = Document({}, {})


class Outbox:
    """One import file; its name is its key in the ledger."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name

    def look(self) -> str:
        """Return the sha256 of the file, "" where there is none, or what is in the way."""
        return disk.look(self.path, self.path.parent)

    def document(self) -> Document:
        """Return what the file holds; nothing where it is none of ours."""
        try:
            data = b"".join(disk.chunks(self.path))
        except OSError:
            return _EMPTY
        return document.read(data) or _EMPTY

    def write(self, data: Iterable[bytes], sent: str, seen: str) -> None:
        """Put the whole file in place at once; raises MovedError and OSError."""
        disk.write(self.path, data, sent, seen, self.path.parent)

    def remove(self, seen: str) -> None:
        """Remove the file while it is as we wrote it; raises MovedError and OSError."""
        disk.remove(self.path, seen, self.path.parent)


def settle(ledger: Ledger, outbox: Outbox) -> tuple[Ledger, tuple[str, ...]]:
    """Return the ledger as it fits the file, and what people should know of that.

    Neither the ledger given nor the file is changed.
    """
    state = outbox.look()
    known = Ledger(dict(ledger.posts))
    if outbox.name in ledger.files:
        known.files[outbox.name] = ledger.files[outbox.name]
    written = ledger.files.get(PENDING + outbox.name)
    lost = not ledger.posts and not ledger.files
    if is_hash(state) and (state == written or lost):
        found = outbox.document()
        if found.pieces or state == written:  # a run could not note any more what it wrote
            known.files[outbox.name] = state
            _adopt(known, found)
            note = (
                f"There is no record of earlier runs. {outbox.name} tells what it holds; of what "
                "was imported before, nothing is known."
            )
            return known, (note,) if lost else ()
    if state or outbox.name not in known.files:
        return known, ()
    del known.files[outbox.name]
    done = [id for id, entry in known.posts.items() if handed(entry).waits]
    for id in done:
        known.posts[id] = taken_away(known.posts[id])
    posts = "1 post counts" if len(done) == 1 else f"{len(done)} posts count"
    note = (
        f"{outbox.name} is gone, so its {posts} as imported. Where that is not so, "
        "`--overwrite POST` puts a post into the file again."
    )
    return known, (note,) if done else ()


def _adopt(known: Ledger, found: Document) -> None:
    """Take over what the file tells: it holds what waits, and nothing else does."""
    for id, entry in list(known.posts.items()):
        if handed(entry).waits and id not in found.pieces:
            if handed(entry).there:
                known.posts[id] = taken_away(entry)
            else:
                del known.posts[id]
    for id in found.pieces:
        if id in found.entries:
            known.posts[id] = found.entries[id]
