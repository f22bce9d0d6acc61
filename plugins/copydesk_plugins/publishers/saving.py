"""The record of what is published, saved where it changed."""

from __future__ import annotations

from copydesk.api import CopydeskError, Failure, Ledger, SiteView
from copydesk_plugins.publishers.disk import words_of


class Saving:
    """Saves the ledger of a site; begins with `known`, which is what the target holds."""

    def __init__(self, view: SiteView, known: Ledger) -> None:
        self._view = view
        self._saved = self._now()
        view.ledger.posts, view.ledger.files = dict(known.posts), dict(known.files)

    def _now(self) -> tuple[dict[str, object], dict[str, str]]:
        return dict(self._view.ledger.posts), dict(self._view.ledger.files)

    def save(self) -> None:
        """Write the ledger where it changed since it was saved; raises OSError, CopydeskError."""
        now = self._now()
        if now != self._saved:
            self._view.save_ledger()
            self._saved = now

    def finish(self, done: str) -> None:
        """Save for the last time; raises CopydeskError. `done` is what was done, in a word."""
        try:
            self.save()
        except OSError as error:
            raise CopydeskError(
                Failure(
                    "target",
                    f"The record of what was {done} could not be saved: {words_of(error)}.",
                    "The pages are written and nothing is lost: make room, then run again.",
                )
            ) from error


def not_noted(done: str, error: OSError | CopydeskError) -> str:
    """Return why nothing is written where the record of what was `done` cannot be saved."""
    return (
        f"Not done: the record of what was {done} could not be saved ({words_of(error)}). "
        "Mend that, then run again."
    )
