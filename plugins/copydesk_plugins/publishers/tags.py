"""The tags and comments in a text of HTML that nobody vouches for, found without trying twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

#: A comment, or a tag with its attributes; possessive, so that no text makes it try again.
TAG = re.compile(
    r"""<!--(?:[^-]|-(?!->))*+-->|<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)(?:[^<>"']|"[^"]*"|'[^']*')*+>"""
)
_ATTRIBUTE = re.compile(
    r"""(?<![\w:-])([a-zA-Z][\w:-]*+)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))"""
)


def closed_part(text: str) -> int:
    """Return where a comment begins that is never closed, or the end: nothing is read behind it."""
    found = text.find("<!--", text.rfind("-->") + 1)
    return found if found != -1 else len(text)


def tags(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags and comments: group 2 is a tag's name, group 1 the slash that ends one."""
    return TAG.finditer(text, 0, closed_part(text))


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag by their names in small letters."""
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(tag)
    }
