"""The built-in publishers: where posts go once they are ready."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.api import Abilities, Publisher, Target, TargetSettings, hookimpl


def open_folder(settings: TargetSettings) -> Target:
    """Open a folder of plain HTML pages as a target."""
    from copydesk_plugins.publishers.folder.target import FolderTarget

    return FolderTarget(settings)


def open_wordpress(settings: TargetSettings) -> Target:
    """Open a WordPress as a target."""
    from copydesk_plugins.publishers.cms.target import CmsTarget
    from copydesk_plugins.publishers.wordpress.connecting import connect

    return CmsTarget(settings, connect)


def open_ghost(settings: TargetSettings) -> Target:
    """Open a Ghost as a target."""
    from copydesk_plugins.publishers.cms.target import CmsTarget
    from copydesk_plugins.publishers.ghost.connecting import connect

    return CmsTarget(settings, connect)


@hookimpl
def register_publishers() -> Sequence[Publisher]:
    """Return the kinds of targets that come with Copydesk."""
    return [
        Publisher(
            "folder",
            "Plain HTML pages in a folder, with an index, a feed and a sitemap.",
            Abilities(local_files=True, links=True),
            open_folder,
        ),
        Publisher(
            "wordpress",
            "A WordPress, by its REST interface: drafts first, then live.",
            Abilities(drafts=True),
            open_wordpress,
        ),
        Publisher(
            "ghost",
            "A Ghost, by its Admin API: drafts first, then live; no mail is ever sent.",
            Abilities(drafts=True),
            open_ghost,
        ),
    ]
