"""Which posts are held against one another, and which of two is the newer one."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from copydesk.api import Entry

_NO_DATE = datetime.max.replace(tzinfo=UTC)


def stands_for_itself(entry: Entry, site_url: str) -> bool:
    """Say whether search engines are meant to list a post under its own address.

    A post with `noindex`, or one that names another address as the main one, says that it is a
    second copy; nobody has to tell its author.
    """
    if entry.noindex:
        return False
    if not entry.canonical:
        return True
    try:
        named, own = urlsplit(entry.canonical), urlsplit(site_url)
    except ValueError:
        return True  # no address at all, as another rule tells
    same_host = not named.netloc or not own.netloc or named.netloc == own.netloc
    page = named.path.rstrip("/").rpartition("/")[2].removesuffix(".html")
    return same_host and page == entry.slug


def may_meet(one: Entry, other: Entry) -> bool:
    """Say whether readers could be offered both posts, as two.

    Posts in other languages or for other targets do not meet; two files with one id are one post,
    which another rule tells.
    """
    if one.id and one.id == other.id:
        return False
    if _language(one) != _language(other):
        return False
    return not one.targets or not other.targets or bool(set(one.targets) & set(other.targets))


def age(entry: Entry) -> tuple[datetime, str]:
    """Return what posts are sorted by, the newest last; one without a date is not out yet."""
    return entry.published or _NO_DATE, entry.key


def _language(entry: Entry) -> str:
    return entry.language.replace("_", "-").lower()


def named(entry: Entry) -> str:
    """Return a post as messages name it."""
    return f"“{entry.title}” ({entry.path})" if entry.title else entry.path
