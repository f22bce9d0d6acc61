"""Front matter of other tools: YAML, TOML and JSON, and the plain lines that Pelican takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from copydesk.api import CopydeskError, Failure, LineIndex, Node, Source, Span, read_front_matter

Value = str | tuple[str, ...]

#: As for YAML and TOML: larger or deeper is no front matter that a person wrote.
_MOST_JSON = 16 * 1024
_DEEPEST = 20
_JSON = re.compile(r"\{\s*[\"}]")
_NOWHERE = Span(0, 0)
_META_LINE = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]{0,40}):[ \t]*(?P<value>.*)")
_META_MORE = re.compile(r"(?:[ ]{4,}|\t)(?P<value>\S.*)")
#: One of these stands in every head of plain lines; without, `Note: ...` is only a text.
_META_KEYS = frozenset({"title", "date", "slug", "tags", "category", "author", "authors", "status"})


class Head(NamedTuple):
    """The keys above a text, groups as `group.key`, and where the text begins."""

    values: dict[str, Value]
    end: int


def read_head(text: str, name: str) -> Head | None:
    """Return the front matter of a text, or None where there is none.

    Raises CopydeskError with its line for front matter that cannot be read.
    """
    if _JSON.match(text):
        return _read_json(text, name)
    found = read_front_matter(Source(name, name, text, ""))
    if found is not None:
        return Head(_flat(found.pairs), found.span.end)
    return _read_meta(text)


def has_head(text: str) -> bool:
    """Say whether a text opens with front matter, even one that cannot be read."""
    try:
        return read_head(text, "") is not None
    except CopydeskError:
        return True


def _flat(pairs: Iterable[tuple[str, Node]]) -> dict[str, Value]:
    """Return named values with every group inside written as `group.key`."""
    found: dict[str, Value] = {}
    left = list(pairs)[::-1]
    while left:
        key, node = left.pop()
        if node.kind == "map":
            left += [(f"{key}.{inner}", value) for inner, value in reversed(node.pairs)]
        elif node.kind == "list" and any(item.kind != "text" for item in node.items):
            numbered = [(f"{key}.{at}", item) for at, item in enumerate(node.items, 1)]
            left += numbered[::-1]
        else:
            while key in found:
                key += "_2"
            if node.kind == "list":
                found[key] = tuple(item.text.strip() for item in node.items) or ""
            else:
                found[key] = node.text.strip()
    return found


def _read_json(text: str, name: str) -> Head:
    decoder = json.JSONDecoder(
        object_pairs_hook=tuple, parse_int=str, parse_float=str, parse_constant=str
    )
    try:
        data, end = decoder.raw_decode(text[:_MOST_JSON])
        pairs = [(key, _node(value, 1)) for key, value in data]
    except ValueError as error:
        at = error.pos if isinstance(error, json.JSONDecodeError) else 0
        why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise _refuse(text, name, at, f"front matter is not valid JSON: {why}") from None
    except RecursionError:
        raise _refuse(text, name, 0, "front matter is nested too deeply") from None
    names = [key for key, _ in pairs]
    for key in names:
        if names.count(key) > 1:
            raise _refuse(text, name, 0, f"front matter has the key {key} twice")
    return Head(_flat(pairs), end)


def _node(value: Any, depth: int) -> Node:
    """Return a value read from JSON; an object is a tuple of pairs there."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, tuple):
        pairs = tuple((key, _node(each, depth + 1)) for key, each in value)
        return Node("map", _NOWHERE, pairs=pairs)
    if isinstance(value, list):
        return Node("list", _NOWHERE, items=tuple(_node(each, depth + 1) for each in value))
    if value is None or isinstance(value, bool):
        return Node("text", _NOWHERE, {None: "", True: "true", False: "false"}[value])
    return Node("text", _NOWHERE, value)


def _refuse(text: str, name: str, offset: int, message: str) -> CopydeskError:
    line, column = LineIndex(text).position(offset)
    help = 'Each line needs the form "key": "value", with a comma between two of them.'
    return CopydeskError(Failure("file", message, help, name, line=line, column=column))


def _read_meta(text: str) -> Head | None:
    """Read the lines `Key: value` up to the first blank line, as Pelican does."""
    values: dict[str, str] = {}
    last = ""
    at = 0
    for line in text.split("\n"):
        at += len(line) + 1
        if not line.strip():
            break
        found = _META_LINE.fullmatch(line) or (_META_MORE.fullmatch(line) if last else None)
        if found is None or at > _MOST_JSON:
            return None
        if "key" in found.groupdict():
            last = found["key"]
            if last in values:
                return None
            values[last] = found["value"].strip()
        else:
            values[last] = f"{values[last]} {found['value'].strip()}".strip()
    names = {key.lower() for key in values}
    if not names & _META_KEYS or ("title" not in names and len(names & _META_KEYS) < 2):
        return None
    return Head(dict(values), min(at, len(text)))
