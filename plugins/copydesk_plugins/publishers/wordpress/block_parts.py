"""What the blocks are made of: questions about elements, and the comments around a block."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img"),
        *("ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong"),
        *("sub", "sup", "time", "u", "var", "wbr"),
    )
)
_ANCHOR = re.compile(r"[A-Za-z0-9_.:-]{1,200}")


def is_text(node: PageElement) -> bool:
    """Say whether a node is text, not an element."""
    from bs4 import Tag

    return not isinstance(node, Tag)


def is_blank(node: PageElement) -> bool:
    """Say whether a node is nothing but blanks."""
    return is_text(node) and not str(node).strip(" \t\r\n")


def is_inline(node: PageElement) -> bool:
    """Say whether a node and all it holds can stand in a line of text."""
    from bs4 import Tag

    if not isinstance(node, Tag):
        return True
    return node.name in _INLINE and all(each.name in _INLINE for each in node.find_all(True))


def tags(nodes: Iterable[PageElement]) -> Iterator[Tag]:
    """Yield the elements among nodes."""
    from bs4 import Tag

    return (each for each in nodes if isinstance(each, Tag))


def filled(tag: Tag) -> list[PageElement]:
    """Return what stands directly in an element, blanks left out."""
    return [each for each in tag.children if not is_blank(each)]


def only(tag: Tag, name: str) -> Tag | None:
    """Return the one element that an element holds, if it has this name and no attributes."""
    inside = filled(tag)
    found = next(tags(inside), None)
    fits = len(inside) == 1 and found is not None and found.name == name and not found.attrs
    return found if fits else None


def anchor(tag: Tag, *others: str) -> dict[str, Any] | None:
    """Return the block attribute for an element's id; None where it has what no block keeps.

    `others` are attributes that the caller looks after.
    """
    rest = {name: value for name, value in tag.attrs.items() if name not in others}
    id = rest.pop("id", None)
    if rest or (id is not None and not _ANCHOR.fullmatch(str(id))):
        return None
    return {"anchor": str(id)} if id else {}


def block(name: str, attributes: Mapping[str, Any], markup: str) -> str:
    """Return a block with its comments, its attributes written as the editor writes them."""
    shown = ""
    if attributes:
        text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
        text = text.replace("--", "\\u002d\\u002d").replace('\\"', "\\u0022")
        for sign in "<>&":
            text = text.replace(sign, f"\\u{ord(sign):04x}")
        shown = f" {text}"
    return f"<!-- wp:{name}{shown} -->\n{markup}\n<!-- /wp:{name} -->"
