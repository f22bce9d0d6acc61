"""The plan's rows for files that are no page of a post: the list of all, pictures, left-overs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from copydesk.api import Action, Change, Hashes, Ledger, LedgerEntry, SiteView
from copydesk_plugins.publishers.disk import chunks, digest, digest_of, is_hash
from copydesk_plugins.publishers.handing.records import handed
from copydesk_plugins.publishers.paste import pages
from copydesk_plugins.publishers.paste.desk import ASSETS, INDEX, Desk, page_key
from copydesk_plugins.publishers.paste.planning import Row

_IN_THE_WAY = (
    "{file} is there already and is not as Copydesk wrote it. Delete or move it, then run again."
)
_UNREADABLE = "{file} is needed by a post but could not be read. Put it back, then run again."


class FileRows:
    """Compares the files that the waiting pages need with those in the folder.

    `entries` are the posts as they will be recorded, and `sources` says where pictures lie.
    """

    def __init__(
        self,
        view: SiteView,
        desk: Desk,
        known: Ledger,
        entries: Iterable[LedgerEntry],
        sources: Mapping[str, Path],
    ) -> None:
        self._view, self._desk, self._known, self._sources = view, desk, known, sources
        self._waiting = [each for each in entries if handed(each).waits]

    def rows(self) -> Iterator[Row]:
        """Yield the rows, those that take files away last."""
        yield from self._assets()
        yield self._index()
        yield from self._left_over()

    def _needed(self) -> list[str]:
        found: set[str] = set()
        for entry in self._waiting:
            if pages.task_of(handed(entry), entry.public) in ("new", "change"):
                found.update(entry.files)
        return sorted(found)

    def _assets(self) -> Iterator[Row]:
        for name in self._needed():
            key = ASSETS + name
            state, source = self._desk.look(key), self._sources.get(name)
            if state and state == self._known.files.get(key):
                yield Row(self._change("unchanged", key, "", Hashes("", state, state)))
            elif source is not None:
                yield self._asset(key, state, source)

    def _asset(self, key: str, state: str, source: Path) -> Row:
        try:
            sent = digest_of(chunks(source))
        except OSError:
            reason = _UNREADABLE.format(file=source.name)
            return Row(self._change("conflict", key, reason, Hashes("", "", state)))
        hashes = Hashes("", sent, state)
        if state == sent:
            return Row(self._change("unchanged", key, "", hashes))
        if state:
            return Row(self._change("conflict", key, _IN_THE_WAY.format(file=key), hashes))
        return Row(self._change("create", key, "", hashes))

    def data(self, change: Change) -> Iterable[bytes]:
        """Return what to write for a row; raises KeyError and OSError."""
        if change.name == INDEX:
            return (self._index_page(),)
        return chunks(self._sources[change.name.removeprefix(ASSETS)])

    def _index_page(self) -> bytes:
        return pages.index_page(self._view.site, self._waiting).encode()

    def _index(self) -> Row:
        state, sent = self._desk.look(INDEX), digest(self._index_page())
        hashes = Hashes("", sent, state)
        if state == sent:
            return Row(self._change("unchanged", INDEX, "", hashes))
        if state and state != self._known.files.get(INDEX):
            return Row(self._change("conflict", INDEX, _IN_THE_WAY.format(file=INDEX), hashes))
        return Row(self._change("update" if state else "create", INDEX, "", hashes))

    def _left_over(self) -> Iterator[Row]:
        """Yield files of ours that nothing needs any more; what a person changed is left alone."""
        needed = {INDEX, *(ASSETS + name for name in self._needed())}
        needed |= {page_key(each.id) for each in self._waiting}
        for key, sha in sorted(self._known.files.items()):
            state = self._desk.look(key)
            if key not in needed and is_hash(state) and state == sha:
                reason = "Nothing waits for it any more."
                yield Row(self._change("remove", key, reason, Hashes("", "", state)))

    def _change(self, action: Action, key: str, reason: str, hashes: Hashes) -> Change:
        return Change(action, "page", key, "", "", f"{self._desk.path.name}/{key}", reason, hashes)
