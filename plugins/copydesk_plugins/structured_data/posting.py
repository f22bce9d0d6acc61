"""A post as a `BlogPosting` of schema.org, made of what its page or its front matter says.

Nothing is marked up that a reader could not find there: search engines take structured data
that says more than the page for deceit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.api import LivePost, Person, SiteSettings
from copydesk_plugins.structured_data.objects import CONTEXT, address_of, person


def posting(
    post: LivePost, site: SiteSettings, people: Mapping[str, Person], publisher: str
) -> dict[str, Any]:
    """Return a post in the words of https://schema.org/BlogPosting; what is not known is empty."""
    address = address_of(post)
    return {
        "@context": CONTEXT,
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
        "author": person(post.author, post.author_credential, _page_about(post.author, people)),
        "publisher": _publisher(site, publisher),
    }


def _page_about(author: str, people: Mapping[str, Person]) -> str:
    """Return the address of the page about an author whom [people] has under that very name."""
    return next((each.url for each in people.values() if each.name == author and each.url), "")


def _publisher(site: SiteSettings, kind: str) -> dict[str, str]:
    if not site.title:
        return {}
    return {"@type": kind, "name": site.title, "url": site.url}
