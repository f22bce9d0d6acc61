"""Pictures as nodes of Ghost's editor, which stand between paragraphs and never inside one."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk_plugins.publishers.ghost import nodes
from copydesk_plugins.publishers.ghost.html_tree import Element, elements
from copydesk_plugins.publishers.ghost.inline import Anchors, NotNative, inline
from copydesk_plugins.publishers.ghost.nodes import Node
from copydesk_plugins.publishers.ghost.plain import running_html

_KNOWN = frozenset({"src", "alt", "width", "height", "title"})


def split_pictures(children: Sequence[Element | str], anchors: Anchors) -> list[Node]:
    """Return a paragraph, with the pictures at its beginning and end beside it.

    Raises NotNative for a picture in the middle, because the sentence would be torn.
    """
    parts = [each for each in children if not isinstance(each, str) or each]
    before: list[Element | str] = []
    after: list[Element | str] = []
    while parts and (_blank(parts[0]) or _is_picture(parts[0])):
        before.append(parts.pop(0))
    while parts and (_blank(parts[-1]) or _is_picture(parts[-1])):
        after.insert(0, parts.pop())
    running = inline(parts, anchors)
    middle = [nodes.parent("paragraph", running)] if running else []
    return _pictures(before, anchors) + middle + _pictures(after, anchors)


def figure(element: Element, anchors: Anchors) -> Node:
    """Return a picture with its caption; raises NotNative for any other figure."""
    caption, pictures = "", []
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                raise NotNative
        elif child.tag == "figcaption" and not caption:
            anchors.check(child)
            caption = running_html(inline(child.children, anchors))
        elif child.tag == "p":
            anchors.check(child)
            pictures += [each for each in child.children if not _blank(each)]
        else:
            pictures.append(child)
    if len(pictures) != 1 or not _is_picture(pictures[0]):
        raise NotNative
    return {**_pictures(pictures, anchors)[0], "caption": caption}


def _pictures(parts: Sequence[Element | str], anchors: Anchors) -> list[Node]:
    found = []
    for part in parts:
        if isinstance(part, Element) and part.tag != "br":
            picture = part if part.tag == "img" else next(elements(part))
            if part is not picture:
                anchors.check(part)
            found.append(_picture(picture, part.attributes.get("href", "")))
    return found


def _picture(element: Element, href: str) -> Node:
    values = element.attributes
    if not values.get("src") or not _KNOWN.issuperset(values):
        raise NotNative
    return nodes.image(
        values["src"],
        values.get("alt", ""),
        href=href,
        title=values.get("title", ""),
        width=_size(values.get("width", "")),
        height=_size(values.get("height", "")),
    )


def _size(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else None


def _blank(part: Element | str) -> bool:
    return not part.strip() if isinstance(part, str) else part.tag == "br"


def _is_picture(part: Element | str) -> bool:
    """Say whether a part is a picture, or a link around nothing but one."""
    if isinstance(part, str):
        return False
    if part.tag == "img":
        return True
    within = [each for each in part.children if not _blank(each)]
    return (
        part.tag == "a"
        and len(within) == 1
        and isinstance(within[0], Element)
        and within[0].tag == "img"
    )
