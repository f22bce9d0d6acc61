"""Texts of WordPress's classic editor: blank lines part paragraphs, line ends are breaks."""

from __future__ import annotations

import re
from collections import Counter

from copydesk_plugins.publishers.tags import TAG, closed_part

#: Blocks whose text is parted into paragraphs.
_HOLDERS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "details", "div"),
        *("fieldset", "figure", "footer", "form", "header", "html", "main", "nav", "section"),
    }
)
#: Blocks whose text is one paragraph, unless blank lines stand in it.
_LINES = frozenset({"dd", "dt", "li", "td", "th", "figcaption", "caption", "summary", "legend"})
_OTHERS = frozenset(
    {
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "menu", "dl", "table"),
        *("thead", "tbody", "tfoot", "tr", "col", "colgroup", "fieldset", "hgroup", "option"),
    }
)
_BLOCKS = _HOLDERS | _LINES | _OTHERS
#: Blocks that never hold anything.
_EMPTY = frozenset({"hr", "col"})
#: What stands in these is kept as it is.
_VERBATIM = frozenset({"pre", "script", "style", "textarea", "svg", "object", "select"})
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def paragraphs(text: str) -> str:
    """Return the text of a post with its paragraphs and breaks as HTML."""
    writer = _Writer()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at, last = 0, closed_part(text)
    while match := TAG.search(text, at, last):
        writer.inline(text[at : match.start()])
        at = match.end()
        name = (match[2] or "").lower()
        if name in _VERBATIM and not match[1]:
            end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, at)
            stop = end.end() if end else len(text)
            whole = text[match.start() : stop]
            if name in ("pre", "select"):
                writer.block(name, whole)
            else:
                writer.kept(whole)
            at = stop
        elif name in _BLOCKS:
            writer.tag(name, match[0], closes=bool(match[1]))
        else:
            writer.kept(match[0])
    writer.inline(text[at:])
    return writer.result()


class _Writer:
    """Collects the text between two blocks, and writes it as the block around it wants it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._line: list[str] = []
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()

    def inline(self, text: str) -> None:
        """Add text; its line ends have a meaning."""
        self._line.append(text)

    def kept(self, markup: str) -> None:
        """Add markup inside a line; line ends in it have none."""
        self._line.append(markup.replace("\n", " ") if markup.startswith("<!--") else _flat(markup))

    def tag(self, name: str, markup: str, closes: bool) -> None:
        """Begin or end a block."""
        self._flush()
        self._parts.append(markup)
        if closes:
            while self._counts[name]:
                gone = self._open.pop()
                self._counts[gone] -= 1
                if gone == name:
                    break
        elif name not in _EMPTY and not markup.endswith("/>"):
            self._open.append(name)
            self._counts[name] += 1

    def block(self, name: str, whole: str) -> None:
        """Add a block whose text is kept as it is."""
        self._flush()
        self._parts.append(whole)

    def result(self) -> str:
        """Return all that was written."""
        self._flush()
        return "\n".join(each for each in self._parts if each)

    def _flush(self) -> None:
        text, self._line = "".join(self._line).strip(" \t\n"), []
        if not text:
            return
        around = self._open[-1] if self._open else "body"
        found = [each.strip(" \t\n") for each in _BLANK.split(text)]
        found = [each.replace("\n", "<br>\n") for each in found if each]
        if around in _HOLDERS or (around not in _OTHERS and len(found) > 1):
            self._parts += [f"<p>{each}</p>" for each in found]
        else:
            self._parts.append("<br><br>\n".join(found))


def _flat(markup: str) -> str:
    return " ".join(markup.split("\n"))
