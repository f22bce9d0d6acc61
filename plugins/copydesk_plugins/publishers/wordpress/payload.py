"""What is sent for a post: the fields of a wish as WordPress takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

from copydesk_plugins.publishers.cms.remote import Wish


def stored(text: str) -> str:
    """Return a title or a description as it is stored: these fields hold HTML, ours are text.

    Roles that may not write HTML get the same escaping done by WordPress, so all roles agree.
    """
    return escape(text, quote=False)


def utc(moment: datetime) -> str:
    """Return a date for the field `date_gmt`; the field `date` is in the site's zone."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def content_fields(
    wish: Wish, content: str, categories: list[int], tags: list[int]
) -> dict[str, Any]:
    """Return every field but status, slug and date."""
    fields: dict[str, Any] = {
        "title": stored(wish.title),
        "excerpt": stored(wish.description),
        "content": content,
        "tags": tags,
        "featured_media": int(wish.image) if wish.image.isdecimal() else 0,
    }
    # Without a category WordPress files a post under the site's default one; so it may.
    if categories:
        fields["categories"] = categories
    return fields


def restored_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that bring back what a post was."""
    names = ("title", "content", "excerpt", "tags", "categories", "featured_media", "status")
    fields = {name: raw[name] for name in names}
    # An empty slug would be made anew from the title, and an empty date would mean now.
    for name in ("slug", "date_gmt"):
        if raw[name]:
            fields[name] = raw[name]
    return fields
