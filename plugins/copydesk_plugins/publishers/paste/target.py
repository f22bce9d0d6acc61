"""A hand-over folder as a target."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import (
    Ledger,
    LivePost,
    Plan,
    Receipt,
    SiteView,
    TargetSettings,
)
from copydesk_plugins.publishers.disk import place_of
from copydesk_plugins.publishers.paste.applying import Rows, carry_out
from copydesk_plugins.publishers.paste.desk import INDEX, Desk, settle
from copydesk_plugins.publishers.paste.planning import Planner

NO_ADDRESS = (
    "Posts get no links to each other, because the address of the site is not known. Set "
    "`site-url` to the address below which your host shows posts."
)


class PasteTarget:
    """Pages from which a person carries posts over by hand. A page that is gone is done."""

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings
        self._desk = Desk(place_of(settings, "no folder to write to", "handover"))

    def known(self, view: SiteView) -> Ledger:
        """Return what was handed over: the ledger, mended by a look at the folder."""
        return settle(view.ledger, self._desk)[0]

    def public(self, posts: tuple[LivePost, ...], view: SiteView) -> tuple[LivePost, ...]:
        """Return every post that was handed over, and those that this run hands over.

        Nobody tells when a person has carried one over, so a hand-over counts as done.
        """
        known = self.known(view)
        return Planner(view, self._desk, known).places.public(posts, known)

    def plan(self, view: SiteView) -> Plan:
        """Compare what is wanted with what was handed over; write nothing.

        Raises CopydeskError where the folder leads elsewhere, or a source moved.
        """
        self._desk.guard(view.site.root, view.ledger)
        known, notes = settle(view.ledger, self._desk)
        rows = Rows(view, self._desk, known)
        found = [*notes, *rows.planner.notes.all()]
        if not view.site.url:
            found.append(NO_ADDRESS)
        changes = tuple(row.change for row in rows.all)
        if any(each.kind == "post" and each.steps for each in changes):
            page = f"{self._desk.path.name}/{INDEX}"
            found.append(f"Open {page} in a browser afterwards: it says what to do, in order.")
        return Plan(self._settings.name, self._settings.kind, changes, tuple(found))

    def apply(self, plan: Plan, view: SiteView) -> Iterator[Receipt]:
        """Carry out exactly the changes of a plan, one receipt each, in its order."""
        self._desk.guard(view.site.root, view.ledger)
        return carry_out(plan, view, self._desk)
