"""Lists as blocks: each item is a block of its own, with the lists below it inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from copydesk_plugins.publishers.wordpress import markup
from copydesk_plugins.publishers.wordpress.block_parts import (
    anchor,
    block,
    filled,
    is_blank,
    is_inline,
    tags,
)

if TYPE_CHECKING:
    from bs4 import Tag

_LISTS = ("ul", "ol")
_DEEPEST = 12


def list_block(tag: Tag, depth: int = 0) -> str | None:
    """Return a list as a block, or None where an item holds more than text and lists."""
    named = anchor(tag, "start", "reversed")
    if named or named is None or depth > _DEEPEST:
        return None
    start = str(tag.get("start", ""))
    if start and not (start.isascii() and start.lstrip("-").isdigit() and len(start) < 8):
        return None
    items = filled(tag)
    made = [_item(each, depth) for each in tags(items) if each.name == "li"]
    if not items or len(made) != len(items) or None in made:
        return None
    attributes: dict[str, Any] = {}
    if tag.name == "ol":
        attributes["ordered"] = True
        if start:
            attributes["start"] = int(start)
        if "reversed" in tag.attrs:
            attributes["reversed"] = True
    shown = " reversed" if "reversed" in attributes else ""
    shown += f' start="{int(start)}"' if "start" in attributes else ""
    html = f'<{tag.name}{shown} class="wp-block-list">{_joined(made)}</{tag.name}>'
    return block("list", attributes, html)


def _item(item: Tag, depth: int) -> str | None:
    """Return a list item: a line of text or one paragraph, then lists."""
    inside = list(item.children)
    place = next((at for at, each in enumerate(inside) if not is_inline(each)), len(inside))
    text, rest = inside[:place], [each for each in inside[place:] if not is_blank(each)]
    first = next(tags(rest[:1]), None)
    if first is not None and first.name == "p" and not first.attrs and all(map(is_blank, text)):
        text, rest = list(first.children), rest[1:]
    lists = [each for each in tags(rest) if each.name in _LISTS]
    if item.attrs or len(lists) != len(rest) or not all(map(is_inline, text)):
        return None
    below = [list_block(each, depth + 1) for each in lists]
    if None in below:
        return None
    words = markup.outer(text).strip(" \t\r\n")
    return block("list-item", {}, f"<li>{words}{_joined(below)}</li>")


def _joined(blocks: Iterable[str | None]) -> str:
    return "\n\n".join(each for each in blocks if each)
