"""Posts as they are read: one, those at a place, all of them page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from copydesk_plugins.publishers.cms.remote import Held, Lost
from copydesk_plugins.publishers.ghost import greeting
from copydesk_plugins.publishers.ghost.addresses import literal, with_query
from copydesk_plugins.publishers.ghost.api import Api, TooMuch
from copydesk_plugins.publishers.ghost.keys import tag_name
from copydesk_plugins.publishers.ghost.reading import (
    ID,
    WITH,
    Odd,
    Site,
    held_post,
    old_form,
    posts_of,
    rendered,
)

#: How many posts are asked for at once; fewer where an answer would be too large.
_PAGES = (100, 50, 20, 5, 1)
_MOST_PAGE = 16 * 1024 * 1024
_MOST_POST = 32 * 1024 * 1024
#: More than any blog has: whoever sends more than this sends without end.
_MOST_POSTS = 500_000


class Listing:
    """The posts of one Ghost site."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known_site: Site | None = None

    @property
    def site(self) -> Site:
        """What has to be known of the site to read its posts; asked once."""
        if self._known_site is None:
            self._known_site = greeting.site_of(self._api)
        return self._known_site

    @site.setter
    def site(self, site: Site) -> None:
        self._known_site = site

    def posts(self) -> Iterator[Held]:
        """Yield every post in every state, in the order in which Ghost numbered them.

        Each page begins after the last post of the one before, so that a post that is deleted
        meanwhile makes no other one be passed over.
        """
        last, page, count = "0", 0, 0
        while True:
            rest = f"id:>{literal(last)}"
            query = with_query("posts/", **WITH, limit=_PAGES[page], order="id asc", filter=rest)
            try:
                found = self._ask(query, _MOST_PAGE if _PAGES[page] > 1 else _MOST_POST)
            except TooMuch:
                if page == len(_PAGES) - 1:
                    raise
                page += 1
                continue
            count += len(found)
            for held in found:
                if held.remote <= last or count > _MOST_POSTS:
                    raise self._odd("the order of its posts")
                last = held.remote
                yield held
            if len(found) < _PAGES[page]:
                return

    def read(self, remote: str) -> Held | None:
        """Return one post, or None where there is none."""
        if not ID.fullmatch(remote):
            return None
        found = self._ask(with_query(f"posts/{remote}/", **WITH), _MOST_POST)
        return found[0] if found else None

    def find(self, key: str, slug: str) -> tuple[Held, ...]:
        """Return the posts that carry our id, or stand at a slug, each once, in any state."""
        wanted = f"tags.name:{literal(tag_name(key))},slug:{literal(slug)}"
        found = self._ask(with_query("posts/", **WITH, limit=20, filter=wanted), _MOST_POST)
        return tuple(each for each in found if each.key == key or each.slug == slug)

    def html(self, held: Held) -> str:
        """Return the body as plain HTML, as a visitor reads it.

        Cards that have no plain form are asked of Ghost, which renders them.
        """
        if "<!-- " not in held.body:
            return held.body
        return rendered(self._html(held.remote)) or held.body

    def _ask(self, path: str, most: int) -> list[Held]:
        answer = self._api.read(path, most)
        if answer is None:
            return []
        try:
            return [held_post(self._whole(post), self.site) for post in posts_of(answer)]
        except Odd as odd:
            raise self._odd(str(odd)) from None

    def _odd(self, what: str) -> Lost:
        return Lost(
            self._api.where.lost(
                f"Ghost answered with a post that is not as its posts are ({what})",
                "Look whether something between here and the site changes its answers.",
            )
        )

    def _whole(self, post: object) -> object:
        """Return a post with its HTML where it is kept in the form of Ghost's former editor."""
        if isinstance(post, dict) and old_form(post) and ID.fullmatch(str(post.get("id"))):
            return {**post, "html": self._html(str(post["id"]))}
        return post

    def _html(self, remote: str) -> str:
        answer = self._api.read(with_query(f"posts/{remote}/", formats="html"), _MOST_POST)
        html = first_post(answer or {}).get("html")
        return html if isinstance(html, str) else ""


def first_post(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the one post in an answer, or an empty one."""
    rows = answer.get("posts")
    return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
