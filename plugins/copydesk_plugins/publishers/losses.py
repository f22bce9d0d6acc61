"""What of a page Markdown cannot say, counted: people should know before a text is written anew."""

from __future__ import annotations

from collections import Counter
from html import unescape

from copydesk.api import is_heading_id
from copydesk_plugins.publishers.tags import attributes, tags

_KINDS = {
    **dict.fromkeys(("iframe", "embed", "object", "video", "audio"), "embed"),
    **dict.fromkeys(("button", "input", "select", "textarea"), "part of a form"),
    **dict.fromkeys(("svg", "canvas", "math"), "drawing"),
    "form": "form",
    "script": "script",
    "style": "style sheet",
    "details": "fold-out",
}
_LOOK = "element with its own look or anchor"
#: Tags between whose texts there is a blank.
_PARTING = frozenset({"br", "p", "div", "li"})
#: How far the end of a heading is looked for.
_LONGEST_HEADING = 1000
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Classes that an editor gives by itself, and that say nothing that was chosen.
_BY_ITSELF = ("wp-", "size-", "attachment-", "alignnone", "kg-")
_WORDS = (
    ("embed", "embeds"),
    ("script", "scripts"),
    ("style sheet", "style sheets"),
    ("form", "forms"),
    ("part of a form", "parts of a form"),
    ("drawing", "drawings"),
    ("fold-out", "fold-outs"),
    (_LOOK, "elements with their own look or anchor"),
)


def losses_of(html: str, own_anchors: bool = True) -> tuple[str, ...]:
    """Return what would be lost, such as `2 embeds`; nothing where Markdown can say all.

    Without `own_anchors` the system gives headings their anchors by itself.
    """
    found: Counter[str] = Counter()
    for tag in tags(html):
        if tag[2] and not tag[1]:
            below = html[tag.end() : tag.end() + _LONGEST_HEADING]
            found[_loss(tag[2].lower(), tag[0], below, own_anchors)] += 1
    del found[""]
    if found["form"]:
        del found["part of a form"]
    return told(found)


def told(counts: Counter[str]) -> tuple[str, ...]:
    """Return counts by word as people say them, in a steady order."""
    plurals = dict(_WORDS)
    order = [word for word, _ in _WORDS]
    rest = sorted(each for each in counts if each not in plurals)
    return tuple(
        f"{counts[word]} {word if counts[word] == 1 else plurals.get(word, f'{word}s')}"
        for word in (*order, *rest)
        if counts[word]
    )


def plain(html: str) -> str:
    """Return the words of a short text in HTML, such as a title, on one line."""
    parts = []
    at = 0
    for tag in tags(html):
        parts.append(html[at : tag.start()])
        parts.append(" " if (tag[2] or "").lower() in _PARTING else "")
        at = tag.end()
    return " ".join(unescape("".join([*parts, html[at:]])).split())


def _loss(name: str, tag: str, below: str, own_anchors: bool) -> str:
    """Return what is lost with a tag, in a word, or nothing; `below` is what follows it."""
    if name in _KINDS:
        return _KINDS[name]
    for key, value in attributes(tag).items():
        if key == "class" and any(not each.startswith(_BY_ITSELF) for each in value.split()):
            return _LOOK
        if key == "id" and name in _HEADINGS:
            words = plain(below.partition(f"</{name}")[0])
            if not own_anchors or is_heading_id(value, words):
                continue
        if key in ("style", "id", "align") and value:
            return _LOOK
    return ""
