"""A post as a `BlogPosting` of schema.org, made of what its page or its front matter says.

Nothing is marked up that a reader could not find there: search engines take structured data
that says more than the page for deceit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from copydesk.api import Addition, EnrichContext, LivePost, SiteSettings

SLOT = "structured-data"


def enrich(posts: tuple[LivePost, ...], ctx: EnrichContext) -> Iterator[Addition]:
    """Yield the structured data of every post."""
    if not ctx.flag("show"):
        return
    for post in posts:
        yield Addition(post.id, SLOT, data=_line(_posting(post, ctx.site)))


def _posting(post: LivePost, site: SiteSettings) -> dict[str, Any]:
    """Return a post in the words of https://schema.org/BlogPosting; what is not known is empty."""
    own = not post.canonical.startswith(("https://", "http://"))
    address = f"copydesk:{post.id}" if own else post.canonical
    return {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.title,
        "description": post.description,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": post.published.isoformat(),
        "dateModified": post.updated.isoformat() if post.updated else "",
        "inLanguage": post.language or site.language,
        "articleSection": post.category,
        "keywords": list(post.tags),
        "image": "copydesk:#image" if post.image else "",
        "author": _person(post),
        "publisher": _publisher(site),
    }


def _person(post: LivePost) -> dict[str, str]:
    """Return who wrote a post; the credential stands after the name, as it does on the page."""
    if not post.author:
        return {}
    return {"@type": "Person", "name": post.author, "honorificSuffix": post.author_credential}


def _publisher(site: SiteSettings) -> dict[str, str]:
    if not site.title:
        return {}
    return {"@type": "Organization", "name": site.title, "url": site.url}


def _line(value: dict[str, Any]) -> str:
    """Return a JSON object as one line in which no tag can begin or end."""
    text = json.dumps(_known(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _known(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object without what is empty."""
    inner = {k: _known(v) if isinstance(v, dict) else v for k, v in value.items()}
    return {name: each for name, each in inner.items() if each}
