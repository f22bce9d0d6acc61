"""What a hand-over page shows of a post: one field after the other, each ready to be copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Literal, NamedTuple

from copydesk.api import SiteSettings, day, local_time
from copydesk_plugins.publishers.cms.field_diff import words
from copydesk_plugins.publishers.handing.facts import Facts, address_of

_PICTURE = re.compile(r'<img\b([^<>]*?) ?src="assets/([^"<>/]+)"([^<>]*)>')
_FILE = re.compile(r'<a\b[^<>]*?href="assets/([^"<>/]+)"[^<>]*>(.*?)</a>', re.S)
_ALT = re.compile(r'\balt="([^"]*)"')
_PART = re.compile(r"</(?:p|li|h[1-6]|t[dhr]|dt|dd|figcaption|pre|summary|blockquote)>")
#: Parts of a text that are shown before and after; more would hide what they are.
_SHOWN = 40


class Field(NamedTuple):
    """One field: what to call it, its value as text, and, for rich ones, as HTML.

    `was` and `now` are parts that were taken out and put in; `was` alone is the whole old value.
    """

    name: str
    label: str
    value: str
    kind: Literal["plain", "rich", "code", "told"] = "plain"
    html: str = ""
    note: str = ""
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


class File(NamedTuple):
    """A picture or another file of a text, which has to be uploaded by hand."""

    name: str
    alt: str
    picture: bool


class Text(NamedTuple):
    """The body of a post as it was and as it is, and its structured data."""

    html: str
    old: str = ""
    data: str = ""


def pasteable(html: str) -> tuple[str, tuple[File, ...]]:
    """Return a body that can be pasted anywhere, and the files that have to be uploaded by hand.

    Where a file stands in the text, a line in brackets says so.
    """
    files: dict[str, File] = {}

    def picture(match: re.Match[str]) -> str:
        found = _ALT.search(match[1]) or _ALT.search(match[3])
        alt = unescape(found[1]) if found else ""
        files.setdefault(match[2], File(match[2], alt, True))
        return f"<strong>[Put the picture {match[2]} here]</strong>"

    def file(match: re.Match[str]) -> str:
        files.setdefault(match[1], File(match[1], "", False))
        return f"{match[2]} <strong>[Link this to the file {match[1]}]</strong>"

    html = _FILE.sub(file, _PICTURE.sub(picture, html))
    return html, tuple(files.values())


def fields(site: SiteSettings, facts: Facts, base: Facts, text: Text) -> Iterator[Field]:
    """Yield the fields of a post that hold something, or held something before.

    `base` is what stands on the site; it is empty for a new post.
    """
    html, _ = pasteable(text.html)
    old, _ = pasteable(text.old)
    address = address_of(site, facts.get("slug", ""))
    whole = f"The whole address has to be {address}" if address else ""
    rich = {"text": html, "links": facts.get("links", "")}
    shown = {
        "published": _when(facts.get("published", ""), site.timezone),
        "updated": _when(facts.get("updated", ""), site.timezone),
        "structured data": _script(text.data),
    }
    for name, label, kind, note in _FIELDS:
        value = shown.get(name, facts.get(name, ""))
        before = base.get(name, "")
        if not (value or before):
            continue
        field = Field(
            name, label, value, kind, rich.get(name, ""), whole if name == "slug" else note
        )
        if base and before != facts.get(name, ""):
            field = _with_old(field, before, old, site)
        yield field


def _with_old(field: Field, before: str, old: str, site: SiteSettings) -> Field:
    if field.name == "text":
        was, now = _differing(_parts(old), _parts(field.html)) if old else ((), ())
        return field._replace(was=was, now=now)
    if field.name == "links":
        return field._replace(was=tuple(_parts(before)))
    if field.name == "structured data":
        return field
    if field.name in ("published", "updated"):
        before = _when(before, site.timezone)
    return field._replace(was=(before or "nothing",))


#: Name, label, kind and a word of advice, in the order in which people fill in a new post.
_FIELDS: tuple[tuple[str, str, Literal["plain", "rich", "code", "told"], str], ...] = (
    ("title", "Title", "plain", "It is the SEO title, too, where the host asks for one."),
    ("slug", "Address", "plain", ""),
    ("text", "Text", "rich", ""),
    (
        "links",
        "Links below the text",
        "rich",
        "Paste them below the text as a block of their own: they are replaced when the posts "
        "before or after this one change.",
    ),
    ("description", "Description", "plain", "For the excerpt and for the SEO description."),
    ("category", "Category", "plain", ""),
    ("tags", "Tags", "plain", ""),
    ("author", "Author", "plain", ""),
    ("published", "Date", "plain", ""),
    ("updated", "Date of the last change", "plain", "Many hosts set it by themselves."),
    ("picture", "Picture", "told", ""),
    ("picture text", "Alternative text of the picture", "plain", ""),
    ("canonical", "Canonical address", "plain", "Only where the host has a field for it."),
    (
        "search engines",
        "Search engines",
        "told",
        "Tell the host to hide this page from search engines.",
    ),
    (
        "structured data",
        "Structured data",
        "code",
        "Only where the host has a place for code in the head of this one page.",
    ),
)


def labels(names: tuple[str, ...]) -> str:
    """Return the labels of fields in one line, for a list."""
    return ", ".join(label for name, label, _, _ in _FIELDS if name in names)


def _when(text: str, zone: str) -> str:
    """Return a moment of the facts as people write it, with its time zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return f"{day(found, zone)}, {local_time(found, zone):%H:%M} ({zone or 'UTC'})"


def _script(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>' if data else ""


def _parts(html: str) -> list[str]:
    """Return the paragraphs and other parts of a text as people read them."""
    return [line for part in _PART.split(html) if (line := words(part))]


def _differing(old: list[str], new: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the parts of two texts between their equal beginning and their equal end."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return _some(old[first : len(old) - last]), _some(new[first : len(new) - last])


def _some(parts: list[str]) -> tuple[str, ...]:
    more = (f"and {len(parts) - _SHOWN} more parts",) if len(parts) > _SHOWN else ()
    return (*parts[:_SHOWN], *more)
