"""What a person carries over of a post, field by field, so that two versions can be compared."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from copydesk.api import Body, SiteSettings, Wanted
from copydesk_plugins.publishers import filling
from copydesk_plugins.publishers.cms import field_diff

_DATA = "structured data"
#: A post's fields by name. `text` and `structured data` are hashes, `links` is the filled block.
Facts = Mapping[str, str]
Row = tuple[str, str, str]
LookUp = Callable[[str], str]
FIELDS = (
    "title",
    "slug",
    "description",
    "text",
    "links",
    "category",
    "tags",
    "author",
    "published",
    "updated",
    "picture",
    "picture text",
    "canonical",
    "search engines",
    _DATA,
)
HIDDEN = "hidden from them"
_NAV = '<nav data-copydesk="links"'
_NEIGHBOUR = re.compile(r'\brel="(prev|next)" href="([^"]*)"')
_RELATIONS = {"prev": "older post", "next": "newer post"}


def address_of(site: SiteSettings, slug: str) -> str:
    """Return where visitors find a post, or an empty text where the site's address is not known."""
    return site.url + quote(slug, safe="") if site.url and slug else ""


def digest(text: str) -> str:
    """Return a short hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def moment(value: datetime | None) -> str:
    """Return a moment in UTC to the second, or an empty text."""
    if value is None:
        return ""
    try:
        value = value.astimezone(UTC)
    except OverflowError:  # the first and the last day that there are
        value = value.replace(tzinfo=UTC)
    return value.replace(microsecond=0).isoformat()


def block(links: str, site: SiteSettings, address: Callable[[str], str]) -> str:
    """Return what stands below a post, its addresses filled in.

    Where the site's address is not known, nobody could follow the links, so they are left out.
    """
    if not site.url:
        links = links.partition(_NAV)[0]
    return filling.fill_posts(links, address).strip()


def facts_of(
    wanted: Wanted,
    body: Body,
    slug: str,
    site: SiteSettings,
    address: Callable[[str], str],
) -> dict[str, str]:
    """Return the fields of a post as its source is now."""
    data = "\n".join(filling.fill_data(body.data, address))
    author = ", ".join(each for each in (wanted.author, wanted.author_credential) if each)
    return {
        "title": wanted.title,
        "slug": slug,
        "description": wanted.description,
        "text": digest(text_of(body, address)),
        "links": block(body.links, site, address),
        "category": wanted.category,
        "tags": ", ".join(wanted.tags),
        "author": author,
        "published": moment(wanted.published),
        "updated": moment(wanted.updated),
        "picture": body.image,
        "picture text": wanted.image_alt if body.image else "",
        "canonical": wanted.canonical,
        "search engines": HIDDEN if wanted.noindex else "",
        _DATA: digest(data) if data else "",
    }


def text_of(body: Body, address: Callable[[str], str]) -> str:
    """Return the body of a post with the addresses of other posts filled in."""
    return filling.fill_posts(body.html, address).strip()


def changed(old: Facts, new: Facts) -> tuple[str, ...]:
    """Return the fields in which two versions differ, in their order.

    Few hosts have a place for structured data, so it alone is no reason to open a page there.
    """
    found = tuple(name for name in FIELDS if old.get(name, "") != new.get(name, ""))
    return found if set(found) - {"links", _DATA} else tuple(x for x in found if x != _DATA)


def rows(old: Facts, new: Facts, text: LookUp) -> Iterator[Row]:
    """Yield (field, old, new) for what differs; `text` returns the body that a hash stands for."""
    for name in changed(old, new):
        before, after = old.get(name, ""), new.get(name, "")
        if name == "links":
            yield from _neighbours(before, after)
        elif name == "text":
            first, second = text(before), text(after)
            found = list(field_diff.rows({"body": first}, {"body": second})) if first else []
            yield from found or [("body", "", "changed")]
        elif name == _DATA:
            yield (name, "an older version" if before else "", "a newer version" if after else "")
        else:
            yield (name, before, after)


def _neighbours(old: str, new: str) -> Iterator[Row]:
    before, after = dict(_NEIGHBOUR.findall(old)), dict(_NEIGHBOUR.findall(new))
    found = [
        (name, before.get(rel, ""), after.get(rel, ""))
        for rel, name in _RELATIONS.items()
        if before.get(rel) != after.get(rel)
    ]
    yield from found or [("below the post", "", "changed")]
