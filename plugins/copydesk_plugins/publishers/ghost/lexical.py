"""From a sanitised body to a document of Ghost's editor.

What the editor has a form for becomes that form, so that people can go on writing there. What it
has none for, such as tables, goes into a card with its HTML just as it is: no word is lost.
"""

from __future__ import annotations

from urllib.parse import unquote

from copydesk_plugins.publishers.ghost import nodes
from copydesk_plugins.publishers.ghost.blocks import Blocks
from copydesk_plugins.publishers.ghost.html_tree import Element, elements, parse
from copydesk_plugins.publishers.ghost.inline import Anchors
from copydesk_plugins.publishers.ghost.nodes import Node

#: Bodies that are nested deeper than anything people write go into one card.
_DEEPEST = 60


def build(body: str, block: str = "") -> Node:
    """Return the document for a body, with our block below it as a card of its own."""
    root, depth = parse(body)
    children = [nodes.card(body.strip())] if depth > _DEEPEST else _blocks(root).nodes
    if block:
        children.append(nodes.card(block))
    return nodes.document(children)


def lost_anchors(body: str) -> tuple[str, ...]:
    """Return the ids of headings that Ghost replaces by its own and that nothing here links to."""
    root, depth = parse(body)
    return () if depth > _DEEPEST else tuple(_blocks(root).lost_anchors)


def _blocks(root: Element) -> Blocks:
    links = (each.attributes.get("href", "") for each in elements(root) if each.tag == "a")
    linked = frozenset(
        name for link in links if link.startswith("#") for name in (link[1:], unquote(link[1:]))
    )
    blocks = Blocks(Anchors(linked))
    blocks.add(root.children)
    return blocks
