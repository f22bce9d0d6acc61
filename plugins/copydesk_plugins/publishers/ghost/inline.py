"""Running text with its formats and links, as nodes of Ghost's editor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from copydesk_plugins.publishers.ghost import nodes
from copydesk_plugins.publishers.ghost.html_tree import Element
from copydesk_plugins.publishers.ghost.nodes import FORMAT_OF, Node

SPACES = re.compile("[ \t\n\f\r]+")
#: Tags of running text that change no word and that the editor has no form for.
_PLAIN = frozenset({"abbr", "bdi", "small", "span", "time"})
#: Attributes that readers do not notice; what has any other goes into a card, which keeps all.
_UNNOTICED = {
    "a": {"href", "hreflang", "title"},
    "blockquote": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "ol": {"start"},
    "sup": {"class"},
    "time": {"datetime"},
}


class NotNative(Exception):
    """Something that the editor has no form of its own for."""


class Anchors(NamedTuple):
    """The ids in a body that links of the same body lead to."""

    linked: frozenset[str]

    def check(self, element: Element) -> None:
        """Raise NotNative where an element has what would be lost."""
        for name, value in element.attributes.items():
            if name == "id" and value not in self.linked:
                continue
            if name not in _UNNOTICED.get(element.tag, ()):
                raise NotNative


def is_inline(child: Element | str) -> bool:
    """Say whether a part of a tree stands in running text."""
    return isinstance(child, str) or child.tag in _INLINE


_INLINE = frozenset({*FORMAT_OF, *_PLAIN, "a", "bdo", "br", "img", "q", "rp", "rt", "ruby", "wbr"})


def inline(children: Iterable[Element | str], anchors: Anchors) -> list[Node]:
    """Return running text as nodes, blanks as a browser shows them; raises NotNative."""
    return _tidy(_runs(children, 0, anchors))


def _runs(children: Iterable[Element | str], format: int, anchors: Anchors) -> list[Node]:
    found: list[Node] = []
    for child in children:
        if isinstance(child, str):
            found.append(nodes.text(SPACES.sub(" ", child), format))
            continue
        if child.tag == "br":
            found.append(nodes.line_break())
            continue
        anchors.check(child)
        if child.tag == "a" and "href" in child.attributes:
            within = _merge(_runs(child.children, format, anchors))
            if any(each["type"] == "link" for each in within):
                raise NotNative
            title = child.attributes.get("title", "")
            if within:
                found.append(nodes.link(child.attributes["href"], title, within))
        elif child.tag in FORMAT_OF or child.tag in _PLAIN or child.tag == "a":
            found += _runs(child.children, format | FORMAT_OF.get(child.tag, 0), anchors)
        elif child.tag != "wbr":
            raise NotNative
    return found


def _merge(found: list[Node]) -> list[Node]:
    """Join neighbours of one format, and leave out what is empty."""
    merged: list[Node] = []
    for node in found:
        last = merged[-1] if merged else {}
        if node.get("text") == "" or node.get("children") == []:
            continue
        if node["type"] == last.get("type") == "extended-text" and node["format"] == last["format"]:
            last["text"] += node["text"]
        else:
            merged.append(node)
    return merged


def _tidy(found: list[Node]) -> list[Node]:
    """Leave one blank where several meet, and none at the ends of lines."""
    leaves = [leaf for node in found for leaf in node.get("children", (node,))]
    after_blank = True
    for leaf in leaves:
        if leaf["type"] == "linebreak":
            after_blank = True
            continue
        words = SPACES.sub(" ", leaf["text"])
        leaf["text"] = words[1:] if after_blank and words.startswith(" ") else words
        after_blank = leaf["text"].endswith(" ") if leaf["text"] else after_blank
    at_end = True
    for leaf in reversed(leaves):
        if leaf["type"] == "linebreak":
            at_end = True
        elif at_end:
            leaf["text"] = leaf["text"].rstrip(" \t\n\f\r")
            at_end = not leaf["text"]
    for node in found:
        if "children" in node:
            node["children"] = _merge(node["children"])
    return _merge(found)
