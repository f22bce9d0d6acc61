"""Slugs and ids made from file names: stable when a title is edited."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

_DATE_PREFIX = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
#: Room for the endings of a draft, its report and its pictures in a file's name of 255 bytes.
_LONGEST_STEM = 200
_ID_TAKES = re.compile(r"[^A-Za-z0-9._-]+")


def slugify(text: str) -> str:
    """Return a text as lower-case words joined by hyphens; letters keep to ASCII where they can."""
    plain = unicodedata.normalize("NFKD", text)
    ascii_only = plain.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_only.lower())
    if not words:
        words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return "-".join(words)[:100].strip("-") or "post"


def slug_of(key: str) -> str:
    """Return the slug a file gets without one: its name without date and extension.

    A file called `index` takes the name of its folder.
    """
    path = PurePosixPath(key)
    stem = path.stem
    if stem.lower() == "index" and path.parent.name:
        stem = path.parent.name
    return slugify(_DATE_PREFIX.sub("", stem))


def file_stem(slug: str) -> str:
    """Return a slug as the beginning of a file name, with room for endings in its 255 bytes."""
    return slug.encode()[:_LONGEST_STEM].decode(errors="ignore").strip("-_.") or "post"


def new_id(slug: str, taken: set[str]) -> str:
    """Return an id made from a slug that is not taken; the same input gives the same id."""
    base = _ID_TAKES.sub("-", slug)[:56].strip("-.") or "post"
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name
