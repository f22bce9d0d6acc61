"""A content management system as a target: looks, plans, and carries out what was planned."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from copydesk.api import (
    Change,
    CopydeskError,
    Export,
    Failure,
    Ledger,
    LivePost,
    LiveProblem,
    Look,
    Plan,
    Receipt,
    Run,
    SiteView,
    TargetSettings,
)
from copydesk_plugins.publishers.cms import (
    adopting,
    chain,
    exporting,
    journal,
    their_words,
    undoing,
)
from copydesk_plugins.publishers.cms.applying import Applying
from copydesk_plugins.publishers.cms.journal import Journal
from copydesk_plugins.publishers.cms.planning import Planner
from copydesk_plugins.publishers.cms.remote import Account, Remote
from copydesk_plugins.publishers.cms.task import Task
from copydesk_plugins.publishers.cms.there import There, look, settle
from copydesk_plugins.publishers.cms.timing import next_change
from copydesk_plugins.publishers.cms.writing import Writer

#: The order in which rows are shown: what is new, what changes, what only gets links.
_RANKS = {
    "conflict": 0, "create": 1, "update": 2, "go live": 3, "links only": 4,
    "restore": 5, "unpublish": 6,
}  # fmt: skip
#: What an account may lack, and what that means.
_MAY_NOT = {
    "publish": (
        "This account may not make posts public, so they stay drafts.",
        "Use an account that may, such as that of an editor.",
    ),
    "upload": (
        "This account may not upload pictures, so posts with pictures of yours will fail.",
        "Use an account that may, or put the pictures there by hand.",
    ),
    "edit others": (
        "This account may change only posts that it wrote itself.",
        "Links around posts of other people cannot be kept right with it.",
    ),
}


class CmsTarget:
    """WordPress, Ghost, or whatever else implements `Remote`."""

    def __init__(
        self,
        settings: TargetSettings,
        connect: Callable[[TargetSettings], Remote],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not settings.url:
            raise CopydeskError(
                Failure(
                    "config",
                    f'The target "{settings.name}" has no address.',
                    'Give it one: url = "https://blog.example".',
                )
            )
        self.settings = settings
        self.remote = connect(settings)
        self._sleep = sleep
        self._account: Account | None = None
        self._there: There | None = None
        self._known = Ledger()
        self._live: tuple[LivePost, ...] = ()
        self._rows: list[tuple[Change, Task]] = []
        self._planner: Planner | None = None

    @property
    def account(self) -> Account:
        """Who we are there; asked once, before anything else."""
        if self._account is None:
            self._account = self.remote.greet()
        return self._account

    def known(self, view: SiteView) -> Ledger:
        """Return what the system holds of this site, by a look at every post of it."""
        ids = {each.id for each in view.wanted}
        self._there = look(self.remote, self.account, view.ledger, ids, self.settings.name)
        self._known = settle(self._there, view.ledger, {each.id: each for each in view.wanted})
        return self._known

    def public(self, posts: tuple[LivePost, ...], view: SiteView) -> tuple[LivePost, ...]:
        """Return the posts that visitors will see once this plan is applied."""
        assert self._there is not None, "known is asked first"
        # Posts that got their ids just now are recorded under them.
        self._known = settle(self._there, view.ledger, {each.id: each for each in view.wanted})
        self._there.faulty.update(their_words.faults(view, self._there, self._known, self.remote))
        self._live = chain.public_after(posts, self._there, self._known, view)
        return self._live

    def plan(self, view: SiteView) -> Plan:
        """Compare what is wanted with what is there; write nothing."""
        assert self._there is not None, "known is asked first"
        self._planner = Planner(
            view, self._there, self._known, self.remote, {post.id: post for post in self._live}
        )
        rows = (
            undoing.rows(self._planner, view.order.undo)
            if view.order.undo
            else self._planner.rows()
        )
        self._rows = sorted(rows, key=lambda row: (_RANKS.get(row[0].action, 9), row[0].name))
        notes = (*self._notes(view), *self._planner.notes.all())
        return Plan(
            self.settings.name,
            self.settings.kind,
            tuple(change for change, _ in self._rows),
            notes,
        )

    def _notes(self, view: SiteView) -> Iterator[str]:
        assert self._there is not None
        account = self.account
        yield from account.notes
        if view.order.go_live and "publish" not in account.can:
            yield " ".join(_MAY_NOT["publish"])
        host = self.settings.url.rstrip("/")
        if account.public and not account.public.rstrip("/").startswith(host):
            yield (
                f"Visitors find the site at {account.public}, which is not the address in "
                "copydesk.toml. Links use the public one; the secret is sent to the other only."
            )
        if self._there.rebuilt and not view.ledger.posts:
            count = self._there.rebuilt
            posts = "1 post there is" if count == 1 else f"{count} posts there are"
            yield f"There is no record of earlier runs. {posts} known by the mark of Copydesk."
        yield from self._there.copies
        if self._there.strangers:
            count = self._there.strangers
            posts = "1 post there carries" if count == 1 else f"{count} posts there carry"
            yield f"{posts} Copydesk's mark, but no post here is meant: left alone."
        yield from next_change(view, self._there)

    def runs(self, view: SiteView) -> tuple[Run, ...]:
        """Return the runs that wrote something, the newest first."""
        return tuple(journal.told(view.folder, run) for run in journal.runs(view.folder))

    def greet(self) -> Iterator[Look]:
        """Log in, and say who we are there and what we may not do."""
        account = self.account
        yield Look("ok", f"{account.system}: logged in as {account.name} ({account.role}).")
        for right, (message, help) in _MAY_NOT.items():
            if right not in account.can:
                yield Look("warn", message, help)
        for note in account.notes:
            yield Look("warn", note)

    def exported(self, ledger: Ledger) -> Export:
        """Return every post that the system holds."""
        return exporting.exported(self.remote, self.account, self.settings.url, ledger)

    def adopt(self, ids: frozenset[str], view: SiteView) -> None:
        """Note that the sources of some posts say what the system holds."""
        assert self._there is not None, "known is asked first"
        live = {post.id: post for post in self._live}
        planner = Planner(view, self._there, self._known, self.remote, live)
        adopting.adopt(ids, view, planner.wishes, self._there)

    def verify(self, view: SiteView) -> Iterator[LiveProblem]:
        """Look at the public pages as a visitor; the login was needed to know which there are."""
        from copydesk_plugins.publishers.cms.verifying import verify

        public = self.account.public or self.settings.url
        return verify(view, public, self._known, view.ledger)

    def apply(self, plan: Plan, view: SiteView) -> Iterator[Receipt]:
        """Carry out exactly the changes of a plan; yields a receipt when a post is finished."""
        assert self._planner is not None, "plan is asked first"
        noted = Journal(view.folder, view.now, view.ledger)
        try:
            yield from Applying(
                self._planner, Writer(self.remote, noted, self._sleep), self._rows
            ).run()
        finally:
            noted.close()
            self.remote.close()
