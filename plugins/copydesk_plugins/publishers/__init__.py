"""The built-in publishers: where posts go once they are ready."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.api import Abilities, Publisher, Target, TargetSettings, hookimpl


def open_folder(settings: TargetSettings) -> Target:
    """Open a folder of plain HTML pages as a target."""
    from copydesk_plugins.publishers.folder.target import FolderTarget

    return FolderTarget(settings)


@hookimpl
def register_publishers() -> Sequence[Publisher]:
    """Return the kinds of targets that come with Copydesk."""
    return [
        Publisher(
            "folder",
            "Plain HTML pages in a folder, with an index, a feed and a sitemap.",
            Abilities(local_files=True, links=True),
            open_folder,
        )
    ]
