"""What of a page Markdown cannot say, counted: people should know before a text is written anew."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

_EMBEDS = frozenset({"iframe", "embed", "object", "video", "audio"})
_FORMS = frozenset({"form", "button", "input", "select", "textarea"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Classes that an editor gives by itself, and that say nothing that was chosen.
_BY_ITSELF = ("wp-", "size-", "attachment-", "alignnone", "kg-")
_WORDS = (
    ("embed", "embeds"),
    ("script", "scripts"),
    ("style sheet", "style sheets"),
    ("form", "forms"),
    ("drawing", "drawings"),
    ("fold-out", "fold-outs"),
    ("element with its own look or anchor", "elements with their own look or anchor"),
)


def losses_of(html: str, own_anchors: bool = True) -> tuple[str, ...]:
    """Return what would be lost, such as `2 embeds`; nothing where Markdown can say all.

    Without `own_anchors` the system gives headings their anchors by itself.
    """
    reader = _Reader(own_anchors)
    reader.feed(html)
    return told(reader.found)


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


class _Reader(HTMLParser):
    def __init__(self, own_anchors: bool) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self._own_anchors = own_anchors

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMBEDS:
            self.found["embed"] += 1
        elif tag == "script":
            self.found["script"] += 1
        elif tag == "style":
            self.found["style sheet"] += 1
        elif tag in _FORMS:
            self.found["form"] += tag == "form" or not self.found["form"]
        elif tag in ("svg", "canvas", "math"):
            self.found["drawing"] += 1
        elif tag == "details":
            self.found["fold-out"] += 1
        elif any(self._counts(tag, name, value or "") for name, value in attrs):
            self.found["element with its own look or anchor"] += 1

    def _counts(self, tag: str, name: str, value: str) -> bool:
        """Say whether an attribute was chosen by a person and cannot be said in Markdown."""
        if name == "class":
            return any(not each.startswith(_BY_ITSELF) for each in value.split())
        if name == "id" and tag in _HEADINGS:
            return self._own_anchors and bool(value)
        return name in ("style", "id", "align") and bool(value)


def plain(html: str) -> str:
    """Return the words of a short text in HTML, such as a title, on one line."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.found).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "p", "div", "li"):
            self.found.append(" ")
