"""What our own pages say of themselves, and changing their links without the rest.

Pages are written by `pages.py`, so plain patterns are enough: in everything that comes from a
post, `<` in text and `"` in attributes are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from copydesk.api import Hashes, LedgerEntry, Wanted
from copydesk_plugins.publishers import filling

_TAG = re.compile(r"<[a-zA-Z][^\s>/]*(?:\s+[^\s\"'>/=]+(?:=\"[^\"]*\")?)*\s*/?>")
_HREF = re.compile(r'\shref="copydesk:([^"#]*)(#[^"]*)?"')
_LOCAL = re.compile(r'(\s(?:href|src)=")(?![a-zA-Z][a-zA-Z0-9+.-]*:|//)([^"]*)"')
_REL = re.compile(r'\srel="(?:[^"]*\s)?(prev|next)(?:\s[^"]*)?"')
_DATA = re.compile(r'<script type="application/ld\+json">([^<]*)</script>\n')
_HEAD_LINK = re.compile(r'<link rel="(prev|next)" href="([^"]*)">\n')
_MARK = re.compile(
    r'<meta name="copydesk" content="(post|preview|page)=([^\s"]+)'
    r'(?: content=([^\s"]*) text=([^\s"]*))?">'
)
_LINE = re.compile(r'<p data-copydesk="line">([^<]*)</p>')
_META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')
_ASSET = re.compile(r'\s(?:href|src)="assets/([^"/#?]+)"')


class Mark(NamedTuple):
    """Our mark: what kind of page this is, of which post, and two of its hashes."""

    kind: str
    id: str
    content: str
    text: str


def fill(html: str, address: Callable[[str], str]) -> str:
    """Give the posts that a text links to by id the addresses of their files.

    `address` returns an empty text for a post that is not public: that link goes, its words stay.
    """
    return filling.fill_posts(html, lambda id: quote(address(id)))


def neighbours(links: str) -> list[tuple[str, str]]:
    """Return the relation and id of each neighbour that a links block names."""
    return [
        (rel[1], href[1])
        for tag in _TAG.finditer(links)
        if (rel := _REL.search(tag[0])) and (href := _HREF.search(tag[0]))
    ]


def neighbour_files(links: str, address: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return the relation and file of each neighbour that is public."""
    return [(rel, key) for rel, id in neighbours(links) if (key := address(id))]


def absolute(html: str, base: str) -> str:
    """Make the relative addresses of a text absolute, seen from the page at `base`."""

    def one(match: re.Match[str]) -> str:
        try:
            return f'{match[1]}{urljoin(base, match[2])}"'
        except ValueError:  # not an address at all: leave it as the author wrote it
            return match[0]

    return _TAG.sub(lambda tag: _LOCAL.sub(one, tag[0]), html)


def head_links(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the lines for the head that name the neighbours' files."""
    return "".join(f'<link rel="{rel}" href="{quote(key)}">\n' for rel, key in pairs)


def with_links(page: str, links: str, pairs: Sequence[tuple[str, str]], content: str = "") -> str:
    """Return a page of ours with another block below the post and every other byte as it was.

    `links` is that block with its addresses filled in, or empty. `content` is the content hash
    to put into the mark; without it the mark stays.
    """
    head, end_of_head, rest = page.partition("</head>")
    head = _HEAD_LINK.sub("", head) + head_links(pairs)
    head = _DATA.sub(lambda found: found[0] if filling.still_true(found[1], links) else "", head)
    if content:
        head = _MARK.sub(lambda m: m[0].replace(f" content={m[3]} ", f" content={content} "), head)
    end = rest.rfind("</main>")
    start = rest.rfind("</article>", 0, end)
    if start < 0:
        return page
    block = f"{links.strip()}\n" if links.strip() else ""
    return f"{head}{end_of_head}{rest[:start]}</article>\n{block}{rest[end:]}"


def same_but_reviews(one: str, other: str) -> bool:
    """Say whether two pages of ours differ in nothing but what search engines are told of a review.

    That goes with the line below the post and is no change of its own.
    """

    def bare(page: str) -> str:
        return _DATA.sub(lambda found: found[0] if filling.still_true(found[1], "") else "", page)

    return one == other or bare(one) == bare(other)


def linked(page: str) -> dict[str, str]:
    """Return the files of a page's neighbours by relation, as its head names them."""
    head = page.partition("</head>")[0]
    return {rel: unquote(href) for rel, href in _HEAD_LINK.findall(head)}


def lines(page: str) -> list[str]:
    """Return the lines that stand below the post on a page of ours."""
    return [unescape(line) for line in _LINE.findall(page[page.rfind("</article>") :])]


def copy_of(page: str) -> str:
    """Return the body of the post on a page of ours, or an empty text."""
    start = page.find('<div class="copy">\n')
    end = page.rfind("\n</div>\n</article>")
    return page[start + len('<div class="copy">\n') : end] if 0 <= start < end else ""


def local_links(page: str) -> set[str]:
    """Return the files that the body of a page links to."""
    return {
        unquote(match[2].partition("#")[0])
        for tag in _TAG.finditer(copy_of(page))
        if (match := _LOCAL.search(tag[0]))
    }


def assets_of(page: str) -> tuple[str, ...]:
    """Return the names of the files in `assets/` that a page uses."""
    return tuple(
        sorted(
            {
                unquote(unescape(name))
                for tag in _TAG.finditer(page)
                for name in _ASSET.findall(tag[0])
            }
        )
    )


def mark_of(page: str) -> Mark | None:
    """Return our mark on a page, or None where the page is not ours."""
    found = _MARK.search(page.partition("</head>")[0])
    return Mark(found[1], found[2], found[3] or "", found[4] or "") if found else None


def entry_of(page: str, key: str, sha: str, wanted: Mapping[str, Wanted]) -> LedgerEntry | None:
    """Return what a page of ours tells about its post, for the ledger.

    The source's key and the series are not on the page; they come from the site as it is.
    """
    mark = mark_of(page)
    if mark is None or mark.kind != "post":
        return None
    meta = {name: unescape(value) for name, value in _META.findall(page.partition("</head>")[0])}
    source = wanted.get(mark.id)
    return LedgerEntry(
        id=mark.id,
        key=source.key if source else "",
        address=key,
        title=meta.get("og:title", ""),
        published=meta.get("article:published_time", ""),
        updated=meta.get("article:modified_time", ""),
        description=meta.get("description", ""),
        category=meta.get("article:section", ""),
        series=source.series if source else None,
        author=meta.get("author", ""),
        noindex="noindex" in meta.get("robots", ""),
        hashes=Hashes(mark.content, sha, sha),
        text=mark.text,
        files=assets_of(page),
    )
