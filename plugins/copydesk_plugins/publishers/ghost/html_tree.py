"""Sanitised HTML as a small tree, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

_VOID = frozenset({"br", "col", "hr", "img", "wbr"})


@dataclass(slots=True)
class Element:
    """A tag with what it holds; texts are unescaped."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.depth = 0
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)
            self.depth = max(self.depth, len(self._open))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> tuple[Element, int]:
    """Return the tree of sanitised HTML, whose tags are all closed in order, and its depth."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root, builder.depth


def outer(node: Element | str) -> str:
    """Return a part of a tree as HTML."""
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    end = "" if node.tag in _VOID else f"{inner(node)}</{node.tag}>"
    return f"<{node.tag}{attributes}>{end}"


def inner(node: Element) -> str:
    """Return what an element holds as HTML."""
    return "".join(outer(each) for each in node.children)


def elements(node: Element) -> Iterator[Element]:
    """Yield every element below a node, in order."""
    for each in node.children:
        if isinstance(each, Element):
            yield each
            yield from elements(each)


def text_of(node: Element | str) -> str:
    """Return the text of a part of a tree."""
    return node if isinstance(node, str) else "".join(text_of(each) for each in node.children)
