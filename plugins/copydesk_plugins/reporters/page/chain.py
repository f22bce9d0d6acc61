"""The chain of posts for the page: in order, drafts and what is held back apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk.api import Chain, Linked, Results, day
from copydesk_plugins.reporters.page.rows import Row

#: Posts of a chain that are listed.
_LISTED = 300


class Stop(NamedTuple):
    """A post in the chain, or apart from it and why.

    `anchor` is empty where it is not on the page, `when` where it has no date.
    """

    title: str
    anchor: str
    when: str
    why: str = ""


class SiteChain(NamedTuple):
    """The chain of a site: its posts in order and those apart, as far as they are listed.

    `number` and `others` are how many there are of both, `unseen` how many the run did not check.
    """

    title: str
    zone: str
    problem: str
    linked: tuple[Stop, ...]
    apart: tuple[Stop, ...]
    number: int
    others: int
    unseen: int


class Neighbours(NamedTuple):
    """A post in the chain with the posts before and after it."""

    older: Stop | None
    newer: Stop | None
    why: str


class Chained:
    """The chains of all sites, and the neighbours of each post by its path."""

    def __init__(self, chains: Sequence[Chain], anchors: dict[str, str]) -> None:
        self._anchors = anchors
        self._posts: dict[str, tuple[Linked, str]] = {}
        self.sites: list[SiteChain] = []
        for chain in chains:
            zone = chain.site.timezone
            self._posts.update((each.path, (each, zone)) for each in chain.posts)
            linked = [self._stop(each, zone) for each in chain.posts if each.older or each.newer]
            apart = [
                self._stop(each, zone) for each in chain.posts if not (each.older or each.newer)
            ]
            unseen = sum(each.path not in anchors for each in chain.posts)
            self.sites.append(
                SiteChain(
                    chain.site.title,
                    zone,
                    chain.problem,
                    tuple(linked[:_LISTED]),
                    tuple(apart[:_LISTED]),
                    len(linked),
                    len(apart),
                    unseen,
                )
            )

    def of(self, path: str) -> Neighbours | None:
        """Return the neighbours of a post; None where nothing is known of it."""
        if path not in self._posts:
            return None
        post, zone = self._posts[path]
        stop = self._stop(post, zone)
        return Neighbours(self._at(post.older), self._at(post.newer), stop.why)

    def _at(self, path: str) -> Stop | None:
        return self._stop(*self._posts[path]) if path in self._posts else None

    def _stop(self, post: Linked, zone: str) -> Stop:
        alone = not (post.older or post.newer)
        return Stop(
            post.title or Path(post.path).name,
            self._anchors.get(post.path, ""),
            day(post.published, zone) if post.published else "",
            (post.reason or "No other post is linked with it.") if alone else "",
        )


def chained(results: Results, rows: Sequence[Row]) -> Chained:
    """Return the chains of a run; posts that are on the page can be linked to."""
    return Chained(list(results.chains()), {row.path: row.anchor for row in rows})
