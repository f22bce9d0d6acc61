"""What a hand-over plan says of each post: which question is asked of it, and in what order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Generic, TypeVar

from copydesk.api import Action, CopydeskError, Ledger, LedgerEntry, SiteView, Wanted
from copydesk_plugins.publishers import commands
from copydesk_plugins.publishers.cms.notes import Notes
from copydesk_plugins.publishers.handing.texts import Texts

ACCEPTED = "It counts as standing there like this, as you said."
_IS_DOWN = "It was taken down. {overwrite} hands it over again."
#: Decisions that leave a post on the site, and what is said before their reason.
_NOT_LIVE = {"draft": "", "not yet due": "", "held": "Its source is held back. "}
#: A row of the plan, in the form of its target.
R = TypeVar("R")


class PostRows(ABC, Generic[R]):
    """Compares the posts of a site with what was handed over of them.

    `stays` is what is said of a post that is public and no longer wanted; it names the way out.
    """

    stays: str

    def __init__(self, view: SiteView, known: Ledger) -> None:
        self.view, self.known = view, known
        self.notes = Notes()
        self.texts = Texts(view.folder)

    def is_down(self, id: str) -> str:
        """Return what is said of a post that was taken down."""
        return _IS_DOWN.format(overwrite=commands.overwrite(self.view.target, id))

    def _stays(self, id: str) -> str:
        return self.stays.format(unpublish=commands.unpublish(self.view.target, id))

    @abstractmethod
    def left(self, action: Action, wanted: Wanted, reason: str) -> R:
        """Return the row of a post to which nothing is done."""

    @abstractmethod
    def live(self, wanted: Wanted, entry: LedgerEntry | None) -> R:
        """Return the row of a post that is to be public; raises CopydeskError for moved sources."""

    @abstractmethod
    def standing(self, entry: LedgerEntry, path: str, reason: str) -> R:
        """Return the row of a post that stays as it was handed over, but for its links."""

    @abstractmethod
    def down(self, entry: LedgerEntry, path: str) -> R:
        """Return the row of a post that is to be taken down."""

    def rows(self, failed: dict[str, CopydeskError] | None = None) -> Iterator[R]:
        """Yield a row for each post of the site, and for those that were handed over before.

        Raises CopydeskError where a source moved; with `failed` that is noted there instead.
        """
        seen = set()
        for wanted in self.view.wanted:
            seen.add(wanted.id)
            try:
                yield self.row(wanted)
            except CopydeskError as error:
                if failed is None:
                    raise
                failed[wanted.id] = error
        for id, entry in sorted(self.known.posts.items()):
            if id not in seen and entry.public:
                if id in self.view.order.unpublish:
                    yield self.down(entry, "")
                else:
                    stays = self._stays(id)
                    yield self.standing(
                        entry, entry.key, f"Its source is no longer in the site. {stays}"
                    )

    def row(self, wanted: Wanted) -> R:
        """Return the row of one post; raises CopydeskError where its source moved."""
        id, entry = wanted.id, self.known.posts.get(wanted.id)
        if entry is not None and entry.public and id in self.view.order.unpublish:
            return self.down(entry, wanted.path)
        if wanted.decision == "live":
            return self.live(wanted, entry)
        if entry is None or not entry.public:
            return self.left(wanted.decision, wanted, wanted.reason)
        reason = wanted.reason
        if wanted.decision in _NOT_LIVE:
            reason = f"{_NOT_LIVE[wanted.decision]}{reason} {self._stays(id)}"
        return self.standing(entry, wanted.path, reason)
