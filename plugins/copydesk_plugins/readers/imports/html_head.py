"""What the head of a page knows of it: title, description, date, author."""

from __future__ import annotations

import re
from html import unescape

from bs4.element import Tag

from copydesk_plugins.readers.html_tree import PlacedTag

_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_KEYS = {
    "description": "description",
    "og:description": "description",
    "author": "author",
    "article:author": "author",
    "article:published_time": "published",
    "article:modified_time": "updated",
}
_DATES = frozenset({"published", "updated"})
#: No value of the front matter is longer.
_LONGEST = 1000


def page_title(soup: Tag, html: str) -> str:
    """Return what stands in `<title>`."""
    tag = _title(soup)
    return _words(tag, html) if tag is not None and tag.end > tag.inner_end else ""


def unclosed_title(soup: Tag, html: str) -> str:
    """Return what a `<title>` without an end has swallowed: the whole rest of the page."""
    tag = _title(soup)
    return _words(tag, html) if tag is not None and tag.end == tag.inner_end else ""


def _title(soup: Tag) -> PlacedTag | None:
    tag = soup.find("title")
    return tag if isinstance(tag, PlacedTag) and tag.find_parent("svg") is None else None


def _words(tag: PlacedTag, html: str) -> str:
    return " ".join(unescape(html[tag.inner : tag.inner_end]).split())


def base_of(soup: Tag) -> str:
    """Return the address that `<base>` names for relative ones to begin at, if any."""
    tag = soup.find("base")
    return str(tag.get("href") or "") if isinstance(tag, Tag) else ""


def described(soup: Tag) -> dict[str, str | tuple[str, ...]]:
    """Return what the head says, under our keys; what is unknown or doubtful is not there."""
    found: dict[str, str | tuple[str, ...]] = {}
    tags: list[str] = []
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        said = " ".join(str(meta.get("content") or "").split())
        if not said or len(said) > _LONGEST:
            continue
        if name == "article:tag":
            tags.append(said)
        key = _KEYS.get(name, "")
        # An author may be given as an address of a profile: that is no name.
        doubtful = (key in _DATES and not _DATE.fullmatch(said)) or (
            key == "author" and "://" in said
        )
        if key and not doubtful:
            found.setdefault(key, said)
    if tags:
        found["tags"] = tuple(dict.fromkeys(tags))
    return found
