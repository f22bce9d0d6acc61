"""The plan's rows for files that are no post: site pages, previews, images, left-overs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from copydesk.api import Action, Change, Hashes
from copydesk_plugins.publishers.disk import digest, digest_of
from copydesk_plugins.publishers.folder.edition import Edition
from copydesk_plugins.publishers.folder.files import ASSETS, PREVIEW, page_key
from copydesk_plugins.publishers.folder.places import in_the_way
from copydesk_plugins.publishers.folder.removal import Kind, removal


class FileChanges:
    """Compares the files that the site needs with those in the folder.

    To be asked after the posts: only then it is known which images they need.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.folder = edition.folder

    def previews(self) -> Iterator[Change]:
        """Yield the previews of posts that are not public."""
        for id, key in self.edition.previews.items():
            wanted = self.edition.wanted[id]
            yield self._file(
                "preview",
                id,
                key,
                partial(self.edition.preview, id),
                wanted.title,
                wanted.path,
                wanted.reason,
            )

    def site_files(self) -> Iterator[Change]:
        """Yield index, feed, sitemap and style sheet, and those of the previews."""
        for key, make in self.edition.site_files().items():
            kind: Kind = "preview" if key.startswith(PREVIEW) else "page"
            yield self._file(kind, key, key, make)

    def _file(
        self,
        kind: Kind,
        name: str,
        key: str,
        make: Callable[[], bytes],
        title: str = "",
        path: str = "",
        reason: str = "",
    ) -> Change:
        state, sent = self.folder.look(key), digest(make())
        if not self.edition.is_ours(key, state):
            action: Action = "conflict"
            reason = in_the_way(self.folder, key, state, key in self.edition.accepted)
        else:
            action = "unchanged" if state == sent else "update" if state else "create"
        return Change(
            action,
            kind,
            name,
            title,
            path,
            self.folder.address(key),
            reason,
            Hashes("", sent, state),
        )

    def assets(self) -> Iterator[Change]:
        """Yield the images and other files; their names tell their content."""
        for key in self.edition.assets():
            kind: Kind = "preview" if key.startswith(PREVIEW) else "page"
            state = self.folder.look(key)
            action, reason, sent = self._asset(key, state)
            yield Change(
                action, kind, key, "", "", self.folder.address(key), reason, Hashes("", sent, state)
            )

    def _asset(self, key: str, state: str) -> tuple[Action, str, str]:
        """Return what to do about a local file, why, and its hash; copied once, never again."""
        if state and state in self.edition.accepted.get(key, ()):
            return "unchanged", "", state
        try:
            sent = digest_of(self.edition.asset(key))
        except (OSError, KeyError):
            return (
                "conflict",
                (
                    f"{Path(key).name} is needed by a post but could not be read. "
                    "Put it back, then run again."
                ),
                "",
            )
        if state and state != sent:
            ours = key in self.edition.accepted
            return "conflict", in_the_way(self.folder, key, state, ours), sent
        return ("unchanged" if state else "create"), "", sent

    def left_over(self) -> Iterator[Change]:
        """Yield files that we wrote and that nothing needs any more: old addresses, images."""
        edition = self.edition
        needed = {
            *edition.places.values(),
            *edition.previews.values(),
            *edition.site_files(),
            *edition.assets(),
        }
        posts = edition.known.posts
        gone = {
            entry.address
            for id, entry in posts.items()
            if id not in edition.places and id not in edition.problems
        }
        moved = {entry.address: id for id, entry in posts.items() if id in edition.places}
        for key in sorted({*moved, *edition.known.files} - needed - gone):
            if not self.folder.look(key):
                continue
            if key.startswith(PREVIEW) and not edition.view.previews:
                continue  # this run is not about previews
            kind: Kind = "preview" if key.startswith(PREVIEW) else "page"
            reason = "No post uses it any more." if ASSETS in key else "It is no longer needed."
            if key in moved:
                reason = f"The post is now at {page_key(edition.wanted[moved[key]].slug)}."
            yield removal(edition, kind, key, key, reason)
