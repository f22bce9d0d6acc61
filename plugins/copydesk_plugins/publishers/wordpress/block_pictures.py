"""Pictures as blocks, with the number that WordPress gave them: by it small screens get less."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from copydesk_plugins.publishers.wordpress import markup
from copydesk_plugins.publishers.wordpress.block_parts import block, filled, is_inline, tags

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

NumberOf = Callable[[str], int]
_OF_A_PICTURE = frozenset({"src", "alt", "title", "width", "height"})


def picture_block(nodes: Sequence[PageElement], number_of: NumberOf) -> str | None:
    """Return a picture, with a link around it and words below it, as a block; None for others.

    Its width and height go: WordPress knows them, and lets pictures shrink with the screen.
    """
    found = list(tags(nodes))
    if len(found) != len(nodes) or not 1 <= len(found) <= 2:
        return None
    picture, link = _linked(found[0])
    words = _words(found[1]) if len(found) == 2 else ""
    if picture is None or words is None:
        return None
    address = str(picture.get("src", ""))
    if not address or not set(picture.attrs) <= _OF_A_PICTURE:
        return None
    number = number_of(address)
    html = _img(picture, number)
    attributes: dict[str, Any] = {}
    if number:
        attributes = {"id": number, "sizeSlug": "full"}
        attributes["linkDestination"] = "custom" if link else "none"
    elif link:
        attributes = {"linkDestination": "custom"}
    if link:
        html = f'<a href="{markup.attribute(link)}">{html}</a>'
    size = " size-full" if number else ""
    return block(
        "image", attributes, f'<figure class="wp-block-image{size}">{html}{words}</figure>'
    )


def _img(picture: Tag, number: int) -> str:
    shown = f'<img src="{markup.attribute(str(picture["src"]))}"'
    shown += f' alt="{markup.attribute(str(picture.get("alt", "")))}"'
    shown += f' class="wp-image-{number}"' if number else ""
    title = str(picture.get("title", ""))
    shown += f' title="{markup.attribute(title)}"' if title else ""
    return f"{shown}/>"


def _linked(tag: Tag) -> tuple[Tag | None, str]:
    """Return the picture that an element is or links, and the link's address."""
    if tag.name == "img":
        return tag, ""
    inside = list(tags(filled(tag)))
    fits = tag.name == "a" and set(tag.attrs) == {"href"} and len(inside) == len(filled(tag)) == 1
    return (inside[0], str(tag["href"])) if fits and inside[0].name == "img" else (None, "")


def _words(tag: Tag) -> str | None:
    """Return what stands below a picture."""
    if tag.name != "figcaption" or tag.attrs or not all(map(is_inline, tag.children)):
        return None
    return f'<figcaption class="wp-element-caption">{markup.inner(tag)}</figcaption>'
