"""The blocks of a body, one after the other, as nodes of Ghost's editor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from copydesk.api import is_heading_id
from copydesk_plugins.publishers.ghost import nodes
from copydesk_plugins.publishers.ghost.html_tree import Element, elements, outer, text_of
from copydesk_plugins.publishers.ghost.inline import Anchors, NotNative, inline, is_inline
from copydesk_plugins.publishers.ghost.lists import list_node, paragraphs
from copydesk_plugins.publishers.ghost.nodes import Node
from copydesk_plugins.publishers.ghost.pictures import figure, split_pictures

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_IN_ID = re.compile(r"""[\]\[!"#$%&'()*+,./:;<=>?@\\^_{|}~]""")

#: What Ghost leaves unescaped in an id.
_SAFE = "!*'()~-._"


class Blocks:
    """Collects the nodes of a body."""

    def __init__(self, anchors: Anchors) -> None:
        self.nodes: list[Node] = []
        self.lost_anchors: list[str] = []
        self._anchors = anchors
        self._ids: dict[str, int] = {}

    def add(self, children: Sequence[Element | str]) -> None:
        """Add parts of a tree; running text between blocks becomes a paragraph."""
        loose: list[Element | str] = []
        for child in children:
            if is_inline(child):
                loose.append(child)
                continue
            self._paragraph(Element("p", {}, loose))
            loose = []
            assert isinstance(child, Element)
            self._block(child)
        self._paragraph(Element("p", {}, loose))

    def _block(self, element: Element) -> None:
        try:
            if element.tag in ("div", "section"):
                self._anchors.check(element)
                self.add(element.children)
            elif element.tag == "p":
                self._anchors.check(element)
                self._paragraph(element)
            else:
                self.nodes += self._native(element)
        except NotNative:
            self._card(outer(element))

    def _native(self, element: Element) -> list[Node]:
        if element.tag in _HEADINGS:
            return self._heading(element)
        if element.tag == "figure":
            self._anchors.check(element)
            return [figure(element, self._anchors)]
        self._anchors.check(element)
        if element.tag in ("ul", "ol"):
            return [list_node(element, self._anchors)]
        if element.tag == "blockquote":
            return [nodes.parent("extended-quote", paragraphs(element.children, self._anchors))]
        if element.tag == "hr":
            return [nodes.rule()]
        if element.tag == "pre" and not _holds(element, ("a", "img", "br")):
            return [nodes.code(text_of(element).removeprefix("\n").removesuffix("\n"))]
        raise NotNative

    def _paragraph(self, element: Element) -> None:
        try:
            self.nodes += split_pictures(element.children, self._anchors)
        except NotNative:
            self._card(outer(element))

    def _heading(self, element: Element) -> list[Node]:
        name = element.attributes.get("id", "")
        bare = Element(element.tag, {k: v for k, v in element.attributes.items() if k != "id"})
        self._anchors.check(bare)
        node = nodes.parent(
            "extended-heading", inline(element.children, self._anchors), tag=element.tag
        )
        # Ghost makes an id of the words; another one that is linked to needs a place of its own.
        own = self._id(text_of(element))
        if not name or own in (name, quote(name, safe=_SAFE)):
            return [node]
        if name in self._anchors.linked:
            return [nodes.card(outer(Element("span", {"id": name}))), node]
        if not is_heading_id(name, text_of(element)):
            self.lost_anchors.append(name)
        return [node]

    def _id(self, words: str) -> str:
        name = re.sub(r"\s+", "-", _NOT_IN_ID.sub("", words.strip().lower()))
        name = quote(re.sub("^-|-{2,}|-$", "", name), safe=_SAFE)
        count = self._ids.get(name, 0)
        self._ids[name] = count + 1
        return f"{name}-{count}" if count else name

    def _card(self, html: str) -> None:
        """Add a card; several in a row are one."""
        last = self.nodes[-1] if self.nodes else {}
        if last.get("type") == "html":
            last["html"] += "\n" + html
        else:
            self.nodes.append(nodes.card(html))


def _holds(element: Element, tags: tuple[str, ...]) -> bool:
    return any(each.tag in tags for each in elements(element))
