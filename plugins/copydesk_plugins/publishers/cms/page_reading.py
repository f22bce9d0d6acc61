"""A page of the live site as a visitor gets it: its links, its titles, and its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from copydesk_plugins.publishers.cms.chain_check import Page, PageLink, Relation, Shown, place

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

#: What themes call the links to the posts beside one that they print without a `rel`.
_CLASSES: Mapping[str, Relation] = {
    "nav-previous": "prev",
    "nav-prev": "prev",
    "prev-post": "prev",
    "previous-post": "prev",
    "post-navigation-link-previous": "prev",
    "nav-next": "next",
    "next-post": "next",
    "post-navigation-link-next": "next",
}
_LOGINS = ("/wp-login.php", "/private/", "/ghost/")
_RELATIONS: Mapping[str, Relation] = {"prev": "prev", "previous": "prev", "next": "next"}


class Visit(NamedTuple):
    """What a visitor got for an address: a status, where it led in the end, and the page.

    `status` is 0 where there was no answer, and `why` then says why.
    """

    address: str
    status: int
    leads_to: str = ""
    body: bytes = b""
    why: str = ""
    robots: str = ""


def soup_of(body: bytes) -> BeautifulSoup:
    """Return a page as a tree."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(body, "html.parser")


def read_page(visit: Visit, soup: BeautifulSoup | None) -> Page:
    """Return what a page says; `soup` is its tree, or None where there was no page."""
    shown, why = _shown(visit, soup)
    if shown != "shown" or soup is None:
        return Page(visit.address, shown, why=why)
    blocks = own_blocks(soup)
    return Page(
        visit.address,
        "shown",
        links=tuple(link for block in blocks for link in _links(block, visit.address)),
        others=tuple(_others(soup, visit.address)),
        block=bool(blocks),
        titles=tuple(_titles(soup)),
        hidden="noindex" in f"{visit.robots} {_robots(soup)}".lower(),
    )


def own_blocks(soup: Tag) -> list[Tag]:
    """Return our marked blocks."""
    return list(soup.select('nav[data-copydesk="links"]'))


def _shown(visit: Visit, soup: BeautifulSoup | None) -> tuple[Shown, str]:
    if not visit.status:
        return "failed", visit.why
    path = urlsplit(visit.leads_to).path
    if visit.status in (401, 403) or path.endswith(_LOGINS) or _asks_for_password(soup):
        return "closed", "it is behind a login or a password"
    if visit.status in (404, 410):
        return "gone", f"there is nothing at its address (status {visit.status})"
    if visit.status != 200:
        return "failed", f"the site answers with an error (status {visit.status})"
    if visit.leads_to and place(visit.leads_to) != place(visit.address):
        return "moved", f"its address leads on to {visit.leads_to}"
    return "shown", ""


def _asks_for_password(soup: BeautifulSoup | None) -> bool:
    return soup is not None and soup.select_one("form.post-password-form") is not None


def _links(block: Tag, address: str) -> Iterator[PageLink]:
    """Yield the previous and next links of a part of a page, with whole addresses."""
    for link in block.select("a[href]"):
        for relation in _relations(link):
            yield PageLink(relation, _whole(address, link))


def _others(soup: BeautifulSoup, address: str) -> Iterator[PageLink]:
    """Yield the previous and next links that are not ours and lead to another page."""
    ours = {id(link) for block in own_blocks(soup) for link in block.select("a")}
    for link in soup.select("a[href]"):
        if id(link) in ours:
            continue
        goal = _whole(address, link)
        found = _relations(link) or _called(link)
        if found and place(goal) != place(address) and not _is_part_of(goal, address):
            yield PageLink(found[0], goal)


def _is_part_of(goal: str, address: str) -> bool:
    """Say whether an address is a further page of the same post, as `/post/2/`."""
    start, _, rest = place(goal).rpartition("/")
    return start == place(address).rstrip("?") and rest.rstrip("?").isdecimal()


def _relations(link: Tag) -> list[Relation]:
    return [_RELATIONS[each] for each in _tokens(link, "rel") if each in _RELATIONS]


def _called(link: Tag) -> list[Relation]:
    """Return what a theme calls a link, or the element right around it."""
    names = [*_tokens(link, "class"), *(_tokens(link.parent, "class") if link.parent else ())]
    return [_CLASSES[each] for each in names if each in _CLASSES]


def _tokens(tag: Tag, name: str) -> list[str]:
    value = tag.get(name) or ""
    return (value if isinstance(value, str) else " ".join(value)).lower().split()


def _whole(address: str, link: Tag) -> str:
    href = str(link.get("href", "")).strip()
    try:
        return urljoin(address, href)
    except ValueError:
        return href


def _titles(soup: BeautifulSoup) -> list[str]:
    """Return every text that may be the title, the likeliest first.

    Some themes give the first heading to the name of the site, and the second to the post.
    """
    found = [*soup.select("h1"), *soup.select("h2")] or soup.select("title")
    return [" ".join(tag.get_text(" ").split()) for tag in found]


def _robots(soup: BeautifulSoup) -> str:
    return " ".join(str(tag.get("content", "")) for tag in soup.select('meta[name="robots" i]'))
