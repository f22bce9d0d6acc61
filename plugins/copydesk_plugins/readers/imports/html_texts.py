"""The visible text of a page, block by block, read on its own.

What the import holds drafts against comes from here, so this walk shares nothing with the one
that converts: it knows which elements are no text, which begin a new block, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Container
from html import unescape

from bs4.element import PageElement, Tag

from copydesk_plugins.readers.html_tree import PlacedTag, PlacedText

#: A line break, until two of them in a row have ended a block.
BREAK = "\0"
_EMPTY_LINE = re.compile(r"\0\s*\0[\s\0]*")
#: Instructions for browsers: no words of a writer. The title of a page is read with its head.
_NO_TEXT = frozenset({"script", "style", "head", "title"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "nobr",
        "output",
        "picture",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
    }
)


def is_inline(tag: Tag) -> bool:
    """Say whether an element stands inside a line; those of word processors (`o:p`) do, too."""
    return tag.name in _INLINE or ":" in tag.name


def is_silent(tag: PlacedTag) -> bool:
    """Say whether an element instructs browsers and holds no words of a writer.

    One that is never closed may have swallowed the words behind it.
    """
    return tag.name in ("script", "style") and tag.end > tag.inner_end


def texts_below(root: Tag, html: str, skip: Container[int] = frozenset()) -> list[str]:
    """Return the texts inside an element, a block each; `skip` holds ids of elements to pass."""
    found: list[str] = []
    parts: list[str] = []
    alts: list[str] = []

    def flush() -> None:
        lines = _EMPTY_LINE.split("".join(parts))
        said = (" ".join(each.replace(BREAK, " ").split()) for each in lines)
        found.extend(each for each in (*said, *alts) if each)
        parts.clear()
        alts.clear()

    stack: list[PageElement | None] = [*reversed(root.contents)]
    while stack:
        each = stack.pop()
        if each is None:
            flush()
        elif id(each) in skip:
            continue
        elif isinstance(each, PlacedText):
            parts.append(unescape(html[each.start : each.end]))
        elif isinstance(each, PlacedTag) and each.name not in _NO_TEXT:
            if each.name == "img" and str(each.get("alt") or "").strip():
                alts.append(" ".join(str(each["alt"]).split()))
            if each.name == "br":
                parts.append(BREAK)
            elif not is_inline(each):
                flush()
                stack.append(None)
            stack.extend(reversed(each.contents))
    flush()
    return found
