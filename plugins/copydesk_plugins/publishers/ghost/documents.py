"""Documents of Ghost's editor as they come back: our block in them, and all the rest."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from copydesk_plugins.publishers.ghost import nodes
from copydesk_plugins.publishers.ghost.nodes import Node
from copydesk_plugins.publishers.ghost.plain import lines

_OURS = ('<nav data-copydesk="links"', '<p data-copydesk="line">')
#: Deeper documents are compared as they stand; the editor makes none.
_DEEPEST = 80
_ADDRESS = re.compile(r'(\b(?:href|src|poster|cite)=")([^"<>]*)(")', re.IGNORECASE)
_SLASHES = re.compile("/{2,}")
#: What stays in an address as it is: also what is escaped already.
_SAFE = "/%!$&'()*+,;=:@~?-._"


class Parts(NamedTuple):
    """A document as people read it, and our block."""

    body: str
    block: str


def read_document(text: str, public: str) -> Parts:
    """Return what a document says; one that cannot be understood says its own text."""
    root = _root(text)
    if root is None:
        return Parts(text, "")
    ours = [node for node in root["children"] if _is_ours(node)]
    rest = [node for node in root["children"] if not _is_ours(node)]
    return Parts(
        plain(rest, public), normal_block("\n".join(node["html"] for node in ours), public)
    )


def plain(children: list[Node], public: str) -> str:
    """Return nodes as normalised text, with every address of the site itself written out."""
    return own_addresses("\n".join(lines(children)), public)


def normal_block(block: str, public: str) -> str:
    """Return our block in the form that it is compared in."""
    return own_addresses(block.strip() + "\n" if block.strip() else "", public)


def with_block(text: str, block: str) -> str | None:
    """Return a document with our block exchanged, added or taken out; None where it is none."""
    root = _root(text)
    if root is None:
        return None
    found: list[Node] = []
    card = nodes.card(block) if block else None
    for node in root["children"]:
        if not _is_ours(node):
            found.append(node)
        elif card is not None:
            found.append({**node, "html": block})
            card = None
    if card is not None:
        found.append(card)
    whole = json.loads(text)
    whole["root"]["children"] = found or [nodes.parent("paragraph", [])]
    return written(whole)


def written(document: Node) -> str:
    """Return a document as Ghost takes it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def own_addresses(html: str, public: str) -> str:
    """Write out addresses of the site itself, which Ghost keeps without their beginning."""

    def one(found: re.Match[str]) -> str:
        return found[1] + escape(own_address(unescape(found[2]), public)) + found[3]

    return _ADDRESS.sub(one, html)


def own_address(address: str, public: str) -> str:
    """Return an address in full where it is one of the site itself, else as it is.

    Ghost writes its own addresses in one way: without double slashes, and in ASCII.
    """
    try:
        if address.startswith("/") and not address.startswith("//"):
            address = urljoin(public, address)
        here, there = urlsplit(public), urlsplit(address)
    except ValueError:
        return address
    if there.scheme not in ("", "http", "https") or there.netloc != here.netloc or not there.netloc:
        return address
    path = quote(_SLASHES.sub("/", there.path or "/"), safe=_SAFE)
    query, anchor = quote(there.query, safe=_SAFE), quote(there.fragment, safe=_SAFE)
    return urlunsplit((here.scheme, here.netloc, path, query, anchor))


def _is_ours(node: Node) -> bool:
    html = node.get("html") if node.get("type") == "html" else None
    return isinstance(html, str) and html.lstrip().startswith(_OURS)


def _root(text: str) -> dict[str, Any] | None:
    """Return the root of a document whose shape is as it should be, or None."""
    try:
        value = json.loads(text)
        if "\\ud" in text.lower():  # half a sign cannot be written anywhere
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    root = value.get("root") if isinstance(value, dict) else None
    children = root.get("children") if isinstance(root, dict) else None
    if not isinstance(children, list) or not all(isinstance(each, dict) for each in children):
        return None
    return root if _depth(children) <= _DEEPEST else None


def _depth(children: list[Any]) -> int:
    """Return how deep nodes are nested, without a call for each level."""
    level: list[Any] = list(children)
    depth = 0
    while level and depth <= _DEEPEST:
        depth += 1
        level = [
            each
            for value in level
            for each in (
                value.values()
                if isinstance(value, dict)
                else value
                if isinstance(value, list)
                else ()
            )
            if isinstance(each, dict | list)
        ]
    return depth
