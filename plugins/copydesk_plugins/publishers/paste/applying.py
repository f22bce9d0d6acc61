"""Carrying out a plan: exactly its rows, each page whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.api import Change, CopydeskError, Ledger, Plan, Receipt, SiteView
from copydesk_plugins.publishers.disk import PENDING, MovedError, words_of
from copydesk_plugins.publishers.paste.desk import Desk, settle
from copydesk_plugins.publishers.paste.file_rows import FileRows
from copydesk_plugins.publishers.paste.planning import Planner, Row
from copydesk_plugins.publishers.saving import Saving, not_noted

#: Changes between two savings of the ledger; each batch is noted in it before it is written.
BATCH = 25
_MOVED = "Not done: {what} changed since the plan was made. Plan and publish again."


class Rows:
    """All rows of a plan, in the order in which they are carried out.

    Raises CopydeskError where a source moved, unless `lenient` says to note that in `failed`.
    """

    def __init__(self, view: SiteView, desk: Desk, known: Ledger, lenient: bool = False) -> None:
        self.planner = Planner(view, desk, known)
        self.failed: dict[str, CopydeskError] = {}
        posts = list(self.planner.rows(self.failed if lenient else None))
        after = dict(known.posts)
        after.update({row.entry.id: row.entry for row in posts if row.entry is not None})
        self.files = FileRows(view, desk, known, after.values(), self.planner.sources)
        order = {"create": 0, "update": 1, "links only": 2, "unpublish": 3}
        posts.sort(key=lambda row: order.get(row.change.action, 4))
        self.all: tuple[Row, ...] = (*posts, *self.files.rows())


def carry_out(plan: Plan, view: SiteView, desk: Desk) -> Iterator[Receipt]:
    """Yield what came of each change of a plan, in its order."""
    desk.sweep()
    worker = _Worker(view, desk)
    try:
        for start in range(0, len(plan.changes), BATCH):
            yield from worker.batch(plan.changes[start : start + BATCH])
    finally:  # also where the caller stops half-way
        worker.finish()


class _Worker:
    def __init__(self, view: SiteView, desk: Desk) -> None:
        self._view, self._desk, self._ledger = view, desk, view.ledger
        known, _ = settle(view.ledger, desk)
        self._rows = Rows(view, desk, known, lenient=True)
        self._by_name = {(row.change.kind, row.change.name): row for row in self._rows.all}
        self._saving = Saving(view, known)

    def batch(self, changes: Sequence[Change]) -> Iterator[Receipt]:
        """Note what is about to be written, write it, and yield the receipts."""
        for change in changes:
            if change.hashes.sent and change.hashes.sent != change.hashes.seen:
                self._ledger.files[PENDING + self._key(change)] = change.hashes.sent
        problem = ""
        try:
            self._saving.save()
        except (OSError, CopydeskError) as error:
            problem = not_noted("handed over", error)
        for change in changes:
            yield Receipt(change, False, problem) if problem else self._one(change)
            self._ledger.files.pop(PENDING + self._key(change), None)

    def _key(self, change: Change) -> str:
        row = self._by_name.get((change.kind, change.name))
        return row.key if row is not None and row.key else change.name

    def finish(self) -> None:
        """Save the ledger for the last time, and forget texts that nobody needs any more."""
        self._saving.finish("handed over")
        self._rows.planner.texts.keep_only(self._ledger.posts.values())

    def _one(self, change: Change) -> Receipt:
        if change.action == "conflict":
            return Receipt(change, False, change.reason)
        row = self._by_name.get((change.kind, change.name))
        failed = self._rows.failed.get(change.name)
        if failed is not None:
            return Receipt(change, False, failed.failure.message)
        if row is None or row.change != change._replace(to_see=()):
            what = change.title or change.name
            return Receipt(change, False, _MOVED.format(what=what))
        try:
            return Receipt(change, True, look=self._do(change, row))
        except MovedError as error:
            return Receipt(change, False, _MOVED.format(what=error))
        except OSError as error:
            verb = "removed" if change.action == "remove" else "written"
            return Receipt(
                change,
                False,
                f"{self._key(change)} could not be {verb}: {words_of(error)}. Nothing of it was "
                "changed. Mend the cause, then run again.",
            )

    def _do(self, change: Change, row: Row) -> str:
        """Carry out one row and note it; return where a person finds what was made."""
        hashes, look = change.hashes, ""
        if row.make is not None:
            data = row.make().encode()
            self._desk.write(row.key, (data,), hashes.sent, hashes.seen)
            self._ledger.files[row.key] = hashes.sent
            look = str(self._desk.path / row.key)
            if row.text[0]:
                self._rows.planner.texts.put(*row.text)
        elif change.kind == "page" and change.action == "remove":
            self._saving.save()  # that nothing waits for the page must be known before it goes
            self._desk.remove(change.name, hashes.seen)
            self._ledger.files.pop(change.name, None)
        elif change.kind == "page":
            if change.action != "unchanged":
                data_of = self._rows.files.data(change)
                self._desk.write(change.name, data_of, hashes.sent, hashes.seen)
            self._ledger.files[change.name] = hashes.sent
        if row.entry is not None:
            self._ledger.posts[row.entry.id] = row.entry
        return look
