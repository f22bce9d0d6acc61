"""A file of ours that has to go, in the plan."""

from __future__ import annotations

from typing import Literal

from copydesk.api import Action, Change, Hashes
from copydesk_plugins.publishers.folder.edition import Edition
from copydesk_plugins.publishers.folder.places import in_the_way

Kind = Literal["post", "page", "preview"]


def removal(
    edition: Edition,
    kind: Kind,
    name: str,
    key: str,
    reason: str,
    title: str = "",
    path: str = "",
) -> Change:
    """Return the row for a file that nothing needs; one that was changed by hand stays."""
    action: Action = "remove"
    # Where another post takes the address over, there is no file to remove.
    state = "" if key in edition.places.values() else edition.folder.look(key)
    if not edition.is_ours(key, state):
        action, reason = "conflict", f"{reason} But {in_the_way(edition.folder, key, state, True)}"
    return Change(
        action, kind, name, title, path, edition.folder.address(key), reason, Hashes("", "", state)
    )
