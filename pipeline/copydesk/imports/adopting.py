"""After the posts of a target came into the site: its ledger learns which post is which.

From then on the target takes the source of such a post for what it holds already.
"""

from __future__ import annotations

from copydesk import ledger as ledgers
from copydesk.files import write_whole
from copydesk.imports.export_steps import Step
from copydesk.imports.fields import says_as_imported
from copydesk.imports.site import ImportSite
from copydesk.judging import Progress
from copydesk.model.export import Export, Exports
from copydesk.model.extension import Ledger, LedgerEntry
from copydesk.model.finding import CopydeskError, Failure
from copydesk.publishing import Opened, open_target, refuse_failed_plugins, whole_view
from copydesk.runner import Options, Session
from copydesk.sources import read_source


class Adopting:
    """One target of a site whose posts are taken over."""

    def __init__(self, site: ImportSite, to: str) -> None:
        """Open the target; raises CopydeskError for one that cannot hand out its posts."""
        self._site = site
        self._opened: Opened = open_target(site, to)
        self.name: str = self._opened.settings.name
        if not isinstance(self._opened.target, Exports):
            raise CopydeskError(_cannot(self._opened))
        self._target: Exports = self._opened.target
        self._ledger: Ledger = ledgers.load(site.root, self.name)
        self._entries: dict[str, LedgerEntry] = {}
        #: Posts of the ledger that a person changed there, and whose drafts stayed as they were.
        self._known: set[str] = set()

    def export(self) -> Export:
        """Return the posts that the target holds; raises CopydeskError."""
        return self._target.exported(self._ledger)

    def note(self, step: Step) -> None:
        """Take note of a post whose draft stands as it was planned."""
        entry = step.exported.entry
        settled = step.exported.settled and step.plan.kind == "unchanged"
        if entry is None or not step.id or settled:
            return
        if step.plan.data is None and step.id in self._ledger.posts:
            self._known.add(step.id)
        losses = list(step.exported.losses)
        if number := len(step.plan.omissions):
            losses.append("1 passage" if number == 1 else f"{number} passages")
        remote = {**entry.remote, "lossy": ", ".join(losses)}
        self._entries[step.id] = entry._replace(id=step.id, remote=remote)

    def finish(self, options: Options, progress: Progress | None) -> int:
        """Write the ledger, and return how many posts the target knows from now on.

        Raises CopydeskError, and leaves the ledger as it was, where that cannot be done.
        """
        same = self._same()
        if not self._entries:
            return 0
        root = self._site.root
        path = ledgers.ledger_path(root, self.name)
        with ledgers.held(root) as free:
            if not free:
                raise CopydeskError(_in_the_way())
            before = path.read_bytes() if path.exists() else b""
            known = ledgers.load(root, self.name)
            known.posts.update(self._entries)
            try:
                ledgers.save(root, self.name, known)
                self._adopt(same, options, progress)
            except BaseException:
                if before:
                    write_whole(path, before)
                else:
                    path.unlink(missing_ok=True)
                raise
        return len(self._entries)

    def _same(self) -> frozenset[str]:
        """Return the posts whose sources say just what the target says.

        Entries of drafts that are gone are given up, and those of drafts that took over nothing of
        what a person changed there: that is for the plan to show.
        """
        same = set()
        for record in self._site.store.entries:
            if record.id not in self._entries:
                continue
            path = self._site.draft_of(record)
            if path is None:
                del self._entries[record.id]
                continue
            key = self._site.key(path)
            source = read_source(path, key)
            self._entries[record.id] = self._entries[record.id]._replace(key=key)
            if says_as_imported(source, record.head, record.body, self._site):
                same.add(record.id)
            elif record.id in self._known:
                del self._entries[record.id]
        return frozenset(same)

    def _adopt(self, same: frozenset[str], options: Options, progress: Progress | None) -> None:
        session = Session(options)
        try:
            session.check((self._site.root,), progress)
            checked = next(
                (each for each in session.sites if each.site.root == self._site.root), None
            )
            if checked is None:
                failures = [*session.failures, *session.unread.get(self._site.root, [])]
                raise CopydeskError(failures[0] if failures else _unread())
            refuse_failed_plugins(checked)
            view = whole_view(checked, self._opened)
            view.look(self._opened.target)
            self._target.adopt(same & frozenset(each.id for each in view.wanted), view)
            view.save_ledger()
        finally:
            session.close()


def _cannot(opened: Opened) -> Failure:
    return Failure(
        "target",
        f"targets.{opened.settings.name} is of kind {opened.settings.kind}, which cannot hand out "
        "its posts",
        "A WordPress and a Ghost can. An export of another blog is read with --from-wxr.",
    )


def _in_the_way() -> Failure:
    return Failure(
        "site",
        "the posts were imported, but another run is at work on this site, so its target does not "
        "know them yet",
        "Wait until it is done, then run the same import again.",
    )


def _unread() -> Failure:
    return Failure(
        "site",
        "the posts were imported, but the site could not be checked, so its target does not know "
        "them yet",
        "Run `copydesk check`, mend what it says, then run the same import again.",
    )
