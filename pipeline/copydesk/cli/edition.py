"""The sites of a run on their way to a target: checked, opened, planned, and what failed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import keep_posts, options_of, progress, waiting
from copydesk.config import all_failures
from copydesk.config_schema import did_you_mean
from copydesk.decisions import NOT_ASKED
from copydesk.model.change import Order, Receipt
from copydesk.model.extension import Undoes
from copydesk.model.finding import CopydeskError, Failure
from copydesk.named_posts import as_paths
from copydesk.orders import nothing_due, refuse_unfit
from copydesk.publishing import Publication, open_target
from copydesk.results import RunResults
from copydesk.runner import CheckedSite, Session
from copydesk.sources import shown_path

#: What `--format` takes here; the other formats are about findings only.
FORMATS = ("text", "json")

#: Gives the order for each site, in their order; raises CopydeskError.
Orders = Callable[[Sequence[CheckedSite], str], list[Order]]


@dataclass
class Edition:
    """The sites of a run on their way to a target, and all that failed on the way.

    `results` is None where no rule was asked to look at the posts. `idle` says that nothing had
    become due, so that no target was asked, and `declined` that a person did not agree.
    """

    session: Session
    results: RunResults | None
    publications: list[Publication] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    idle: bool = False
    declined: bool = False

    @property
    def receipts(self) -> list[Receipt]:
        """What came of the changes so far, of all sites."""
        return [receipt for each in self.publications for receipt in each.receipts]

    def checked_failures(self) -> tuple[Failure, ...]:
        """Return what failed before any target was asked."""
        if self.results is not None:
            return self.results.failures
        found = [*self.session.failures, *(f for each in self.session.sites for f in each.failures)]
        return tuple(dict.fromkeys(found))

    def name_of(self, root: Path) -> str:
        """Return how to call a site: by its path, or not at all where it is the only one."""
        many = len(self.session.sites) + len(self.session.unread) > 1
        return shown_path(root) if many else ""

    def fail(self, root: Path, error: CopydeskError) -> None:
        """Note what failed in a site; what names no place is about the site as a whole."""
        self.failures += [
            each if each.place else each._replace(path=self.name_of(root))
            for each in all_failures(error)
        ]

    def exit_code(self) -> int:
        """Return 2 where anything could not be done, 1 where a due post was held back, else 0."""
        undone = any(not receipt.done for receipt in self.receipts)
        changes = [change for each in self.publications for change in each.plan.changes]
        nothing = self.results is not None and not self.results.summary["posts"]
        conflict = any(change.action == "conflict" for change in changes)
        undone = undone or conflict or nothing or self.declined
        if undone or self.failures or self.checked_failures():
            return 2
        held = (
            wanted.decision in ("held", "kept") and wanted.reason != NOT_ASKED
            for each in self.publications
            for wanted in each.view.wanted
        )
        return int(any(held))


def refuse_format(name: str) -> None:
    """Raise click.UsageError for a format that plans have not."""
    if name not in FORMATS:
        raise click.UsageError(f"A plan has no format {name!r}. " + did_you_mean(name, FORMATS))


def check(paths: Sequence[Path], given: dict[str, Any], judge: bool = True) -> Edition:
    """Check the posts that are named by path or id; raises CopydeskError for any other name.

    That comes before any work: a misspelt folder must not publish another one.
    """
    refuse_format(given["output_format"])
    options = options_of(given, judge)
    paths = as_paths(paths, options.config, options.flags)
    started = time.monotonic()
    session = Session(options)
    with closed_if_it_fails(session):
        with progress("Checking") as tick:
            session.check(paths, tick)
        keep_posts(session, given["output"])
        keep_posts(session, given.get("out"))
        results = RunResults(session, time.monotonic() - started) if judge else None
        return Edition(session, results)


@contextmanager
def closed_if_it_fails(session: Session) -> Iterator[None]:
    """Close a session where what follows does not come to its end."""
    try:
        yield
    except BaseException:
        session.close()
        raise


def make(
    paths: Sequence[Path],
    given: dict[str, Any],
    to: str,
    orders: Orders,
    previews: bool = False,
    judge: bool = True,
    may_idle: bool = False,
) -> Edition:
    """Check the posts and make a plan for each site; write nothing.

    With `may_idle`, a target is not even asked where the order is about posts that become due and
    none has. Raises CopydeskError for what was asked and cannot be.
    """
    edition = check(paths, given, judge)
    with closed_if_it_fails(edition.session):
        sites = edition.session.sites
        found = orders(sites, to)
        idle = [
            may_idle and order.due and nothing_due(site, to)
            for site, order in zip(sites, found, strict=True)
        ]
        edition.idle = bool(idle) and all(idle)
        for number, order in enumerate(found):
            if not idle[number]:
                _publish(edition, number, to, previews, order)
    return edition


def _publish(edition: Edition, number: int, to: str, previews: bool, order: Order) -> None:
    """Open the target of a site and make a plan; what fails is noted."""
    checked = edition.session.sites[number]
    by_post = edition.results.errors_by_post if edition.results else {}
    errors = {key: count for (site, key), count in by_post.items() if site == number}
    try:
        opened = open_target(checked, to)
        able = opened.takes_orders and (not order.undo or isinstance(opened.target, Undoes))
        refuse_unfit(order, opened.settings.name, able)
        with waiting(f"Looking at {opened.at}"):
            edition.publications.append(Publication(checked, errors, opened, previews, order))
    except CopydeskError as error:
        edition.fail(checked.site.root, error)
