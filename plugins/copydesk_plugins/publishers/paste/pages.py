"""The hand-over pages: each holds all it needs and works without a network or a server."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.api import LedgerEntry, SiteSettings, page_templates
from copydesk_plugins.publishers.handing.facts import address_of, changed
from copydesk_plugins.publishers.handing.records import Handed, handed
from copydesk_plugins.publishers.page_kit import clean
from copydesk_plugins.publishers.paste.desk import page_key, record_line
from copydesk_plugins.publishers.paste.fields import Field, Text, fields, labels, pasteable

_HERE = Path(__file__).parent / "templates"
_LINKS = re.compile(r"<!--copydesk:links-->.*?<!--/copydesk:links-->", re.S)
_RECORD = re.compile(r'<script type="application/json" data-copydesk="record">[^<]*</script>')


def task_of(mine: Handed, public: bool) -> str:
    """Return what a person has to do with a post: new, change, links or down."""
    if not public:
        return "down"
    if not mine.there:
        return "new"
    return "links" if changed(mine.there, mine.now) == ("links",) else "change"


def post_page(site: SiteSettings, entry: LedgerEntry, text: Text, language: str) -> str:
    """Return the page of a post that is new or changed."""
    mine = handed(entry)
    task = task_of(mine, entry.public)
    found = list(fields(site, mine.now, mine.there, text))
    differ = changed(mine.there, mine.now) if mine.there else tuple(mine.now)
    return _render(
        "post.html",
        site=site,
        title=entry.title,
        task=task,
        fields=[each for each in found if each.name in differ],
        others=[each for each in found if each.name not in differ],
        files=pasteable(text.html)[1],
        text_differs="text" in differ,
        **_about(site, entry, mine, language),
    )


def short_page(site: SiteSettings, entry: LedgerEntry, language: str) -> str:
    """Return the page of a post that gets other links only, or that has to be taken down."""
    mine = handed(entry)
    task = task_of(mine, entry.public)
    field = _links(site, entry) if task == "links" else None
    return _render(
        "post.html",
        site=site,
        title=entry.title,
        task=task,
        fields=[field] if field else [],
        others=[],
        files=(),
        text_differs=False,
        **_about(site, entry, mine, language),
    )


def with_links(page: str, site: SiteSettings, entry: LedgerEntry) -> str:
    """Return an open page of ours with another block of links, and every other byte as it was."""
    part = _render("links.html", field=_links(site, entry), language=site.language).strip()
    page = _LINKS.sub(lambda _: part, page, count=1)
    return _RECORD.sub(lambda _: record_line(entry), page, count=1)


def _links(site: SiteSettings, entry: LedgerEntry) -> Field | None:
    mine = handed(entry)
    found = fields(site, mine.now, mine.there, Text(""))
    return next((each for each in found if each.name == "links"), None)


def _about(site: SiteSettings, entry: LedgerEntry, mine: Handed, language: str) -> dict[str, Any]:
    return {
        "address": address_of(site, mine.now.get("slug", "")),
        "key": page_key(entry.id),
        "language": language or site.language,
        "record": record_line(entry),
    }


class Row(NamedTuple):
    """One thing to do, in the list of all."""

    title: str
    key: str
    address: str
    what: str
    field: Field | None


def index_page(site: SiteSettings, entries: Sequence[LedgerEntry]) -> str:
    """Return the list of what waits, in the order in which it has to be done."""
    tasks: dict[str, list[Row]] = {"new": [], "change": [], "links": [], "down": []}
    for entry in sorted(entries, key=lambda each: (each.published, each.id)):
        mine = handed(entry)
        task = task_of(mine, entry.public)
        tasks[task].append(
            Row(
                entry.title,
                page_key(entry.id),
                address_of(site, mine.now.get("slug", "")),
                labels(changed(mine.there, mine.now)) if task == "change" else "",
                _links(site, entry) if task == "links" else None,
            )
        )
    return _render("index.html", site=site, tasks=tasks, language=site.language)


def _render(template: str, **values: Any) -> str:
    script = (_HERE / "copy.js").read_text("utf-8")
    checked = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    found = page_templates(_HERE).get_template(template)
    style = _style()
    return clean(found.render(values, script=script, checked=checked, style=style))


@cache
def _style() -> str:
    return (_HERE / "style.css").read_text("utf-8")
