"""The built-in publishers: where posts go once they are ready."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from copydesk.api import Abilities, Archive, Export, Publisher, Target, TargetSettings, hookimpl


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


def read_wxr(path: Path) -> Export:
    """Read the posts of an export of WordPress or Squarespace."""
    from copydesk_plugins.publishers.archives.wxr import read

    return read(path)


@hookimpl
def register_readers() -> Sequence[Archive]:
    """Return the kinds of files that hold a whole blog."""
    return [Archive("wxr", "Exports of WordPress and Squarespace (WXR)", read_wxr)]


def open_wxr(settings: TargetSettings) -> Target:
    """Open an import file as a target."""
    from copydesk_plugins.publishers.wxr.target import WxrTarget

    return WxrTarget(settings)


def open_paste(settings: TargetSettings) -> Target:
    """Open a hand-over folder as a target."""
    from copydesk_plugins.publishers.paste.target import PasteTarget

    return PasteTarget(settings)


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
        Publisher(
            "wxr",
            "A file for the import of WordPress, Squarespace and others, as drafts or live.",
            Abilities(orders=True),
            open_wxr,
        ),
        Publisher(
            "paste",
            "Pages to copy from, field by field, for hosts without an interface for programs.",
            Abilities(orders=True),
            open_paste,
        ),
    ]
