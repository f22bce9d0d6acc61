"""What differs between two versions of a post, field by field, short enough to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from copydesk_plugins.publishers.cms.standing import addresses

_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"</?(?:p|li|h[1-6]|td|th|dt|dd|blockquote|figcaption|br|div)\b[^<>]*>", re.I)
#: Characters shown of a text around the first place where it differs.
_SHOWN = 60
Row = tuple[str, str, str]


def words(html: str) -> str:
    """Return what people read of a text, in one line."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", html))).split())


def rows(old: Mapping[str, str], new: Mapping[str, str], what: str = "") -> Iterator[Row]:
    """Yield (field, old, new) for each field that differs; `what` stands behind its name."""
    for name, text in new.items():
        before = old.get(name, "")
        if text == before:
            continue
        if name == "body":
            yield from _of_text(before, text, what)
        else:
            yield (f"{name}{what}", before, text)


def _of_text(old: str, new: str, what: str) -> Iterator[Row]:
    first, second = words(old), words(new)
    if first != second:
        yield (f"body{what}", *_around(first, second))
    linked, links = addresses(old), addresses(new)
    if linked != links:
        gone = [_shown(each) for each in linked if each not in links]
        come = [_shown(each) for each in links if each not in linked]
        yield (f"links in the text{what}", ", ".join(gone), ", ".join(come))
    elif first == second:
        yield (f"body{what}", "", "has another form, in the same words")


def _shown(address: str) -> str:
    """Return an address; a post that has none yet is named by its id."""
    name = address.removeprefix("copydesk:")
    return address if name == address else f"the post {name}"


def _around(old: str, new: str) -> tuple[str, str]:
    """Return both texts from the word at which they begin to differ."""
    at = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    at = max(0, old.rfind(" ", 0, at) + 1)
    return _cut(old, at), _cut(new, at)


def _cut(text: str, at: int) -> str:
    end = at + _SHOWN
    return ("…" if at else "") + text[at:end] + ("…" if len(text) > end else "")
