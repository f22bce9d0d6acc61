"""Addresses of links as they are meant: redirects unwrapped, those that lead nowhere dropped."""

from __future__ import annotations

import re
from typing import NamedTuple

_GOOGLE = re.compile(r"(?:www\.)?google\.[a-z.]{2,10}")
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_KEPT = frozenset({"http", "https", "mailto", "tel", "sms", "ftp"})
_JUNK = re.compile(r"[\x00-\x1f\x7f]")


class Address(NamedTuple):
    """An address and what to say of it; empty where the words stay without a link."""

    href: str
    note: str = ""


def clean(href: str) -> Address:
    """Return the address of a link as it goes into a draft."""
    # A field of Word may hold more than the address, behind a quotation mark.
    href = _JUNK.sub("", href).strip().split('"')[0].strip()
    if not href:
        return Address("")
    if href.startswith("#"):
        return Address("", "Links to places inside the page came over as plain words.")
    scheme = _SCHEME.match(href)
    # `C:\files` is a place on somebody's disk, and no scheme has one letter.
    if scheme is not None and scheme.group(1).lower() not in _KEPT:
        return Address("", f"A link was left out, for it leads to no page: {href[:200]}.")
    return _unwrapped(href)


def absolute(href: str, base: str) -> str:
    """Return an address as a whole one where it is relative to `base`; others as they are."""
    from urllib.parse import urljoin

    bare = _JUNK.sub("", href).strip()
    if not bare or bare.startswith("#") or _SCHEME.match(bare):
        return href
    try:
        return urljoin(base, bare)
    except ValueError:
        return href


def _unwrapped(href: str) -> Address:
    from urllib.parse import parse_qs, urlsplit

    if "google." not in href:
        return Address(href)
    try:
        parts = urlsplit(href)
        named = parse_qs(parts.query)
    except ValueError:
        return Address(href)
    if not _GOOGLE.fullmatch(parts.netloc.lower()) or parts.path != "/url":
        return Address(href)
    for key in ("q", "url"):
        target = named.get(key, [""])[0]
        # Bytes that are no UTF-8 could not be written into the address again.
        sound = "\N{REPLACEMENT CHARACTER}" not in target
        if sound and target.lower().startswith(("http://", "https://", "mailto:")):
            said = f"A link led through google.com; now it leads to {target[:200]}."
            return Address(target, said)
    return Address(href)
