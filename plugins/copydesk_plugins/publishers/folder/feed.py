"""The feed (Atom, RFC 4287) and the sitemap (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from copydesk.api import SiteSettings
from copydesk_plugins.publishers.folder import marks
from copydesk_plugins.publishers.folder.pages import Item
from copydesk_plugins.publishers.page_kit import clean

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: How many posts a feed holds: readers ask often, and keep what they have seen.
NEWEST = 20
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def feed(site: SiteSettings, items: Sequence[Item], copy: Callable[[str], str]) -> bytes:
    """Return the Atom feed of the newest posts.

    `items` are sorted, newest first; `copy` returns the body of a post by id, or an empty
    text. Nothing depends on the time of the run.
    """
    from xml.etree.ElementTree import Element

    items = items[:NEWEST]
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": site.language})
    _add(root, "id", _id(site, ""))
    _add(root, "title", site.title or "All posts")
    if site.description:
        _add(root, "subtitle", site.description)
    _add(root, "updated", _time(max((_changed(item) for item in items), default=_NEVER)))
    _add(root, "link", rel="self", type="application/atom+xml", href=site.url + "feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=site.url or "index.html")
    _add(_add(root, "author"), "name", site.title or "The authors")
    _add(root, "generator", "Copydesk")
    for item in items:
        _entry(root, site, item, copy(item.id))
    return _bytes(root)


def _entry(root: Element, site: SiteSettings, item: Item, copy: str) -> None:
    address = site.url + quote(item.address)
    entry = _add(root, "entry")
    _add(entry, "id", _id(site, item.id))
    _add(entry, "title", item.title)
    _add(entry, "updated", _time(_changed(item)))
    if item.published:
        _add(entry, "published", _time(item.published))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    if item.author:
        _add(_add(entry, "author"), "name", item.author)
    if item.category:
        _add(entry, "category", term=clean(item.category))
    if item.description:
        _add(entry, "summary", item.description)
    if copy:
        content = marks.absolute(copy, address) if site.url else copy
        _add(entry, "content", content, type="html")


def sitemap(site: SiteSettings, items: Sequence[Item]) -> bytes:
    """Return the sitemap; the site's address must be known."""
    from xml.etree.ElementTree import Comment, Element

    root = Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    root.append(Comment("Written by Copydesk"))
    _add(_add(root, "url"), "loc", site.url)
    for item in items:
        url = _add(root, "url")
        _add(url, "loc", site.url + quote(item.address))
        if item.published or item.updated:
            _add(url, "lastmod", _time(_changed(item)))
    return _bytes(root)


def _id(site: SiteSettings, post: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site.url or site.title}#{post}')}"


def _changed(item: Item) -> datetime:
    return item.updated or item.published or _NEVER


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    from xml.etree.ElementTree import SubElement

    child = SubElement(parent, name, attributes)
    child.text = clean(text) or None
    return child


def _bytes(root: Element) -> bytes:
    from xml.etree.ElementTree import indent, tostring

    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
