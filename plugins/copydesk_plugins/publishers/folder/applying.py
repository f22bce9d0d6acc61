"""Carrying out a plan: exactly its changes, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from copydesk.api import (
    Body,
    Change,
    CopydeskError,
    Hashes,
    Ledger,
    Plan,
    Receipt,
    SiteView,
)
from copydesk_plugins.publishers.disk import PENDING, MovedError, words_of
from copydesk_plugins.publishers.folder.edition import Edition
from copydesk_plugins.publishers.folder.files import ASSETS, Folder
from copydesk_plugins.publishers.folder.known import (
    described,
    entry_for,
    record,
    settle,
)
from copydesk_plugins.publishers.saving import Saving, not_noted

#: Changes between two savings of the ledger; each batch is noted in it before it is written.
BATCH = 25
_WRITES = frozenset({"create", "update", "links only"})


def carry_out(plan: Plan, view: SiteView, folder: Folder) -> Iterator[Receipt]:
    """Yield what came of each change of a plan, in its order."""
    folder.sweep()
    known, _ = settle(view.ledger, folder, {post.id: post for post in view.wanted})
    worker = _Worker(view, folder, known)
    try:
        for start in range(0, len(plan.changes), BATCH):
            yield from worker.batch(plan.changes[start : start + BATCH])
    finally:  # also where the caller stops half-way
        worker.saving.finish("published")


class _Worker:
    def __init__(self, view: SiteView, folder: Folder, known: Ledger) -> None:
        self.view, self.folder, self.ledger = view, folder, view.ledger
        self.edition = Edition(view, folder, known)
        self.saving = Saving(view, known)

    def batch(self, changes: Iterable[Change]) -> Iterator[Receipt]:
        """Note what is about to be written, write it, and yield the receipts."""
        problem = ""
        for change in changes:
            if change.action in _WRITES:
                self.ledger.files[PENDING + self._key(change)] = change.hashes.sent
        try:
            self.saving.save()
        except (OSError, CopydeskError) as error:
            problem = not_noted("published", error)
        for change in changes:
            if problem and change.action in {*_WRITES, "remove"}:
                yield Receipt(change, False, problem)
            else:
                yield self._one(change)
            self.ledger.files.pop(PENDING + self._key(change), None)

    def _key(self, change: Change) -> str:
        """Return the file that a change is about."""
        if change.kind == "preview":
            return self.edition.previews.get(change.name, change.name)
        if change.kind == "post":
            return change.address
        return change.name

    def _one(self, change: Change) -> Receipt:
        if change.action == "conflict":
            return Receipt(change, False, change.reason)
        try:
            if change.action in _WRITES:
                self._write(change)
            elif change.action == "remove":
                self._remove(change)
            elif change.action == "unchanged":
                self._refresh(change)
        except MovedError as error:
            return Receipt(
                change,
                False,
                f"Not done: {error} changed since the plan was made. Plan and publish again.",
            )
        except CopydeskError as error:
            return Receipt(change, False, error.failure.message)
        except OSError as error:
            verb = "removed" if change.action == "remove" else "written"
            shown = self.folder.file(self._key(change))
            return Receipt(
                change,
                False,
                f"{shown} could not be {verb}: {words_of(error)}. Nothing "
                "of it was changed. Mend the cause, then run again.",
            )
        return Receipt(change, True)

    def _write(self, change: Change) -> None:
        key = self._key(change)
        data, note = self._content(change, key)
        self.folder.write(key, data, change.hashes.sent, change.hashes.seen)
        note()

    def _content(self, change: Change, key: str) -> tuple[Iterable[bytes], Callable[[], None]]:
        """Return what to write for a change, made anew, and how to note it in the ledger."""
        edition, id, sent = self.edition, change.name, change.hashes.sent

        def note_file() -> None:
            self.ledger.files[key] = sent

        if change.kind == "post":
            if edition.places.get(id) != key or id in edition.problems:
                raise MovedError(f"the place of {key}")
            if edition.wanted[id].decision == "kept":
                return [edition.kept(id)], lambda: self._note_kept(id, sent)
            data, body = edition.live(id)
            return [data], lambda: self._note_live(id, body, key, sent)
        if id in edition.previews:
            return [edition.preview(id)], note_file
        if ASSETS in key:
            try:
                return edition.asset(key), note_file
            except KeyError:
                raise MovedError(f"the need for {key}") from None
        if key not in (files := edition.site_files()):
            raise MovedError(f"the need for {key}")
        return [files[key]()], note_file

    def _note_live(self, id: str, body: Body, key: str, sha: str) -> None:
        record(self.ledger, entry_for(self.edition.wanted[id], body, key, sha))

    def _note_kept(self, id: str, sha: str) -> None:
        entry = self.ledger.posts[id]
        self.ledger.posts[id] = entry._replace(hashes=Hashes(entry.hashes.content, sha, sha))

    def _refresh(self, change: Change) -> None:
        """Bring the ledger up to date where the file is right already."""
        if change.kind != "post":
            self.ledger.files[self._key(change)] = change.hashes.seen
            return
        id, key, sha = change.name, change.address, change.hashes.seen
        entry, wanted = self.ledger.posts.get(id), self.edition.wanted.get(id)
        if wanted is None or wanted.decision != "live" or self.folder.look(key) != sha:
            raise MovedError(f"the file {key}")
        if (
            entry is None
            or entry.address != key
            or entry.hashes != Hashes(change.hashes.content, sha, sha)
        ):
            self._note_live(id, self.view.body(id), key, sha)
        else:
            self.ledger.posts[id] = described(entry, wanted)

    def _remove(self, change: Change) -> None:
        key = self._key(change)
        entry = self.ledger.posts.get(change.name) if change.kind == "post" else None
        if change.kind == "post":
            if entry is None or change.name in self.edition.places:
                raise MovedError(f"the place of {key}")
            key = entry.address
        if key in self.edition.places.values():  # another post has taken the address over
            if change.kind != "post":
                raise MovedError(f"the need for {key}")
        elif change.hashes.seen and change.hashes.seen not in self.edition.accepted.get(key, ()):
            raise MovedError(f"the file {key}")
        else:
            self.folder.remove(key, change.hashes.seen)
        self.ledger.files.pop(key, None)
        if entry is not None:
            del self.ledger.posts[change.name]
