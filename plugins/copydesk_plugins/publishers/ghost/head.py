"""What we keep in the code that a post puts into its page's head: a mark, and structured data.

Each of our lines is a whole by itself and begins in a way that nobody else's does, so that all
others stay as people wrote them.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

_MARK = re.compile(r"\s*<!-- copydesk text=([0-9A-Za-z.:_-]*)( no-category)? -->\s*", re.ASCII)
_OPEN = '<script type="application/ld+json" data-copydesk="data">'
_CLOSE = "</script>"
#: Kinds of data that Ghost itself writes for each post; a second one would contradict it.
_GHOST_WRITES = frozenset({"Article", "BlogPosting", "NewsArticle"})


class Head(NamedTuple):
    """Our lines as they were read: the mark and the data, a JSON object each."""

    text: str = ""
    data: tuple[str, ...] = ()
    category: bool = True


def read_head(code: str) -> Head:
    """Return what our lines say; a line of data that is no JSON counts as its text."""
    text, category, data = "", True, []
    for line in code.split("\n"):
        if found := _MARK.fullmatch(line):
            text, category = found[1], not found[2]
        elif _is_data(line):
            data.append(canonical(line.strip()[len(_OPEN) : -len(_CLOSE)]))
    return Head(text, tuple(data), category)


def with_head(code: str, head: Head) -> str:
    """Return the code with our lines made anew; those of others stay byte for byte."""
    others = "".join(line for line in code.splitlines(keepends=True) if not _is_ours(line))
    if others and not others.endswith("\n"):
        others += "\n"
    mark = f"<!-- copydesk text={head.text}{'' if head.category else ' no-category'} -->\n"
    return others + mark + "".join(f"{_OPEN}{_safe(each)}{_CLOSE}\n" for each in head.data)


def ghost_writes(data: str) -> bool:
    """Say whether Ghost itself tells a page's readers this kind of data."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    kinds = value.get("@type") if isinstance(value, dict) else None
    return bool(_GHOST_WRITES.intersection(kinds if isinstance(kinds, list) else [str(kinds)]))


def _is_ours(line: str) -> bool:
    return bool(_MARK.fullmatch(line)) or _is_data(line)


def _is_data(line: str) -> bool:
    line = line.strip()
    return line.startswith(_OPEN) and line.find(_CLOSE) == len(line) - len(_CLOSE)


def canonical(data: str) -> str:
    """Return JSON in one form, so that two texts of the same content are equal."""
    try:
        return json.dumps(json.loads(data), sort_keys=True)
    except (ValueError, RecursionError):
        return data


def _safe(data: str) -> str:
    """Write JSON on one line that no browser takes for the end of the script."""
    return " ".join(canonical(data).splitlines()).replace("<", "\\u003c")
