"""A text as WordPress stores it, as the plain HTML that visitors get."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--[^>]*?/?wp:[a-z][^>]*-->\n?")


def plain_html(body: str) -> str:
    """Return a stored text without the comments that mark its blocks."""
    return _COMMENT.sub("", body).strip() + "\n"
