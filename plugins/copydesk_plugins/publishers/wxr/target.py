"""An import file as a target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.api import (
    Change,
    CopydeskError,
    Hashes,
    Ledger,
    LivePost,
    Plan,
    Receipt,
    SiteView,
    TargetSettings,
)
from copydesk_plugins.publishers import disk
from copydesk_plugins.publishers.disk import PENDING, MovedError, digest_of, words_of
from copydesk_plugins.publishers.handing.records import handed
from copydesk_plugins.publishers.wxr import document
from copydesk_plugins.publishers.wxr.outbox import Outbox, settle
from copydesk_plugins.publishers.wxr.planning import Planner

ENDING = ".xml"
NO_ADDRESS = (
    "Links between posts are left out, because the address of the site is not known. Set "
    "`site-url` to the address below which posts will stand."
)
_AGAIN = "Plan and publish again."


class WxrTarget:
    """One file for an import. A file that is gone was imported."""

    def __init__(self, settings: TargetSettings) -> None:
        path = disk.place_of(settings, "no file to write", f"{settings.name}.wxr.xml")
        if path.suffix.lower() != ENDING:
            path /= f"{settings.name}.wxr{ENDING}"
        self._settings, self._outbox = settings, Outbox(path)

    def known(self, view: SiteView) -> Ledger:
        """Return what was handed over: the ledger, mended by a look at the file."""
        return settle(view.ledger, self._outbox)[0]

    def public(self, posts: tuple[LivePost, ...], view: SiteView) -> tuple[LivePost, ...]:
        """Return every post that was handed over, and those that this run hands over.

        Nobody tells when a file is imported and its drafts are made public, so a hand-over counts
        as done.
        """
        known = self.known(view)
        return Planner(view, self._outbox, known).places.public(posts, known)

    def plan(self, view: SiteView) -> Plan:
        """Compare what is wanted with what was handed over; write nothing.

        Raises CopydeskError where the path leads elsewhere, or a source moved.
        """
        disk.guard(self._outbox.path.parent, view.site.root)
        known, notes = settle(view.ledger, self._outbox)
        edition = Edition(view, self._outbox, known)
        found = [*notes, *edition.notes()]
        return Plan(self._settings.name, self._settings.kind, edition.changes(), tuple(found))

    def apply(self, plan: Plan, view: SiteView) -> Iterator[Receipt]:
        """Write the file, once for all changes of a plan; yield one receipt each, in its order."""
        disk.guard(self._outbox.path.parent, view.site.root)
        disk.sweep(self._outbox.path.parent)
        known, _ = settle(view.ledger, self._outbox)
        edition = Edition(view, self._outbox, known, lenient=True)
        yield from edition.carry_out(plan)


class Edition:
    """The file as it is to be, with the rows that lead to it."""

    def __init__(
        self, view: SiteView, outbox: Outbox, known: Ledger, lenient: bool = False
    ) -> None:
        self._view, self._outbox, self._known = view, outbox, known
        self._failed: dict[str, CopydeskError] = {}
        self.planner = Planner(view, outbox, known)
        rows = list(self.planner.rows(self._failed if lenient else None))
        order = {"create": 0, "update": 1, "links only": 2, "unpublish": 3}
        self.rows = sorted(rows, key=lambda row: order.get(row.change.action, 4))
        self.after = dict(known.posts)
        self.after.update({row.entry.id: row.entry for row in rows if row.entry is not None})
        for row in rows:
            if row.gone:
                del self.after[row.change.name]
        self.waiting = sorted(
            (each for each in self.after.values() if handed(each).waits),
            key=lambda each: handed(each).number,
        )
        self._old = self.planner.document.pieces
        self.sent = digest_of(self.data()) if self.waiting else ""

    def data(self) -> Iterable[bytes]:
        """Yield the file: new pieces where there are some, else those that it holds already."""
        pieces = dict(self._old)
        pieces.update({row.piece.id: row.piece for row in self.rows if row.piece is not None})
        found = [pieces[entry.id] for entry in self.waiting if entry.id in pieces]
        return document.write(self._view.site, found, self.waiting)

    def notes(self) -> Iterator[str]:
        """Yield what people should know beside the changes."""
        yield from self.planner.notes.all()
        if not self._view.site.url:
            yield NO_ADDRESS
        states = {handed(each).state for each in self.waiting}
        writes = any(row.piece is not None for row in self.rows)
        if writes and "draft" in states:
            yield (
                "Posts come as drafts, unless you say --go-live. Their links to each other work "
                "once all are public."
            )
        if self.planner.delivered_drafts:
            number = self.planner.delivered_drafts
            posts = "1 post was" if number == 1 else f"{number} posts were"
            yield f"{posts} imported as a draft before. Make such posts public there by hand."
        if writes:
            yield f"Import {self._outbox.name}, then delete or move it: while it is here, it waits."

    def changes(self) -> tuple[Change, ...]:
        """Return the rows of the plan, the file last."""
        return (*(row.change for row in self.rows), *self._file())

    def _file(self) -> Iterator[Change]:
        state, ours = self.planner.state, self._known.files.get(self._outbox.name, "")
        if self.sent and not (state and state != ours):
            action = "unchanged" if self._same() else "update" if state else "create"
        elif ours and state == ours:
            action = "remove"  # nothing waits in it any more
        else:
            return
        sent = state if action == "unchanged" else "" if action == "remove" else self.sent
        name = self._outbox.name
        yield Change(action, "page", name, "", "", name, "", Hashes("", sent, state))  # type: ignore[arg-type]

    def _same(self) -> bool:
        """Say whether nothing is to be done to the file; small things alone do not change it."""
        writes = any(row.piece is not None or row.gone for row in self.rows)
        return not writes and set(self._old) == {each.id for each in self.waiting}

    def carry_out(self, plan: Plan) -> Iterator[Receipt]:
        """Write the file and note it; nothing is written where anything moved since the plan."""
        mine = self.changes()
        planned = tuple(each._replace(to_see=()) for each in plan.changes)
        problem = ""
        if planned != mine:
            other = next((a for a, b in zip(planned, mine, strict=False) if a != b), None)
            what = (other.title or other.name) if other else "the site"
            problem = f"Not done: {what} changed since the plan was made. {_AGAIN}"
        for error in self._failed.values():
            problem = f"Not done: {error.failure.message}. {_AGAIN}"
        problem = problem or self._write(mine)
        for change in plan.changes:
            if change.action == "conflict":
                yield Receipt(change, False, change.reason)
            elif problem:
                yield Receipt(change, False, problem)
            else:
                writes = change.action in ("create", "update", "links only", "remove")
                yield Receipt(change, True, look=str(self._outbox.path) if writes else "")

    def _write(self, changes: tuple[Change, ...]) -> str:
        """Write the file and the ledger; return why that was not done, or an empty text."""
        ledger, name = self._view.ledger, self._outbox.name
        before = (dict(ledger.posts), dict(ledger.files))
        ledger.posts, ledger.files = dict(self._known.posts), dict(self._known.files)
        file = next((each for each in changes if each.kind == "page"), None)
        try:
            if file is not None and file.action in ("create", "update"):
                ledger.files[PENDING + name] = file.hashes.sent
                self._view.save_ledger()
                self._outbox.write(self.data(), file.hashes.sent, file.hashes.seen)
                ledger.files = {name: file.hashes.sent}
            ledger.posts = dict(self.after)
            if (ledger.posts, ledger.files) != before:
                self._view.save_ledger()
            if file is not None and file.action == "remove":
                # Not before: a file that is gone while posts wait in it counts as imported.
                self._outbox.remove(file.hashes.seen)
                ledger.files = {}
                self._view.save_ledger()
        except MovedError as error:
            return f"Not done: {error} changed since the plan was made. {_AGAIN}"
        except OSError as error:
            return f"Not done: {words_of(error)}. Mend that, then run again."
        texts = self.planner.texts
        for row in self.rows:
            if row.text[0]:
                texts.put(*row.text)
        texts.keep_only(ledger.posts.values())
        return ""
