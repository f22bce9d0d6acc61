"""One item of a WXR file as a post, under the names that things have here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, NamedTuple
from urllib.parse import unquote

from copydesk.api import Exported
from copydesk_plugins.publishers.archives.wordpress_html import readable
from copydesk_plugins.publishers.archives.xml_items import Item
from copydesk_plugins.publishers.losses import plain
from copydesk_plugins.publishers.wordpress.marks import find_part, without_part

_STATES: Mapping[str, Literal["published", "scheduled", "draft"]] = {
    "publish": "published",
    "future": "scheduled",
}
_PRIVATE = "Only people who were logged in saw it there. Here it is a draft."
_LOCKED = "It was protected by a password there. Here it is a draft."
_PENDING = "It waited for a review there. Here it is a draft."
_BUILDER = (
    "It was made with a page builder (Elementor). Hold the draft against the page: what the "
    "builder adds by itself is not in the export."
)


class Blog(NamedTuple):
    """What posts of a file refer to: where they are at home, authors by login, pictures by number.

    A picture is its address and its alternative text.
    """

    home: str
    hosts: tuple[str, ...]
    authors: Mapping[str, str]
    pictures: Mapping[str, tuple[str, str]]


def post_of(item: Item, number: int, address: str, blog: Blog) -> Exported:
    """Return an item as a post; `number` counts items, for those that have no id."""
    fields = item.fields
    content = fields.get("content:encoded", "")
    part = find_part(content)
    text = readable(without_part(content, part))
    published = _date(fields, "wp:post_date_gmt") or _pub_date(fields)
    state, said = _state(fields)
    image, image_alt = blog.pictures.get(item.meta.get("_thumbnail_id", "").strip(), ("", ""))
    category, tags, others, told = _terms(item)
    login = fields.get("dc:creator", "").strip()
    if item.mended:
        lines = ", ".join(map(str, item.mended[:5]))
        told.append(f"Signs that are no text became question marks (line {lines} of the export).")
    if "_elementor_edit_mode" in item.meta:
        told.append(_BUILDER)
    return Exported(
        remote=fields.get("wp:post_id", "").strip()
        or fields.get("guid", "").strip()
        or f"{number}",
        key=item.meta.get("_copydesk_id", "").strip() or (part.key if part else ""),
        title=plain(fields.get("title", "")),
        html=text.html,
        state=state,
        slug=unquote(fields.get("wp:post_name", "").strip()).rpartition("/")[2],
        address=address,
        published=published,
        updated=_updated(fields, published),
        description=plain(fields.get("excerpt:encoded", "")) or _first(item, "metadesc"),
        category=category,
        tags=tags,
        author=blog.authors.get(login) or login,
        image=image,
        image_alt=image_alt,
        canonical=_first(item, "canonical"),
        more=_more(item),
        others=others,
        omissions=text.omissions,
        notes=(*said, *told, *text.notes),
        losses=text.losses,
        line=item.line,
    )


def _state(
    fields: Mapping[str, str],
) -> tuple[Literal["published", "scheduled", "draft"], tuple[str, ...]]:
    status = fields.get("wp:status", "").strip()
    if fields.get("wp:post_password", "").strip():
        return "draft", (_LOCKED,)
    if status in _STATES:
        return _STATES[status], ()
    notes = {"private": _PRIVATE, "pending": _PENDING, "draft": ""}
    said = notes.get(status, f"Its state there was “{status[:40]}”. Here it is a draft.")
    return "draft", (said,) if said and status else ()


def _date(fields: Mapping[str, str], name: str) -> datetime | None:
    """Return a date in UTC; drafts have one of noughts."""
    said = fields.get(name, "").strip()
    if said.startswith("0000"):
        return None
    try:
        return datetime.strptime(said, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _pub_date(fields: Mapping[str, str]) -> datetime | None:
    try:
        found = parsedate_to_datetime(fields.get("pubDate", "").strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _updated(fields: Mapping[str, str], published: datetime | None) -> datetime | None:
    found = _date(fields, "wp:post_modified_gmt")
    return found if found and published and found > published else None


def _terms(
    item: Item,
) -> tuple[str, tuple[str, ...], dict[str, str | tuple[str, ...]], list[str]]:
    """Return category, tags, the terms of other kinds, and what is to be said of them."""
    by_kind: dict[str, list[str]] = {}
    notes = []
    for domain, name in item.terms:
        if plain(name):
            by_kind.setdefault(domain or "category", []).append(plain(name))
    categories = tuple(dict.fromkeys(by_kind.pop("category", [])))
    tags = tuple(dict.fromkeys(by_kind.pop("post_tag", by_kind.pop("tag", []))))
    others: dict[str, str | tuple[str, ...]] = {
        kind: tuple(dict.fromkeys(names)) for kind, names in by_kind.items()
    }
    if len(categories) > 1:
        others["categories"] = categories
        notes.append("A post has one category here: the first. All stay under categories.")
    return (categories[0] if categories else ""), tags, others, notes


def _first(item: Item, what: str) -> str:
    """Return what one of the plugins for search results knows of a post."""
    names = {
        "metadesc": ("_yoast_wpseo_metadesc", "rank_math_description"),
        "canonical": ("_yoast_wpseo_canonical", "rank_math_canonical_url"),
        "keyphrase": ("_yoast_wpseo_focuskw", "rank_math_focus_keyword"),
    }
    found = (plain(item.meta.get(each, "")) for each in names[what])
    return next((each for each in found if each and "%%" not in each), "")


def _more(item: Item) -> dict[str, str | tuple[str, ...]]:
    found: dict[str, str | tuple[str, ...]] = {}
    if keyphrase := _first(item, "keyphrase").partition(",")[0].strip():
        found["keyphrase"] = keyphrase
    if item.meta.get("_yoast_wpseo_meta-robots-noindex", "").strip() == "1":
        found["noindex"] = "true"
    return found
