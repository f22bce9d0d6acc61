"""Where the links of a site lead: to a post, to a page that nobody knows, or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import Entry, EntryLink, Index, SiteContext
from copydesk_plugins.seo.addresses import Web, same_host, web

#: `unread`: the address of a page, written in a way that a draft's link is not kept.
#: `unknown`: on the site's own host, and no post. `elsewhere`: not ours to judge.
Kind = Literal["post", "unread", "unknown", "elsewhere"]
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")
_PAGE = re.compile(r"\.html?$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")


class Aim(NamedTuple):
    """What a link leads to. `slug` is the last part of its path; `whole` is a web address."""

    source: Entry
    link: EntryLink
    kind: Kind
    post: Entry | None = None
    slug: str = ""
    whole: bool = False
    depth: int = 0


_known: WeakKeyDictionary[Index, tuple[str, list[Aim]]] = WeakKeyDictionary()


def aims(ctx: SiteContext) -> list[Aim]:
    """Return all links of all posts with what they lead to, worked out once for all rules."""
    found = _known.get(ctx.index)
    if found is None or found[0] != ctx.site.url:
        found = _known[ctx.index] = (ctx.site.url, list(_aims(ctx)))
    return found[1]


def _aims(ctx: SiteContext) -> Iterator[Aim]:
    by_slug: dict[str, Entry] = {}
    for entry in ctx.index:
        # Of two posts with one slug, the one that is public answers.
        if entry.due or entry.slug.casefold() not in by_slug:
            by_slug[entry.slug.casefold()] = entry
    own = web(ctx.site.url)
    for entry in ctx.index:
        for link in entry.outline.links:
            yield _aim(ctx.index, entry, link, by_slug, own)


def _aim(
    index: Index, entry: Entry, link: EntryLink, by_slug: dict[str, Entry], own: Web | None
) -> Aim:
    if link.to:
        if link.href.startswith(("#", "?")):
            return Aim(entry, link, "post", entry)
        post = index.get(link.to)
        if post is not None:
            return Aim(entry, link, "post", post)
        return _local(entry, link, by_slug)
    address = web(f"https:{link.href}" if link.href.startswith("//") else link.href)
    if own is None or address is None or not _is_ours(address, own):
        return Aim(entry, link, "elsewhere")
    return _on_site(entry, link, by_slug, address.path[len(own.path) :])


def _is_ours(address: Web, own: Web) -> bool:
    """Say whether an address is a page of the site; one with a query is made by its server."""
    return (
        same_host(address.host, own.host)
        and f"{address.path}/".startswith(own.path)
        and not address.query
    )


def _local(entry: Entry, link: EntryLink, by_slug: dict[str, Entry]) -> Aim:
    """Judge the path of something that is no post; other files are looked for by other rules."""
    if _TEMPLATE.search(link.href):
        return Aim(entry, link, "elsewhere")
    slug, extension = _last(link.to)
    if extension and not (link.href.startswith("/") and _PAGE.search(link.to)):
        return Aim(entry, link, "elsewhere")
    return Aim(entry, link, "unread", by_slug.get(slug.casefold()), slug)


def _on_site(entry: Entry, link: EntryLink, by_slug: dict[str, Entry], path: str) -> Aim:
    path = path.strip("/")
    slug, extension = _last(path)
    if not slug or (extension and not _PAGE.search(extension)):
        return Aim(entry, link, "elsewhere", whole=True)
    post = by_slug.get(slug.casefold())
    kind: Kind = "post" if post is not None else "unknown"
    return Aim(entry, link, kind, post, slug, True, path.count("/") + 1)


def _last(path: str) -> tuple[str, str]:
    """Return the last part of a path without its extension, and that extension."""
    name = path.strip("/").rpartition("/")[2]
    found = _EXTENSION.search(name)
    return (name[: found.start()], found[0]) if found and found.start() else (name, "")
