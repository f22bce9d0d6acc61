"""Looking at a live site: every public page of ours, its links, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from copydesk.api import (
    CopydeskError,
    Failure,
    Ledger,
    LedgerEntry,
    LiveProblem,
    SiteView,
    Wanted,
)
from copydesk.http import Session
from copydesk_plugins.publishers.cms import text_check
from copydesk_plugins.publishers.cms.chain_check import Ours, Page, Relation, check, place
from copydesk_plugins.publishers.cms.crawling import LIMITS, Crawler, Limits
from copydesk_plugins.publishers.cms.page_reading import Visit, read_page, soup_of

_LINK = re.compile(r'<a rel="(prev|next)" href="copydesk:([^"]+)"')


def verify(
    view: SiteView, public: str, known: Ledger, limits: Limits = LIMITS
) -> Iterator[LiveProblem]:
    """Yield what is not right on the live site at `public`, the address that visitors use.

    `known` is what the target holds now, with whole addresses. Raises CopydeskError where the
    site cannot be reached, and at the end where not every page could be looked at.
    """
    posts = posts_of(view, known)
    with Session(public, "the address of the public site") as session:
        look = _Look(view, Crawler(session, limits))
        for post in posts:
            yield from look.at_post(post)
        look.at_targets()
        yield from check(look.pages, posts)
        if look.crawler.left:
            raise CopydeskError(
                Failure(
                    "target",
                    f"{look.crawler.left} of the pages at {session.origin} were not looked at, "
                    f"because there are more than {limits.pages:,} or they take too long",
                    "What is listed is right as far as it goes.",
                )
            )


def posts_of(view: SiteView, known: Ledger) -> list[Ours]:
    """Return the posts that visitors should see, the newest first.

    A post that was public when Copydesk last wrote it belongs to them, too.
    """
    found: list[LedgerEntry] = []
    for id in sorted({*known.posts, *view.ledger.posts}):
        now, before = known.posts.get(id), view.ledger.posts.get(id)
        entry = next((each for each in (now, before) if each is not None and each.public), None)
        if entry is not None and entry.address:
            found.append(entry)
    found.sort(key=lambda entry: entry.published, reverse=True)
    return [
        Ours(entry.id, entry.address, unescape(entry.title), entry.noindex, _links(view, entry.id))
        for entry in found
    ]


def _links(view: SiteView, id: str) -> tuple[tuple[Relation, str], ...]:
    return tuple(
        ("prev" if relation == "prev" else "next", unescape(other))
        for relation, other in _LINK.findall(view.links(id))
    )


class _Look:
    """A look at the pages; keeps of each what links and titles need, and no text."""

    def __init__(self, view: SiteView, crawler: Crawler) -> None:
        self.view, self.crawler = view, crawler
        self.pages: dict[str, Page] = {}
        self._wanted = {each.id: each for each in view.wanted}

    def at_post(self, post: Ours) -> Iterator[LiveProblem]:
        """Look at the page of a post, and compare what it says with its source."""
        visit = self.crawler.visit(post.address)
        if visit is None:
            return
        soup = soup_of(visit.body) if visit.status == 200 else None
        page = read_page(visit, soup)
        if self.crawler.closed_to_robots(post.address):
            page = page._replace(hidden=True)
        self.pages[place(post.address)] = page
        wanted = self._wanted.get(post.id)
        if soup is not None and page.shown == "shown" and wanted is not None:
            yield from _text(self.view, post, wanted, page, text_check.difference_of(soup))

    def at_targets(self) -> None:
        """Look at the pages that our links lead to and that are no posts of ours."""
        goals: Mapping[str, str] = {
            place(link.address): link.address for page in self.pages.values() for link in page.links
        }
        for key, address in sorted(goals.items()):
            if key in self.pages:
                continue
            visit = self.crawler.visit(address)
            if visit is not None:
                self.pages[key] = read_page(visit, _soup(visit))
