"""What is not right about previous and next links on a live site: pages in, problems out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from copydesk.api import LiveProblem

#: What became of the wish to see a page. `moved` leads to another page, `closed` asks for a login.
Shown = Literal["shown", "gone", "moved", "closed", "failed"]
Relation = Literal["prev", "next"]

_OPPOSITE: Mapping[Relation, Relation] = {"prev": "next", "next": "prev"}
_OF: Mapping[Relation, str] = {"prev": "older", "next": "newer"}
_WORD = re.compile(r"\w+")
#: What mends links on a system.
REPAIR = "`copydesk repair` writes the links anew."


class PageLink(NamedTuple):
    """A link to the older (`prev`) or newer (`next`) post."""

    relation: Relation
    address: str


class Page(NamedTuple):
    """A page as a visitor gets it.

    `links` are those of our block, in their order, and `block` says whether it is there at all.
    `others` are previous and next links outside it. `titles` are all texts that pass for the
    page's title. `hidden` says that search engines are told to leave it out. `why` says in words
    why it is not shown.
    """

    address: str
    shown: Shown
    links: tuple[PageLink, ...] = ()
    others: tuple[PageLink, ...] = ()
    block: bool = False
    titles: tuple[str, ...] = ()
    hidden: bool = False
    why: str = ""


class Ours(NamedTuple):
    """A post of ours that is public, and how its page is to be.

    `title` is empty where the page is compared with the post's source. `links` lead to other posts
    by their ids.
    """

    id: str
    address: str
    title: str
    hidden: bool
    links: tuple[tuple[Relation, str], ...]


def place(address: str) -> str:
    """Return an address in one form, so that two that lead to one page are equal."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return address
    if port in (None, {"https": 443, "http": 80}.get(parts.scheme)):
        port = None
    path = quote(unquote(parts.path), safe="/", errors="replace").rstrip("/")
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{path}?{parts.query}"


def check(
    pages: Mapping[str, Page], posts: Sequence[Ours], mend: str = REPAIR
) -> Iterator[LiveProblem]:
    """Yield what is not right with the pages of our posts, post by post.

    `pages` holds every page that was looked at, by its `place`. What was not looked at is not
    judged, and nobody is called an orphan as long as a page of ours was not. `mend` says what
    mends the links.
    """
    by_id = {post.id: post for post in posts}
    reached = {
        place(link.address)
        for key, page in pages.items()
        for link in page.links
        if place(link.address) != key
    }
    whole = all(place(post.address) in pages for post in posts)
    for post in posts:
        page = pages.get(place(post.address))
        if page is None:
            continue
        if page.shown != "shown":
            yield _problem("not-there", post, f"visitors do not get it: {page.why}", _NOT_THERE)
            continue
        yield from _of_page(post, page)
        found = list(_of_links(post, page, pages, mend))
        if whole and post.links and place(post.address) not in reached:
            found.append(_problem("orphan", post, "no other post leads to it", mend))
        yield from found or _unplanned(post, page, by_id, mend)
    yield from _of_all(pages, posts)


_NOT_THERE = (
    "If somebody took it down on purpose, make its source a draft too. Else `copydesk plan` shows "
    "what brings it back."
)


def _of_page(post: Ours, page: Page) -> Iterator[LiveProblem]:
    """Yield what a page says of itself that it should not."""
    if post.title and not any(_words(post.title) == _words(each) for each in page.titles):
        shown = page.titles[0] if page.titles else ""
        yield _problem(
            "title",
            post,
            f"its title there is “{shown}”, not “{post.title}”" if shown else "it shows no title",
            "Take the words over into the source, or publish the post again.",
            "warning",
        )
    if post.hidden and not page.hidden:
        yield _problem(
            "search-engines",
            post,
            "it is open to search engines, and its source asks for the contrary",
            "The system has no such switch for a post; a plugin for search engines may have.",
            "warning",
        )


def _of_links(
    post: Ours, page: Page, pages: Mapping[str, Page], mend: str
) -> Iterator[LiveProblem]:
    """Yield what is wrong with the links of a page's block."""
    if post.links and not page.links:
        yield _problem(
            "no-links",
            post,
            "its page shows no links to the posts beside it",
            f"{mend} If it still shows none, the theme leaves them out.",
        )
    for link in page.links:
        other = pages.get(place(link.address))
        if other is None:
            continue
        which = _OF[link.relation]
        if other.shown != "shown":
            yield _problem(
                "dead-link",
                post,
                f"its link to the {which} post leads to {link.address}: {other.why}",
                mend,
            )
            continue
        back = [each.address for each in other.links if each.relation == _OPPOSITE[link.relation]]
        if place(page.address) not in map(place, back):
            says = f"that one names {back[0]}" if back else "that one names none"
            yield _problem(
                "one-sided",
                post,
                f"it names {link.address} as the {which} post, but as its "
                f"{_OF[_OPPOSITE[link.relation]]} post {says}",
                mend,
            )


def _unplanned(
    post: Ours, page: Page, by_id: Mapping[str, Ours], mend: str
) -> Iterator[LiveProblem]:
    """Yield where links agree with each other, but not with the order of the posts."""
    wanted = [(relation, by_id[id].address) for relation, id in post.links if id in by_id]
    if len(wanted) != len(post.links):
        return  # a neighbour is not public there, so the next plan has more to say
    shown = [(link.relation, place(link.address)) for link in page.links]
    if sorted(shown) == sorted((each, place(address)) for each, address in wanted):
        return
    told = " and ".join(f"{address} as the {_OF[each]} post" for each, address in wanted)
    yield _problem(
        "other-order",
        post,
        f"its links are not in the order of the posts: it is to name {told or 'no other post'}",
        mend,
        "warning",
    )


def _of_all(pages: Mapping[str, Page], posts: Sequence[Ours]) -> Iterator[LiveProblem]:
    """Yield what a setting or the theme does to pages: one problem for all of them."""
    shown = [(post, pages[place(post.address)]) for post in posts if place(post.address) in pages]
    hidden = [post for post, page in shown if page.hidden and not post.hidden]
    if hidden:
        yield _problem(
            "search-engines",
            hidden[0],
            f"search engines are told to leave out {_number(hidden)}",
            "Look into the settings of the site for search engines, and into those of its plugins.",
            "warning",
        )
    twice = [post for post, page in shown if page.links and page.others]
    if twice:
        yield _problem(
            "second-set",
            twice[0],
            "the theme shows links of its own to the older and the newer post on "
            f"{_number(twice)}, beside ours",
            'Have them taken out of the theme, or leave the links to it: write links = "theme" '
            "for this target into copydesk.toml.",
            "warning",
        )


def _number(posts: Sequence[Ours]) -> str:
    return "this page" if len(posts) == 1 else f"{len(posts)} pages, such as this one"


def _problem(
    kind: str,
    post: Ours,
    message: str,
    help: str,
    severity: Literal["error", "warning"] = "error",
) -> LiveProblem:
    return LiveProblem(kind, post.id, post.address, message, help, severity)


def _words(text: str) -> list[str]:
    """Return the words of a text: systems change quotes, dashes and blanks as they like."""
    return _WORD.findall(text.casefold())
