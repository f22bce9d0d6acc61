"""A Word file made ready for the library that reads it: what it would drop in silence is taken
out and named, and what it would not understand is written so that it does.
"""

from __future__ import annotations

from collections import Counter, deque
from xml.etree.ElementTree import Element

from copydesk.api import Omission
from copydesk_plugins.readers.imports.word_fields import (
    contents_paragraphs,
    is_contents_box,
    written_out,
)
from copydesk_plugins.readers.imports.word_graphics import Graphics
from copydesk_plugins.readers.imports.word_signs import (
    Styles,
    chosen,
    is_hidden,
    joined,
    style_of,
    symbol,
)
from copydesk_plugins.readers.imports.word_texts import texts_in
from copydesk_plugins.readers.imports.word_xml import below, find

#: Elements that only stand around others; their children take their place.
_WRAPPERS = frozenset(
    {"w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:sdtContent"}
    | {"w:ruby", "w:rt", "w:rubyBase"}
)
_REMOVED = {
    "w:del": "deleted text (tracked change)",
    "w:moveFrom": "moved to another place (tracked change)",
}
_TOC = "table of contents"


class Cleaning:
    """Cleans the parts of one Word file and collects what is to be said of them."""

    def __init__(self, styles: Styles, graphics: Graphics) -> None:
        self.omissions: list[Omission] = []
        self.counts: Counter[str] = Counter()
        self._styles = styles
        self._graphics = graphics
        self._contents: set[int] = set()
        self._heading = ""
        self._boxes: list[Element] = []

    def clean(self, root: Element) -> None:
        """Clean a part in place."""
        self._contents = contents_paragraphs(below(root, "w:p"), self._styles)
        self._children(root)

    def _children(self, parent: Element) -> None:
        waiting = deque(joined(parent))
        kept: list[Element] = []
        while waiting:
            child = waiting.popleft()
            replaced = self._replaced(child)
            if replaced is not None:
                waiting.extendleft(reversed(replaced))
                continue
            if child.tag == "w:p":
                self._paragraph(child)
            self._children(child)
            kept.append(child)
            if child.tag == "w:p" and self._boxes:
                # The text of boxes follows the paragraph to which they are tied.
                self.counts["boxes"] += 1
                waiting.extendleft(reversed(self._boxes))
                self._boxes = []
        parent[:] = kept

    def _replaced(self, child: Element) -> list[Element] | None:
        """Return what stands for an element, nothing if it goes, or None if it stays."""
        tag = child.tag
        if tag in _REMOVED:
            return self._omit(child, _REMOVED[tag])
        if tag == "w:p" and id(child) in self._contents:
            return self._omit(child, _TOC)
        if tag == "w:tr" and find(child, "w:trPr", "w:del") is not None:
            return self._omit(child, "deleted row of a table (tracked change)")
        if tag == "w:r" and is_hidden(child, self._styles):
            return self._omit(child, "hidden text")
        if tag == "w:sdt":
            content = find(child, "w:sdtContent")
            if is_contents_box(child):
                return self._omit(child, _TOC)
            return list(content) if content is not None else []
        if tag in _WRAPPERS:
            self.counts["insertions"] += (
                tag == "w:ins" and next(below(child, "w:t"), None) is not None
            )
            return joined(child)
        if tag == "mc:AlternateContent":
            branch = chosen(child)
            return list(branch) if branch is not None else []
        if tag == "w:fldSimple":
            return written_out(child)
        return self._rewritten(child)

    def _rewritten(self, child: Element) -> list[Element] | None:
        tag = child.tag
        if tag in ("m:oMath", "m:oMathPara"):
            self.counts["equations"] += 1
            return [_run("".join(each.text or "" for each in below(child, "m:t")))]
        if tag == "w:sym":
            return [_text(said)] if (said := symbol(child)) else self._count("symbols")
        if tag == "w:cr" or (tag == "w:br" and child.attrib):
            return [Element("w:br")]
        if tag == "w:ptab":
            return [Element("w:tab")]
        if tag in ("w:hyperlink", "a:hlinkClick") and not self._graphics.is_known(
            child.get("r:id")
        ):
            del child.attrib["r:id"]
        if tag in ("w:altChunk", "w:subDoc"):
            return self._count("parts")
        if tag in ("w:object", "w:drawing", "w:pict"):
            self._boxes += self._graphics.boxes(child)
            return None if self._graphics.is_kept(child) else []
        return None

    def _paragraph(self, paragraph: Element) -> None:
        """Give a paragraph in a style made from a heading the style of that heading."""
        key = style_of(paragraph)
        base = self._styles.base(key) if key else ""
        name = self._styles.name(key)
        own = name == "title" or name.startswith("heading ")
        if base and not own:
            find(paragraph, "w:pPr", "w:pStyle").set("w:val", base)  # type: ignore[union-attr]
        if own or base:
            said = " ".join("".join(each.text or "" for each in below(paragraph, "w:t")).split())
            self._heading = self._graphics.heading = said or self._heading

    def _omit(self, element: Element, reason: str) -> list[Element]:
        place = f"below “{self._heading}”" if self._heading else ""
        for text in texts_in(element, self._styles):
            last = self.omissions[-1] if self.omissions else None
            if reason == _TOC and last is not None and last.reason == _TOC:
                self.omissions[-1] = last._replace(text=f"{last.text}\n\n{text}")
            else:
                self.omissions.append(Omission(text, reason, place))
        return []

    def _count(self, what: str) -> list[Element]:
        self.counts[what] += 1
        return []


def _run(text: str) -> Element:
    run = Element("w:r")
    run.append(_text(text))
    return run


def _text(text: str) -> Element:
    holder = Element("w:t", {"xml:space": "preserve"})
    holder.text = text
    return holder
