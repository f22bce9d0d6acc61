"""Looking at a live site: every public page of ours, its links, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import TYPE_CHECKING

from copydesk.api import CopydeskError, Failure, Ledger, LiveProblem, SiteView
from copydesk.http import Session
from copydesk_plugins.publishers.cms import text_check
from copydesk_plugins.publishers.cms.chain_check import REPAIR, Ours, Page, Relation, check, place
from copydesk_plugins.publishers.cms.crawling import LIMITS, Crawler, Limits
from copydesk_plugins.publishers.cms.page_reading import read_page, soup_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_LINK = re.compile(r'<a rel="(prev|next)" href="copydesk:([^"]+)"')
#: So much of a passage is quoted.
_QUOTED = 160


def verify(
    view: SiteView,
    public: str,
    known: Ledger,
    before: Ledger,
    mend: str = REPAIR,
    limits: Limits = LIMITS,
) -> Iterator[LiveProblem]:
    """Yield what is not right on the live site at `public`, the address that visitors use.

    `known` is what the target holds now, and `before` what it held after the last run, both with
    whole addresses; `mend` says what mends links. Raises CopydeskError where the
    site cannot be reached, and at the end where not every page could be looked at.
    """
    posts = posts_of(view, known, before)
    with Session(public, "the address of the public site") as session:
        look = _Look(view, known, Crawler(session, limits))
        for post in posts:
            yield from look.at_post(post)
        look.at_targets()
        yield from check(look.pages, posts, mend)
        if look.crawler.left:
            raise _not_whole(look.crawler.left, session.origin, limits)


def posts_of(view: SiteView, known: Ledger, before: Ledger) -> list[Ours]:
    """Return the posts that visitors should see, the newest first.

    A post that was public when Copydesk last wrote it belongs to them, too.
    """
    found = []
    for id in sorted({*known.posts, *before.posts}):
        for ledger in (known, before):
            entry = ledger.posts.get(id)
            if entry is not None and entry.public and entry.address:
                found.append(entry)
                break
    found.sort(key=lambda entry: entry.published, reverse=True)
    with_source = {each.id for each in view.wanted}
    return [
        Ours(
            each.id,
            each.address,
            "" if each.id in with_source else text_check.plain(each.title),
            each.noindex,
            _links(view, each.id),
        )
        for each in found
    ]


def _links(view: SiteView, id: str) -> tuple[tuple[Relation, str], ...]:
    return tuple(
        ("prev" if relation == "prev" else "next", unescape(other))
        for relation, other in _LINK.findall(view.links(id))
    )


def _not_whole(left: int, origin: str, limits: Limits) -> CopydeskError:
    pages = "1 page" if left == 1 else f"{left:,} pages"
    return CopydeskError(
        Failure(
            "target",
            f"{pages} at {origin} were not looked at, because a run looks at {limits.pages:,} "
            f"pages at most and takes {limits.seconds / 60:g} minutes at most",
            "What is listed holds for the pages that were looked at, the newest ones.",
        )
    )


class _Look:
    """A look at the pages; keeps of each what links and titles need, and no text."""

    def __init__(self, view: SiteView, known: Ledger, crawler: Crawler) -> None:
        self.view, self.crawler = view, crawler
        self.pages: dict[str, Page] = {}
        self._ids = {each.id for each in view.wanted}
        # What Copydesk writes makes no shortcode; a text that was there before may hold some.
        self._came = {id for id, entry in known.posts.items() if not entry.remote.get("mark")}

    def at_post(self, post: Ours) -> Iterator[LiveProblem]:
        """Look at the page of a post, and compare what it says with its source."""
        page, soup = self._page(post.address)
        if page is None:
            return
        if self.crawler.closed_to_robots(post.address):
            page = page._replace(hidden=True)
        self.pages[place(post.address)] = page
        if page.shown == "shown" and soup is not None and post.id in self._ids:
            yield from self._text(post, page, soup)

    def at_targets(self) -> None:
        """Look at the pages that our links lead to and that are no posts of ours."""
        goals = {place(link.address): link.address for p in self.pages.values() for link in p.links}
        for key, address in sorted(goals.items()):
            if key not in self.pages:
                page, _ = self._page(address)
                if page is not None:
                    self.pages[key] = page

    def _page(self, address: str) -> tuple[Page | None, BeautifulSoup | None]:
        visit = self.crawler.visit(address)
        if visit is None:
            return None, None
        soup = soup_of(visit.body) if visit.status == 200 else None
        return read_page(visit, soup), soup

    def _text(self, post: Ours, page: Page, soup: BeautifulSoup) -> Iterator[LiveProblem]:
        """Yield what a page says and its source does not, and what the rules say of that."""
        try:
            body = self.view.body(post.id)
            source, title = body.html, _other_title(body.title, page)
            found = text_check.difference(soup, source, post.id in self._came)
            if title or found is not None:
                yield _changed(post, title, found or text_check.Difference((), (), source))
                heading = f"<h1>{escape(title)}</h1>\n" if title else ""
                now = heading + (found.html if found is not None else source)
                before = self.view.judge(post.id, source)
                for each in text_check.new_findings(before, self.view.judge(post.id, now)):
                    message = (
                        f"the check {each.rule} finds on its page, and not in its source: "
                        f"“{_short(text_check.plain(each.quote))}”"
                    )
                    help = f"{each.message} {each.help}".strip()
                    yield _problem("claim", post, message, help)._replace(severity=each.severity)
        except CopydeskError as error:
            yield _problem(
                "not-compared",
                post,
                f"its text was not compared with its source: {error.failure.message.rstrip('.')}",
                error.failure.help,
            )


def _other_title(title: str, page: Page) -> str:
    """Return the title that a page shows, where it is not that of the source."""
    mine = text_check.words_of(title)
    if not page.titles or any(text_check.words_of(each) == mine for each in page.titles):
        return ""
    return page.titles[0]


def _changed(post: Ours, title: str, found: text_check.Difference) -> LiveProblem:
    added = (title, *found.added) if title else found.added
    parts = [
        f"{_number(passages)} {where}, such as “{_short(passages[0])}”"
        for passages, where in ((added, "only on its page"), (found.lacking, "only in its source"))
        if passages
    ]
    return _problem(
        "text",
        post,
        f"its text differs: {', and '.join(parts)}",
        "If its source is newer, publish it. If somebody changed it there, take the change over "
        "into the source, or overwrite it: `copydesk plan` shows which of the two it is.",
    )


def _number(passages: tuple[str, ...]) -> str:
    return "1 passage" if len(passages) == 1 else f"{len(passages)} passages"


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()} …"


def _problem(kind: str, post: Ours, message: str, help: str) -> LiveProblem:
    return LiveProblem(kind, post.id, post.address, message, help, "warning")
