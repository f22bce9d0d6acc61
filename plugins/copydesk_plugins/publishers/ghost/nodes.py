"""The nodes of Ghost's editor documents (Lexical), as its editor writes them."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]

#: Bits of a text's format, and the tag that shows each; their order is that of nesting.
FORMATS = (
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
)
#: Tags that say the same as a format of the editor does.
FORMAT_OF = {
    **{tag: bit for bit, tag in FORMATS},
    "b": 1,
    "i": 2,
    "cite": 2,
    "dfn": 2,
    "var": 2,
    "del": 4,
    "ins": 8,
    "kbd": 16,
    "samp": 16,
}


def text(words: str, format: int = 0) -> Node:
    """Return a run of text."""
    return {
        "type": "extended-text",
        "version": 1,
        "text": words,
        "format": format,
        "detail": 0,
        "mode": "normal",
        "style": "",
    }


def line_break() -> Node:
    """Return a line break."""
    return {"type": "linebreak", "version": 1}


def parent(kind: str, children: list[Node], **more: Any) -> Node:
    """Return a node that holds others."""
    return {
        "type": kind,
        "version": 1,
        "children": children,
        "direction": "ltr",
        "format": "",
        "indent": 0,
        **more,
    }


def link(address: str, title: str, children: list[Node]) -> Node:
    """Return a link."""
    return parent("link", children, url=address, title=title or None, rel=None, target=None)


def card(html: str) -> Node:
    """Return a card that holds HTML and is shown just as it is."""
    return {"type": "html", "version": 1, "html": html}


def rule() -> Node:
    """Return a line between two parts."""
    return {"type": "horizontalrule", "version": 1}


def code(words: str) -> Node:
    """Return a block of code."""
    return {"type": "codeblock", "version": 1, "code": words, "language": "", "caption": ""}


def image(address: str, alt: str, **more: Any) -> Node:
    """Return a picture."""
    return {
        "type": "image",
        "version": 1,
        "src": address,
        "width": None,
        "height": None,
        "title": "",
        "alt": alt,
        "caption": "",
        "cardWidth": "regular",
        "href": "",
        **more,
    }


def document(children: list[Node]) -> Node:
    """Return a whole document; Ghost takes none without a node."""
    return {"root": parent("root", children or [parent("paragraph", [])])}
