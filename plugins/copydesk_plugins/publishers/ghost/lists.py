"""Lists and quotes as nodes of Ghost's editor."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk_plugins.publishers.ghost import nodes
from copydesk_plugins.publishers.ghost.html_tree import Element
from copydesk_plugins.publishers.ghost.inline import Anchors, NotNative, inline, is_inline
from copydesk_plugins.publishers.ghost.nodes import Node


def paragraphs(children: Sequence[Element | str], anchors: Anchors) -> list[Node]:
    """Return paragraphs as running text with an empty line between two; raises NotNative."""
    parts: list[list[Element | str]] = [[]]
    for child in children:
        if is_inline(child):
            parts[-1].append(child)
            continue
        if not isinstance(child, Element) or child.tag != "p":
            raise NotNative
        anchors.check(child)
        parts += [child.children, []]
    found: list[Node] = []
    for part in parts:
        running = inline(part, anchors)
        if running and found:
            found += [nodes.line_break(), nodes.line_break()]
        found += running
    return found


def list_node(element: Element, anchors: Anchors, level: int = 0) -> Node:
    """Return a list, with those inside it; raises NotNative."""
    numbered = element.tag == "ol"
    start = element.attributes.get("start", "1")
    if not (start.isascii() and start.isdigit()) or len(start) > 6:
        raise NotNative
    items: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            items += _item(child, anchors, level, int(start) + len(items))
        elif not isinstance(child, str) or child.strip():
            raise NotNative
    kind = "number" if numbered else "bullet"
    return nodes.parent("list", items, listType=kind, start=int(start), tag=element.tag)


def _item(element: Element, anchors: Anchors, level: int, value: int) -> list[Node]:
    """Return an item, and one more for a list inside it, which is how the editor nests them."""
    anchors.check(element)
    children = list(element.children)
    while children and isinstance(children[-1], str) and not children[-1].strip():
        children.pop()
    nested = None
    if children and isinstance(children[-1], Element) and children[-1].tag in ("ul", "ol"):
        nested = children.pop()
    running = paragraphs(children, anchors)
    items = [nodes.parent("listitem", running, value=value) | {"indent": level}]
    if isinstance(nested, Element):
        if not running:
            raise NotNative
        anchors.check(nested)
        within = list_node(nested, anchors, level + 1)
        items.append(nodes.parent("listitem", [within], value=value + 1) | {"indent": level})
    return items
