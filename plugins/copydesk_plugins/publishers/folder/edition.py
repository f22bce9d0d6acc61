"""The site as it is to be: which post stands where, and the bytes of every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from copydesk.api import Body, CopydeskError, Ledger, SiteView
from copydesk_plugins.publishers.disk import chunks, is_hash
from copydesk_plugins.publishers.folder import feed, marks, pages
from copydesk_plugins.publishers.folder.files import ASSETS, PREVIEW, Folder, page_key
from copydesk_plugins.publishers.folder.known import accepted
from copydesk_plugins.publishers.folder.places import find_places, preview_keys

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class Edition:
    """What plan and apply both compute from: the view, the folder and the settled ledger.

    The ledger given is a snapshot and does not change while an edition is in use, so that the
    bytes of a page do not depend on what has been written already.
    """

    def __init__(self, view: SiteView, folder: Folder, known: Ledger) -> None:
        self.view, self.folder, self.known = view, folder, known
        self.wanted = {wanted.id: wanted for wanted in view.wanted if wanted.id}
        self.accepted = accepted(known)
        self.places, self.problems = find_places(self.wanted, folder, known, self.accepted)
        self.previews = preview_keys(self.wanted, self.places) if view.previews else {}
        self._sources: dict[str, Path] = {}

    def address(self, id: str) -> str:
        """Return the file of a public post, or an empty text."""
        return self.places.get(id, "")

    def preview_address(self, id: str) -> str:
        """Return where a preview finds another post: among the previews, or on the site."""
        if id in self.previews:
            return self.previews[id].removeprefix(PREVIEW)
        return f"../{self.folder.path.name}/{self.places[id]}" if id in self.places else ""

    def body(self, id: str) -> Body:
        """Return a post's body and remember where its files lie."""
        body = self.view.body(id)
        before = ASSETS if id not in self.previews else PREVIEW + ASSETS
        for file in body.files:
            self._sources.setdefault(before + file.name, file.path)
        return body

    def live(self, id: str) -> tuple[bytes, Body]:
        """Return the page of a post as its source is now."""
        body = self.body(id)
        html = pages.post_page(
            self.view.site, self.wanted[id], body, page_key(self.wanted[id].slug), self.address
        )
        return html.encode(), body

    def kept(self, id: str) -> bytes:
        """Return the page of a post that stays, with what stands below it now."""
        links = self.view.links(id)
        pairs = marks.neighbour_files(links, self.address)
        page = self.folder.read(self.places[id])
        return marks.with_links(page, marks.fill(links, self.address), pairs).encode()

    def preview(self, id: str) -> bytes:
        """Return the preview of a post that is not public."""
        return pages.preview_page(
            self.view.site, self.wanted[id], self._preview_body(id), self.preview_address
        ).encode()

    def _preview_body(self, id: str) -> Body:
        """Return a post's body or, where it cannot be rendered, the reason in its place."""
        try:
            return self.body(id)
        except CopydeskError as error:
            return Body(
                f"<p>It cannot be shown yet: {escape(error.failure.message)}</p>", "", "", ""
            )

    def items(self) -> list[pages.Item]:
        """Return what index, feed and sitemap say of the posts, newest first."""
        found = []
        for id, key in self.places.items():
            wanted = self.wanted[id]
            if wanted.decision == "live" and id not in self.problems:
                if not wanted.noindex:
                    found.append(pages.Item.of_wanted(wanted, key))
            elif not self.known.posts[id].noindex:
                found.append(pages.Item.of_entry(self.known.posts[id]))
        return sorted(found, key=lambda item: (item.published or _LONG_AGO, item.id), reverse=True)

    def site_files(self) -> dict[str, Callable[[], bytes]]:
        """Return the files that belong to the site as a whole, each with what makes it."""
        site = self.view.site
        files: dict[str, Callable[[], bytes]] = {
            "index.html": lambda: pages.index_page(site, self.items()).encode(),
            "feed.xml": lambda: feed.feed(site, self.items(), self._copy),
            "style.css": lambda: pages.style().encode(),
        }
        if site.url:
            files["sitemap.xml"] = lambda: feed.sitemap(site, self.items())
        if self.previews:
            files["preview/index.html"] = lambda: pages.preview_index(
                site,
                [(key.removeprefix(PREVIEW), self.wanted[id]) for id, key in self.previews.items()],
            ).encode()
            files["preview/style.css"] = files["style.css"]
        return files

    def _copy(self, id: str) -> str:
        """Return the body that a feed shows: of the page as it will stand."""
        if self.wanted[id].decision == "live" and id not in self.problems:
            return marks.fill(self.body(id).html, self.address).strip()
        if id in self.problems:
            return ""  # what somebody wrote into the page was not checked, so it is not spread
        return marks.copy_of(self.folder.read(self.places[id]))

    def asset(self, key: str) -> Iterable[bytes]:
        """Yield the content of an image or another local file; raises OSError and KeyError.

        Where no body that was rendered so far names it, the others are asked.
        """
        if key not in self._sources:
            for id in sorted({*self.places, *self.previews}):
                if id in self.previews:
                    self._preview_body(id)
                elif self.wanted[id].decision == "live":
                    self.body(id)
                if key in self._sources:
                    break
        return chunks(self._sources[key])

    def assets(self) -> list[str]:
        """Return the keys of the local files that the site needs, sorted.

        To be asked after every page was made. Posts that stay bring those they had.
        """
        needed = set(self._sources)
        for id in self.places:
            if self.wanted[id].decision == "kept" or id in self.problems:
                needed.update(ASSETS + name for name in self.known.posts[id].files)
        return sorted(needed)

    def is_ours(self, key: str, state: str) -> bool:
        """Say whether a file is as we wrote it, or not there."""
        return not state or (is_hash(state) and state in self.accepted.get(key, ()))
