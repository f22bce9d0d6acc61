"""Reading answers that nobody vouches for: each value is what it has to be, or `Odd` says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

NO_JSON = "it is no JSON"


class Odd(ValueError):
    """An answer has another shape than WordPress gives it; the text names the field."""


def read_json(body: bytes) -> Any:
    """Return what JSON says; raises Odd where it is none, or holds text that is no Unicode."""
    try:
        value = json.loads(body.decode("utf-8-sig"))  # from bytes it would take half signs, too
        if rb"\ud" in body.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Odd(NO_JSON) from None
    return value


def field(value: object, *names: str) -> Any:
    """Return the value at the end of a path of names, or None where the path breaks off."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def text(value: object, *names: str) -> str:
    """Return a text; raises Odd."""
    found = field(value, *names)
    if not isinstance(found, str):
        raise Odd(".".join(names))
    return found


def text_or_none(value: object, *names: str) -> str:
    """Return a text, or an empty one where there is none."""
    found = field(value, *names)
    return found if isinstance(found, str) else ""


def number(value: object, *names: str) -> int:
    """Return a whole number; raises Odd."""
    found = field(value, *names)
    if not isinstance(found, int) or isinstance(found, bool):
        raise Odd(".".join(names))
    return found


def numbers(value: object, *names: str) -> tuple[int, ...]:
    """Return a list of whole numbers; raises Odd."""
    found = field(value, *names)
    if not isinstance(found, list) or not all(type(each) is int for each in found):
        raise Odd(".".join(names))
    return tuple(found)


def rows(value: object) -> list[Mapping[str, Any]]:
    """Return a list of objects; raises Odd."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Odd("the list")
    return value


def moment(value: object, *names: str) -> datetime | None:
    """Return a date that is given in UTC, or None where there is none; raises Odd."""
    found = field(value, *names)
    if found is None or (isinstance(found, str) and found.startswith(("0000", "-"))):
        return None
    try:
        given = datetime.fromisoformat(text(value, *names))
        return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Odd(".".join(names)) from None
