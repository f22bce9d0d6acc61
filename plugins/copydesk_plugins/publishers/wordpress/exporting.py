"""What an import wants to know of a WordPress beside its posts: authors, pictures, who may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from copydesk.api import CopydeskError
from copydesk_plugins.publishers.archives.wordpress_html import readable
from copydesk_plugins.publishers.cms.exporting import Details
from copydesk_plugins.publishers.cms.remote import Held
from copydesk_plugins.publishers.wordpress import shapes
from copydesk_plugins.publishers.wordpress.api import Api, Reply
from copydesk_plugins.publishers.wordpress.posts import EVERY_STATUS

_PAGE = 100
_PRIVATE = "Only people who were logged in saw it there. Here it is a draft."
_LOCKED = "It is protected by a password there. Here it is a draft."
_PENDING = "It waits for a review there. Here it is a draft."


class _More(NamedTuple):
    """What a list of posts tells beside their texts."""

    author: int
    status: str
    locked: bool
    picture: int


class WordPressExporter:
    """Asks for authors and pictures of all posts before the first one is handed out."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._posts = {row["id"]: _more(row) for row in self._rows("/wp/v2/posts", _OF_POSTS)}
        self._authors = self._names()
        self._pictures = self._addresses()

    def total(self) -> int:
        """Return how many posts there are."""
        return len(self._posts)

    def details(self, held: Held) -> Details:
        """Return what an import wants to know of a post."""
        more = self._posts.get(int(held.remote), _More(0, "", False, 0))
        text = readable(held.body)
        notes = {"private": _PRIVATE, "pending": _PENDING}.get(more.status, "")
        if more.locked:
            notes = _LOCKED
        return Details(
            html=text.html,
            author=self._authors.get(more.author, ""),
            updated=shapes.moment({"date": held.raw.get("modified_gmt")}, "date"),
            image=self._pictures.get(more.picture, ""),
            closed=more.locked or more.status == "private",
            omissions=text.omissions,
            notes=(*((notes,) if notes else ()), *text.notes),
            losses=text.losses,
        )

    def _names(self) -> dict[int, str]:
        """Return the names of authors; an account that may not ask does without."""
        try:
            rows = self._rows("/wp/v2/users", {"context": "view", "_fields": "id,name"})
            return {row["id"]: unescape(shapes.text(row, "name")) for row in rows}
        except (CopydeskError, shapes.Odd):
            return {}

    def _addresses(self) -> dict[int, str]:
        numbers = sorted({each.picture for each in self._posts.values()} - {0})
        found: dict[int, str] = {}
        for start in range(0, len(numbers), _PAGE):
            some = ",".join(map(str, numbers[start : start + _PAGE]))
            query = {"include": some, "_fields": "id,source_url"}
            for row in self._rows("/wp/v2/media", query):
                found[row["id"]] = shapes.text_or_none(row, "source_url")
        return found

    def _rows(self, route: str, query: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a list, page by page; those without a number are passed over."""

        def take(reply: Reply) -> list[Mapping[str, Any]]:
            return shapes.rows(reply.value)

        offset = 0
        while True:
            asked = {"orderby": "id", "order": "asc", **query, "per_page": _PAGE, "offset": offset}
            rows = self._api.get(route, asked, take)
            yield from (row for row in rows if isinstance(row.get("id"), int))
            offset += _PAGE
            if len(rows) < _PAGE:
                return


_OF_POSTS = {
    "context": "edit",
    "status": EVERY_STATUS,
    "_fields": "id,author,status,password,featured_media",
}


def _more(row: Mapping[str, Any]) -> _More:
    numbers = [row.get(name) for name in ("author", "featured_media")]
    author, picture = (each if isinstance(each, int) else 0 for each in numbers)
    locked = bool(shapes.text_or_none(row, "password"))
    return _More(author, shapes.text_or_none(row, "status"), locked, picture)
