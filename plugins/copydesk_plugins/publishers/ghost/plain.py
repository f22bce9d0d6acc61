"""A document of Ghost's editor as plain lines of HTML, the same for every save of the same words.

What the editor adds or changes by itself is left out: versions, directions, sizes, split texts,
empty paragraphs. So two documents read alike here if and only if people would read them alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from copydesk_plugins.publishers.ghost.html_tree import elements, parse
from copydesk_plugins.publishers.ghost.inline import Anchors, NotNative, inline
from copydesk_plugins.publishers.ghost.nodes import FORMATS, Node

#: What the editor says of a node without any of it being seen.
_NOISE = frozenset(
    {"version", "detail", "mode", "style", "indent", "direction", "format", "visibility", "value"}
)
#: Captions nested deeper are compared as they stand.
_DEEPEST = 20
_SPACES = re.compile("[ \t\n\f\r]+")
_TEXTS = frozenset({"text", "extended-text", "tk", "code-highlight", "zwnj"})
_LINKS = frozenset({"link", "autolink", "at-link"})
#: Marks of links that the editor sets on its own.
_NO_MATTER = frozenset({"", "noopener", "noreferrer", "noopener noreferrer"})


def lines(children: Sequence[Node]) -> list[str]:
    """Return the lines of a document's nodes."""
    return [line for node in children for line in _block(node)]


def running_html(children: Sequence[Node]) -> str:
    """Return running text as HTML, with its formats nested in one order only."""
    joined = _joined(children)
    start, end = 0, len(joined)
    while start < end and _is_blank(joined[start]):
        start += 1
    while start < end and _is_blank(joined[end - 1]):
        end -= 1
    return _SPACES.sub(" ", "".join(_inline(joined[start:end]))).strip(" ")


def _is_blank(node: Node) -> bool:
    blank = node.get("type") == "text" and not node["text"].strip(" \t\n\f\r")
    return blank or node.get("type") == "linebreak"


def _block(node: Node) -> Iterator[str]:
    kind, children = node.get("type"), _children(node)
    if kind == "paragraph":
        yield from _if_any("p", running_html(children))
    elif kind in ("heading", "extended-heading"):
        yield from _if_any(str(node.get("tag", "h2")), running_html(children))
    elif kind in ("quote", "extended-quote", "aside"):
        yield from _if_any("aside" if kind == "aside" else "blockquote", running_html(children))
    elif kind == "list":
        yield from _list(node)
    elif kind == "horizontalrule":
        yield "<hr>"
    elif kind == "html":
        yield from _card(node)
    elif kind == "image":
        yield _image(node)
    elif kind == "codeblock":
        yield _code(node)
    else:
        yield f"<!-- {kind}: {json.dumps(_bare(node), sort_keys=True, ensure_ascii=False)} -->"


def _if_any(tag: str, html: str) -> Iterator[str]:
    if html:
        yield f"<{tag}>{html}</{tag}>"


def _list(node: Node) -> list[str]:
    tag = "ol" if node.get("listType") == "number" else "ul"
    start = node.get("start")
    numbered = tag == "ol" and isinstance(start, int) and start != 1
    found = [f'<{tag} start="{start}">' if numbered else f"<{tag}>"]
    for item in _children(node):
        within = _children(item)
        if within and within[0].get("type") == "list":  # it belongs to the item before
            found[-1] = found[-1].removesuffix("</li>")
            found += [*(["<li>"] if len(found) == 1 else []), *_block(within[0]), "</li>"]
        else:
            found.append(f"<li>{running_html(within)}</li>")
    return [*found, f"</{tag}>"]


def _card(node: Node) -> Iterator[str]:
    html = str(node.get("html", "")).strip()
    seen = _only_for(node.get("visibility"))
    if html:
        yield f"<!-- {seen} -->\n{html}" if seen else html


def _only_for(visibility: Any) -> str:
    """Return whom a card is shown to, or nothing where everybody sees it."""
    web = visibility.get("web") if isinstance(visibility, dict) else None
    if not isinstance(web, dict) or "nonMember" not in web:
        return ""
    everybody = web.get("nonMember") is True and web.get("memberSegment") in (
        None,
        "",
        "status:free,status:-free",
    )
    return "" if everybody else f"only for: {json.dumps(web, sort_keys=True)}"


def _image(node: Node) -> str:
    wide = str(node.get("cardWidth") or "regular")
    html = f'<img src="{_attribute(node, "src")}" alt="{_attribute(node, "alt")}"'
    html += f' title="{_attribute(node, "title")}">' if node.get("title") else ">"
    if node.get("href"):
        html = f'<a href="{_attribute(node, "href")}">{html}</a>'
    caption = _caption(str(node.get("caption") or ""))
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    width = "" if wide == "regular" else f' data-width="{escape(wide)}"'
    return f"<figure{width}>{html}{caption}</figure>"


def _caption(html: str) -> str:
    """Return a caption without the styles that the editor puts around each of its words."""
    root, depth = parse(html)
    if depth > _DEEPEST:
        return html
    for element in elements(root):
        for name in ("class", "style"):
            element.attributes.pop(name, None)
    try:
        return running_html(inline(root.children, Anchors(frozenset())))
    except NotNative:
        return _SPACES.sub(" ", html).strip()


def _code(node: Node) -> str:
    language = f' class="language-{_attribute(node, "language")}"' if node.get("language") else ""
    html = f"<pre><code{language}>{escape(str(node.get('code', '')), quote=False)}</code></pre>"
    if node.get("caption"):
        html = f"<figure>{html}<figcaption>{node['caption']}</figcaption></figure>"
    return html


def _attribute(node: Node, name: str) -> str:
    return escape(str(node.get(name) or ""))


def _children(node: Node) -> list[Node]:
    found = node.get("children")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _joined(children: Sequence[Node]) -> list[Node]:
    """Join texts of one format that the editor keeps apart."""
    found: list[Node] = []
    for node in children:
        last = found[-1] if found else {}
        if node.get("type") in _TEXTS:
            format = node.get("format") if isinstance(node.get("format"), int) else 0
            words = str(node.get("text", ""))
            if last.get("type") == "text" and last["format"] == format:
                last["text"] += words
            elif words:
                found.append({"type": "text", "text": words, "format": format})
        else:
            found.append(node)
    return found


def _inline(children: Sequence[Node]) -> Iterator[str]:
    for node in children:
        kind = node.get("type")
        if kind == "text":
            html = escape(node["text"], quote=False)
            for bit, tag in reversed(FORMATS):
                if node["format"] & bit:
                    html = f"<{tag}>{html}</{tag}>"
            yield html
        elif kind == "linebreak":
            yield "<br>"
        elif kind in _LINKS:
            rel = str(node.get("rel") or "")
            rel = "" if rel in _NO_MATTER else f' rel="{escape(rel)}"'
            within = "".join(_inline(_joined(_children(node))))
            yield f'<a href="{_attribute(node, "url")}"{rel}>{within}</a>'
        else:
            yield from _block(node)


def _bare(value: Any) -> Any:
    """Return a node without what is never seen."""
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items() if name not in _NOISE}
    return [_bare(each) for each in value] if isinstance(value, list) else value
