"""What a post says of itself in the structured data that Copydesk wrote: its author, its dates.

No system keeps these as the source has them: the author there is an account, and the date of the
last change is that of the last save.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from copydesk_plugins.publishers.cms.remote import Held

_KIND = "BlogPosting"


class Own(NamedTuple):
    """What the source of a post said when Copydesk wrote it."""

    author: str
    credential: str
    updated: datetime | None


def own_of(held: Held) -> Own | None:
    """Return what a post that carries our mark says of itself; None where it says nothing."""
    if not (held.key and held.text):
        return None
    posting = next((each for each in map(_object, held.data.splitlines()) if each), None)
    if posting is None:
        return None
    author = posting.get("author")
    person = author if isinstance(author, dict) else {}
    return Own(
        _text(person, "name"), _text(person, "honorificSuffix"), _moment(posting, "dateModified")
    )


def _object(line: str) -> Mapping[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and value.get("@type") == _KIND else None


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    return " ".join(found.split()) if isinstance(found, str) else ""


def _moment(value: Mapping[str, Any], name: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(_text(value, name))
    except ValueError:
        return None
    return found if found.tzinfo else None
