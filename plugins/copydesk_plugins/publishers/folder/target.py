"""A folder as a target."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from copydesk.api import (
    CopydeskError,
    Failure,
    Ledger,
    LivePost,
    LiveProblem,
    Plan,
    Receipt,
    SiteView,
    TargetSettings,
)
from copydesk_plugins.publishers.disk import place_of
from copydesk_plugins.publishers.folder.applying import carry_out
from copydesk_plugins.publishers.folder.files import Folder
from copydesk_plugins.publishers.folder.known import settle
from copydesk_plugins.publishers.folder.planning import make_plan


class FolderTarget:
    """A folder of plain HTML pages, with previews of what is not public in a folder beside it."""

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings
        self._folder = Folder(place_of(settings, "no folder to write to", "site"))

    def known(self, view: SiteView) -> Ledger:
        """Return what the folder holds: the ledger, mended after a crash or a loss.

        To be asked before it is decided which posts stay as they were published before.
        """
        return settle(view.ledger, self._folder, {post.id: post for post in view.wanted})[0]

    def public(self, posts: tuple[LivePost, ...], view: SiteView) -> tuple[LivePost, ...]:
        """Return every post that the site wants public: a folder has no drafts of its own."""
        return posts

    def verify(self, view: SiteView) -> Iterator[LiveProblem]:
        """Look at the pages where `site-url` says that visitors find them.

        Raises CopydeskError where it says nothing.
        """
        from copydesk_plugins.publishers.cms.verifying import verify

        url = view.site.url
        if not url:
            raise CopydeskError(
                Failure(
                    "target",
                    f"{self._settings.name} is a folder, and nothing says where on the web it is",
                    'Give the site an address in copydesk.toml: site-url = "https://blog.example".',
                )
            )
        known, before = (_on_the_web(each, url) for each in (self.known(view), view.ledger))
        mend = "Publish again, and put the whole folder online."
        return verify(view, url, known, before, mend)

    def plan(self, view: SiteView) -> Plan:
        """Compare what is wanted with what is in the folder; write nothing.

        Raises CopydeskError where the folder leads elsewhere, or a source moved.
        """
        self._folder.guard(view.site.root)
        return make_plan(self._settings, view, self._folder)

    def apply(self, plan: Plan, view: SiteView) -> Iterator[Receipt]:
        """Carry out exactly the changes of a plan, one receipt each, in its order."""
        self._folder.guard(view.site.root)
        return carry_out(plan, view, self._folder)


def _on_the_web(ledger: Ledger, url: str) -> Ledger:
    """Return a ledger with the addresses at which visitors find the files."""
    return Ledger(
        {
            id: entry._replace(address=url + quote(entry.address))
            for id, entry in ledger.posts.items()
        }
    )
