"""Reading posts: page by page, one by one, or by our id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from copydesk.http import TooLong
from copydesk_plugins.publishers.cms.remote import Held, Lost
from copydesk_plugins.publishers.wordpress import shapes
from copydesk_plugins.publishers.wordpress.api import Api, Denied, Query, Reply
from copydesk_plugins.publishers.wordpress.marks import find_part
from copydesk_plugins.publishers.wordpress.media import Media
from copydesk_plugins.publishers.wordpress.posts import (
    EVERY_STATUS,
    FIELDS,
    TRASHED,
    Raw,
    held_post,
    raw_post,
)
from copydesk_plugins.publishers.wordpress.terms import Terms

_POSTS = "/wp/v2/posts"
_PAGE = 100
#: How often a list is read again because posts came or went while it was read.
_ROUNDS = 3
#: How far WordPress's numbering of equal slugs is followed.
_TWINS = 5


class _Page(NamedTuple):
    posts: list[Raw]
    total: int | None


class Listing:
    """The posts of one site."""

    def __init__(self, api: Api, categories: Terms, tags: Terms, media: Media) -> None:
        self._api = api
        self._categories = categories
        self._tags = tags
        self._media = media

    def every(self) -> Iterator[Held]:
        """Yield every post that is not in the bin, each once."""
        seen: set[int] = set()
        for _ in range(_ROUNDS):
            totals = set()
            for page in self._pages():
                totals.add(page.total)
                new = [raw for raw in page.posts if raw.id not in seen]
                seen.update(raw.id for raw in new)
                yield from self._held(new)
            # A post that goes while we read moves the ones behind it to a page we have read.
            if len(totals) <= 1:
                return

    def one(self, remote: str) -> Held | None:
        """Return one post, or None where there is none."""
        query = {"context": "edit", "_fields": FIELDS}
        try:
            raw = self._api.get(
                f"{_POSTS}/{int(remote)}", query, lambda reply: raw_post(reply.value)
            )
        except TooLong as error:
            raise Lost(error.failure) from None
        except Denied as denied:
            if denied.code == "rest_post_invalid_id":
                return None
            raise
        return self._held([raw])[0]

    def find(self, key: str, slug: str) -> tuple[Held, ...]:
        """Return the posts with our id, or at a slug, also out of the bin."""
        found = {}
        if key:
            for raw in self._few({"search": f'"post={_searched(key)} text="'}):
                if _key(raw) == key:
                    found[raw.id] = raw
        if slug:
            # A search can be in the hands of a plugin; slugs are not, so twins are looked for too.
            names = [slug, *(f"{slug}-{number}" for number in range(2, _TWINS + 1))]
            asked = ",".join(f"{name},{name}{TRASHED}" for name in names)
            for raw in self._few({"slug": asked}):
                if raw.slug.removesuffix(TRASHED) == slug or (key and _key(raw) == key):
                    found[raw.id] = raw
        return tuple(self._held([found[number] for number in sorted(found)]))

    def _few(self, query: Mapping[str, str]) -> list[Raw]:
        wanted = {**query, "status": f"{EVERY_STATUS},trash", "offset": 0}
        return [raw for page in self._pages(wanted) for raw in page.posts]

    def _pages(self, query: Query | None = None) -> Iterator[_Page]:
        """Yield page after page; halves a page whose answer is too large."""
        offset, size = 0, _PAGE
        while True:
            try:
                page = self._page({"status": EVERY_STATUS, **(query or {})}, offset, size)
            except TooLong as error:
                if size == 1:
                    raise Lost(error.failure) from None
                size = max(1, size // 2)
                continue
            yield page
            offset += size
            if offset >= page.total if page.total is not None else not page.posts:
                return

    def _page(self, query: Query, offset: int, size: int) -> _Page:
        def take(reply: Reply) -> _Page:
            posts = [raw_post(row) for row in shapes.rows(reply.value)]
            return _Page(posts, _total(reply))

        asked = {
            **query,
            "context": "edit",
            "orderby": "id",
            "order": "asc",
            "per_page": size,
            "offset": offset,
            "_fields": FIELDS,
        }
        return self._api.get(_POSTS, asked, take)

    def _held(self, posts: list[Raw]) -> list[Held]:
        self._categories.learn(number for raw in posts for number in raw.categories)
        self._tags.learn(number for raw in posts for number in raw.tags)
        self._media.learn(raw.featured_media for raw in posts)
        names = {**self._categories.names, **self._tags.names}
        return [held_post(raw, names, self._media.alts) for raw in posts]


def _total(reply: Reply) -> int | None:
    """Return how many posts there are, or None where something took the header away."""
    said = reply.headers.get("X-WP-Total", "").strip()
    return int(said[:9]) if said.isascii() and said.isdigit() else None


def _key(raw: Raw) -> str:
    part = find_part(raw.content)
    return part.key if part else ""


def _searched(key: str) -> str:
    return key.replace("--", "-%2D")
