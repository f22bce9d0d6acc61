"""The pages: from a post's body to a whole HTML document."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from copydesk.api import Body, LedgerEntry, SiteSettings, Wanted, day, page_templates
from copydesk_plugins.publishers import filling
from copydesk_plugins.publishers.folder import marks
from copydesk_plugins.publishers.folder.files import ASSETS
from copydesk_plugins.publishers.page_kit import clean

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Item:
    """What lists say of a public post. `address` is its file; dates are None where unknown."""

    id: str
    address: str
    title: str
    published: datetime | None
    updated: datetime | None
    description: str
    category: str
    author: str

    @classmethod
    def of_wanted(cls, wanted: Wanted, address: str) -> Item:
        """Return what lists say of a post as its source is now."""
        return cls(
            wanted.id,
            address,
            wanted.title,
            wanted.published,
            wanted.updated,
            wanted.description,
            wanted.category,
            wanted.author,
        )

    @classmethod
    def of_entry(cls, entry: LedgerEntry) -> Item:
        """Return what lists say of a post as it was published before."""
        return cls(
            entry.id,
            entry.address,
            entry.title,
            _date(entry.published),
            _date(entry.updated),
            entry.description,
            entry.category,
            entry.author,
        )


def _date(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def post_page(
    site: SiteSettings,
    wanted: Wanted,
    body: Body,
    key: str,
    address: Callable[[str], str],
) -> str:
    """Return the page of a public post."""
    pairs = marks.neighbour_files(body.links, address)
    return _render(
        "post.html",
        site=site,
        post=wanted,
        body=marks.fill(body.html, address).strip(),
        links=marks.fill(body.links, address).strip(),
        head_links=marks.head_links(pairs),
        mark=f"post={wanted.id} content={body.content} text={body.text}",
        url=site.url and site.url + quote(key),
        image=body.image,
        data=_data(site, wanted, body, key, address),
        lead=_lead(body),
        preview=None,
        noindex=wanted.noindex,
    )


def preview_page(
    site: SiteSettings,
    wanted: Wanted,
    body: Body,
    address: Callable[[str], str],
) -> str:
    """Return the preview of a post that is not public: no neighbours, a banner that says why."""
    return _render(
        "post.html",
        site=site,
        post=wanted,
        body=marks.fill(body.html, address).strip(),
        links="",
        head_links="",
        mark=f"preview={wanted.id}",
        url="",
        image=body.image,
        data=(),
        lead=_lead(body),
        preview=wanted,
        noindex=True,
    )


def _data(
    site: SiteSettings, wanted: Wanted, body: Body, key: str, address: Callable[[str], str]
) -> list[str]:
    """Return structured data as scripts may hold it; it speaks of whole addresses only.

    Where a page carries any, it tells of the way to it, too, which the template shows.
    """
    if not (site.url and body.data):
        return []
    files = {each.name: site.url + ASSETS + quote(each.name) for each in body.files}

    def whole(id: str) -> str:
        found = address(id)
        return found and site.url + quote(found)

    found = [*filling.fill_data(body.data, whole, files), _way_to(site, wanted.title, key)]
    return [filling.in_script(each) for each in found]


def _way_to(site: SiteSettings, title: str, key: str) -> str:
    """Return the way to a page as a `BreadcrumbList`: of what the page shows, what has an address.

    A category has no page of its own here, and each step but the last needs one.
    """
    steps = [(site.title or "All posts", site.url), (title, site.url + quote(key))]
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "name": name,
            "item": {"@type": "WebPage", "@id": url},
        }
        for number, (name, url) in enumerate(steps, 1)
    ]
    value = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _lead(body: Body) -> bool:
    """Say whether to show the post's image above its text: not where the text shows it too."""
    return bool(body.image) and f'src="{escape(body.image)}"' not in body.html


def index_page(site: SiteSettings, items: Sequence[Item]) -> str:
    """Return the page that lists the public posts, newest first."""
    return _render("index.html", site=site, items=items)


def preview_index(site: SiteSettings, rows: Sequence[tuple[str, Wanted]]) -> str:
    """Return the page that lists the previews with the reason why each is not public."""
    return _render("previews.html", site=site, rows=rows)


def style() -> str:
    """Return the style sheet."""
    return (_HERE / "style.css").read_text("utf-8")


def _render(template: str, **values: Any) -> str:
    return clean(_environment().get_template(template).render(values))


@cache
def _environment() -> Environment:
    environment = page_templates(_HERE / "templates")
    environment.filters["day"] = day
    environment.filters["file"] = quote
    return environment
