"""Posts as WordPress answers them, in the words of `Held`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from copydesk_plugins.publishers.cms.remote import Held, State
from copydesk_plugins.publishers.wordpress import shapes
from copydesk_plugins.publishers.wordpress.marks import find_part, without_part

#: All that is asked of a post: nothing that WordPress would have to render.
FIELDS = (
    "id,status,slug,link,date_gmt,modified_gmt,title.raw,content.raw,excerpt.raw,"
    "categories,tags,featured_media,permalink_template,generated_slug,password"
)
#: What others may know of a public post: its texts are those that visitors get.
PUBLIC_FIELDS = (
    "id,status,slug,link,date_gmt,modified_gmt,title.rendered,content.rendered,"
    "categories,tags,featured_media"
)
EVERY_STATUS = "publish,future,draft,pending,private"
TRASHED = "__trashed"
_STATES: Mapping[str, State] = {"publish": "public", "future": "scheduled", "trash": "trashed"}


class Raw(NamedTuple):
    """A post as WordPress stores it: what `restore` writes back, and the hour of its last change.

    Texts are as they are stored, or where `stored` is false as visitors get them. Terms and the
    picture are numbers. `locked` says that visitors are asked for a password, which is not kept.
    """

    id: int
    status: str
    slug: str
    title: str
    content: str
    excerpt: str
    date_gmt: str
    modified_gmt: str
    categories: tuple[int, ...]
    tags: tuple[int, ...]
    featured_media: int
    address: str
    stored: bool = True
    locked: bool = False


def raw_post(value: Mapping[str, Any]) -> Raw:
    """Return a post out of an answer; raises shapes.Odd."""
    status, slug = shapes.text(value, "status"), shapes.text(value, "slug")
    date = shapes.moment(value, "date_gmt")
    kind = "raw" if shapes.field(value, "content", "raw") is not None else "rendered"
    return Raw(
        shapes.number(value, "id"),
        status,
        slug,
        shapes.text(value, "title", kind),
        shapes.text(value, "content", kind),
        shapes.text(value, "excerpt", "raw") if kind == "raw" else "",
        date.strftime("%Y-%m-%dT%H:%M:%SZ") if date else "",
        shapes.text(value, "modified_gmt"),
        shapes.numbers(value, "categories"),
        shapes.numbers(value, "tags"),
        shapes.number(value, "featured_media"),
        _address(value, status, slug),
        kind == "raw",
        bool(shapes.text_or_none(value, "password")),
    )


def _address(value: Mapping[str, Any], status: str, slug: str) -> str:
    """Return what visitors get, or will get: empty where that cannot be known."""
    if status == "publish":
        return _on_the_web(shapes.text_or_none(value, "link"))
    if status == "trash":
        return ""
    template = shapes.text_or_none(value, "permalink_template")
    slug = slug or shapes.text_or_none(value, "generated_slug")
    if "%postname%" not in template or not slug:
        return ""
    return _on_the_web(template.replace("%postname%", slug))


def _on_the_web(address: str) -> str:
    return address if is_address(address) else ""


def is_address(address: str) -> bool:
    """Say whether something is an address that visitors can be sent to."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def held_post(raw: Raw, names: Mapping[int, str], alts: Mapping[int, str]) -> Held:
    """Return a post in common words; `names` are those of its terms, `alts` of its picture."""
    part = find_part(raw.content)
    date = shapes.moment({"date": raw.date_gmt or None}, "date")
    slug = raw.slug.removesuffix(TRASHED) if raw.status == "trash" else raw.slug
    return Held(
        remote=str(raw.id),
        key=part.key if part else "",
        text=part.text if part else "",
        state="draft" if raw.locked else _STATES.get(raw.status, "draft"),
        slug=unquote(slug),
        address=raw.address,
        revision=_revision(raw),
        title=unescape(raw.title),
        description=unescape(raw.excerpt),
        published=date,
        body=without_part(raw.content, part),
        block=part.block if part else "",
        category=tuple(names[each] for each in raw.categories if each in names),
        tags=tuple(names[each] for each in raw.tags if each in names),
        image=str(raw.featured_media or ""),
        image_alt=alts.get(raw.featured_media, ""),
        data="\n".join(part.data) if part else "",
        bar=_bar(raw),
        raw=_kept(raw),
    )


def _bar(raw: Raw) -> str:
    """Return why a post is not for everybody, where a person made it so."""
    if raw.status == "private":
        return "a person made it private there, so it was not made public"
    if raw.locked:
        return "a person protected it there by a password, so visitors do not see it"
    return ""


def _kept(raw: Raw) -> dict[str, Any]:
    """Return what `raw_of` makes the same of, after a way through JSON too.

    Nothing of posts of other people: what visitors get is never written back.
    """
    if not raw.stored:
        return {}
    return {**raw._asdict(), "categories": list(raw.categories), "tags": list(raw.tags)}


def _revision(raw: Raw) -> str:
    """Return what changes with every write: the hour counts seconds only, so all fields count."""
    fields = json.dumps(raw._replace(address="")).encode()
    return f"{raw.modified_gmt} {hashlib.sha256(fields).hexdigest()[:16]}"


def raw_of(kept: Mapping[str, Any]) -> Raw:
    """Return what `Held.raw` held, also after a way through JSON; raises shapes.Odd."""
    return Raw(
        shapes.number(kept, "id"),
        shapes.text(kept, "status"),
        shapes.text(kept, "slug"),
        shapes.text(kept, "title"),
        shapes.text(kept, "content"),
        shapes.text(kept, "excerpt"),
        shapes.text(kept, "date_gmt"),
        shapes.text(kept, "modified_gmt"),
        tuple(shapes.numbers({"x": list(kept.get("categories", ()))}, "x")),
        tuple(shapes.numbers({"x": list(kept.get("tags", ()))}, "x")),
        shapes.number(kept, "featured_media"),
        shapes.text(kept, "address"),
        locked=bool(kept.get("locked")),
    )
