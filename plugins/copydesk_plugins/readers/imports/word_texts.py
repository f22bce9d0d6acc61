"""Every text of a Word file, paragraph by paragraph, read on its own.

What the import holds drafts against comes from here. It knows where text stands in the XML and
where a paragraph ends, and nothing of styles, lists or what becomes of a text.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from copydesk_plugins.readers.imports.word_signs import (
    Styles,
    alternative,
    chosen,
    is_hidden,
    joined,
    symbol,
)
from copydesk_plugins.readers.imports.word_xml import find

#: One text each, apart from the line in which they stand.
_APART = frozenset({"w:del", "w:moveFrom"})
_TEXTS = frozenset({"w:t", "w:delText", "m:t"})
_BLANKS = {"w:tab": " ", "w:ptab": " ", "w:br": "\n", "w:cr": "\n"}
#: Two line breaks end a paragraph.
_EMPTY_LINE = re.compile(r"\n\s*\n\s*")
#: Tables and properties hold tabs and the like that are no text.
_NO_TEXT = frozenset({"w:pPr", "w:rPr", "w:tblPr", "w:sdtPr", "w:instrText", "w:object"})


def texts_in(root: Element, styles: Styles) -> list[str]:
    """Return the texts inside an element, a paragraph each, in order."""
    found: list[str] = []
    lines: list[list[str]] = [[]]
    # An element to enter, or a number of lines: how many there were before.
    stack: list[Element | int] = [root]

    def end(keep: int) -> None:
        while len(lines) > keep:
            for line in _EMPTY_LINE.split("".join(lines.pop())):
                text = " ".join(line.split())
                if text:
                    found.append(text)

    while stack:
        each = stack.pop()
        if isinstance(each, int):
            end(each)
        elif each.tag in _TEXTS:
            lines[-1].append((each.text or "").replace("\n", " "))
        elif each.tag in _BLANKS:
            lines[-1].append(_BLANKS[each.tag])
        elif each.tag == "w:noBreakHyphen":
            lines[-1].append("\u2011")
        elif each.tag == "w:sym":
            lines[-1].append(symbol(each))
        elif each.tag == "mc:AlternateContent":
            branch = chosen(each)
            if branch is not None:
                stack.append(branch)
        elif each.tag not in _NO_TEXT:
            if alt := alternative(each):
                found.append(alt)
            if _stands_apart(each, styles):
                stack.append(len(lines))
                lines.append([])
            stack.extend(reversed(joined(each)))
    end(0)
    return found


def _stands_apart(element: Element, styles: Styles) -> bool:
    if element.tag == "w:p":
        return True
    if element.tag == "w:tr":
        return find(element, "w:trPr", "w:del") is not None
    return element.tag in _APART or (element.tag == "w:r" and is_hidden(element, styles))
