"""Addresses on the web, taken apart without raising for what is no address."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class Web(NamedTuple):
    """A whole address: its scheme and host in lower case, its path decoded."""

    scheme: str
    host: str
    path: str
    query: str
    fragment: str


def web(address: str) -> Web | None:
    """Return a whole address on the web, or None where a text is none."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or " " in address.strip():
        return None
    return Web(parts.scheme.lower(), host, unquote(parts.path), parts.query, parts.fragment)


def same_host(one: str, other: str) -> bool:
    """Say whether two hosts are one, with or without `www.`."""
    return one.removeprefix("www.") == other.removeprefix("www.")
