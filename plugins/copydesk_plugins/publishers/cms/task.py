"""What is to be done to one post, in the order of the phases."""

from __future__ import annotations

from typing import NamedTuple

from copydesk_plugins.publishers.cms.journal import Written

_PHASES = ("restore", "accept", "write", "live", "link", "down")


class Task(NamedTuple):
    """The writes that one row of a plan stands for.

    `remote` is the post's id there, empty for one that has to be made. `seen` is the hash of what a
    person may change, as the plan saw it: where it moved, nothing is written. `write` brings the
    text, `live` makes it public, `link` sets what stands below it, `down` takes it back to draft,
    `before` is what an earlier run found, to be written back, and `accept` only notes that a
    person's version stays.
    """

    id: str
    remote: str = ""
    seen: str = ""
    write: bool = False
    live: bool = False
    link: bool = False
    down: bool = False
    accept: bool = False
    before: Written | None = None

    @property
    def restore(self) -> bool:
        """Whether it is put back before anything else; what goes down with that goes last."""
        return self.before is not None and not self.down

    @property
    def phases(self) -> tuple[str, ...]:
        """The phases it has part in, in the order in which a run goes through them."""
        return tuple(name for name in _PHASES if getattr(self, name))

    @property
    def writes(self) -> bool:
        """Whether anything is sent."""
        return bool(set(self.phases) - {"accept"})
