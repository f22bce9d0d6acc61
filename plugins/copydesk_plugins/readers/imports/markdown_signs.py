"""What plainly is Markdown, whatever its file is called."""

from __future__ import annotations

import re

#: So much of a text tells what it is.
_ENOUGH = 64 * 1024
_OPENING = re.compile(r"\s*# \S")
_SIGNS = (
    re.compile(r"(?m)^#{1,6} \S"),
    re.compile(r"(?m)^```"),
    re.compile(r"!?\[[^\]\n]{0,200}\]\([^\s)]{1,300}[)\s]"),
    re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])"),
)


def looks_like_markdown(text: str) -> bool:
    """Say whether a text opens with a heading, or has two kinds of what only Markdown has."""
    text = text[:_ENOUGH]
    if _OPENING.match(text):
        return True
    return sum(sign.search(text) is not None for sign in _SIGNS) > 1
