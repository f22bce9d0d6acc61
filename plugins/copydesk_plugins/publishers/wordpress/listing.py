"""Reading posts: page by page, one by one, or by our id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from copydesk_plugins.publishers.cms.remote import Held, Lost
from copydesk_plugins.publishers.wordpress import shapes
from copydesk_plugins.publishers.wordpress.api import Api, Denied, Query, Reply, TooMuch
from copydesk_plugins.publishers.wordpress.marks import find_part, searched
from copydesk_plugins.publishers.wordpress.media import Media
from copydesk_plugins.publishers.wordpress.posts import (
    EVERY_STATUS,
    FIELDS,
    PUBLIC_FIELDS,
    TRASHED,
    Raw,
    held_post,
    raw_post,
)
from copydesk_plugins.publishers.wordpress.terms import Terms

_POSTS = "/wp/v2/posts"
#: The code for a post of somebody else.
_NOT_OURS = "rest_forbidden_context"
_PAGE = 100
#: How often a list is read again because posts came or went while it was read.
_ROUNDS = 3
#: How far WordPress's numbering of equal slugs is followed.
_TWINS = 5
#: More than any blog has: whoever tells of more tells of posts without end.
_MOST_POSTS = 500_000


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
        #: Whether this account may read all posts as they are stored.
        self.sees_all = True
        #: Whether lists tell the alternative texts of pictures, which takes another request.
        self.tells_alternatives = False

    def every(self) -> Iterator[Held]:
        """Yield every post that is not in the bin, each once."""
        seen: set[int] = set()
        for _ in range(_ROUNDS):
            totals = set()
            for page in self._pages({"status": EVERY_STATUS}):
                totals.add(page.total)
                new = [raw for raw in page.posts if raw.id not in seen]
                seen.update(raw.id for raw in new)
                yield from self._held(new, self.tells_alternatives)
            # A post that goes while we read moves the ones behind it to a page we have read.
            if len(totals) <= 1:
                break
        if not self.sees_all:
            yield from self._others(seen, {})

    def _others(self, seen: Collection[int], query: Query) -> Iterator[Held]:
        """Yield the public posts of other people, as visitors see them.

        They cannot be changed by this account, but stand at addresses, and some may be ours.
        """
        for page in self._pages({**query, "status": "publish"}, PUBLIC_FIELDS):
            yield from self._held([raw for raw in page.posts if raw.id not in seen])

    def one(self, remote: str) -> Held | None:
        """Return one post, or None where there is none."""
        if not (remote.isascii() and remote.isdecimal()):
            return None
        try:
            raw = self._one(remote, "edit", FIELDS)
        except Denied as denied:
            if denied.code == "rest_post_invalid_id":
                return None
            if denied.code != _NOT_OURS:
                raise
            raw = self._one(remote, "view", PUBLIC_FIELDS)
        return self._held([raw])[0]

    def _one(self, remote: str, context: str, fields: str) -> Raw:
        query = {"context": context, "_fields": fields}
        return self._api.get(f"{_POSTS}/{remote}", query, lambda reply: raw_post(reply.value))

    def find(self, key: str, slug: str) -> tuple[Held, ...]:
        """Return the posts with our id, or at a slug, also out of the bin."""
        found = {}
        if key:
            for raw in self._few({"search": f'"{searched(key)}"'}):
                if _key(raw) == key:
                    found[raw.id] = raw
        if slug:
            # A search can be in the hands of a plugin; slugs are not, so twins are looked for too.
            names = [slug, *(f"{slug}-{number}" for number in range(2, _TWINS + 1))]
            asked = ",".join(f"{name},{name}{TRASHED}" for name in names)
            for raw in self._few({"slug": asked}):
                if raw.slug.removesuffix(TRASHED) == slug or (key and _key(raw) == key):
                    found[raw.id] = raw
        others = () if self.sees_all or not slug else self._others(found, {"slug": slug})
        return (*self._held([found[number] for number in sorted(found)]), *others)

    def _few(self, query: Mapping[str, str]) -> list[Raw]:
        wanted = {**query, "status": f"{EVERY_STATUS},trash"}
        return [raw for page in self._pages(wanted) for raw in page.posts]

    def _pages(self, query: Query, fields: str = FIELDS) -> Iterator[_Page]:
        """Yield page after page; halves a page whose answer is too large.

        Raises Lost where that would never end: for too many posts, or for the same ones again.
        """
        offset, size = 0, _PAGE
        seen: set[int] = set()
        while True:
            try:
                page = self._page({"_fields": fields, **query}, offset, size)
            except TooMuch:
                if size == 1:
                    raise
                size = max(1, size // 2)
                continue
            before = len(seen)
            seen.update(raw.id for raw in page.posts)
            if max(page.total or 0, offset) > _MOST_POSTS or (page.posts and len(seen) == before):
                raise Lost(self._api.odd(shapes.Odd("the list of posts")).failure)
            yield page
            offset += size
            if offset >= page.total if page.total is not None else not page.posts:
                return

    def _page(self, query: Query, offset: int, size: int) -> _Page:
        def take(reply: Reply) -> _Page:
            posts = [raw_post(row) for row in shapes.rows(reply.value)]
            return _Page(posts, _total(reply))

        asked = {
            "context": "edit" if query["_fields"] == FIELDS else "view",
            **query,
            "orderby": "id",
            "order": "asc",
            "per_page": size,
            "offset": offset,
        }
        return self._api.get(_POSTS, asked, take)

    def _held(self, posts: list[Raw], alternatives: bool = True) -> list[Held]:
        self._categories.learn(number for raw in posts for number in raw.categories)
        self._tags.learn(number for raw in posts for number in raw.tags)
        if alternatives:
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
