"""What both walks over a Word file must agree on: what is hidden, and what a character is."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from copydesk_plugins.readers.imports.word_xml import below, find, on


class Styles:
    """The styles of a document: their names, what they are based on, and which of them hide."""

    def __init__(self, root: Element | None) -> None:
        self.hiding: set[str] = set()
        self._names: dict[str, str] = {}
        self._based: dict[str, str] = {}
        for style in below(root, "w:style") if root is not None else ():
            key = style.get("w:styleId", "")
            name = find(style, "w:name")
            based = find(style, "w:basedOn")
            self._names[key] = (name.get("w:val") or "" if name is not None else "").lower()
            if based is not None:
                self._based[key] = based.get("w:val") or ""
            if style.get("w:type") == "character" and on(find(style, "w:rPr", "w:vanish")):
                self.hiding.add(key)

    def name(self, key: str) -> str:
        """Return a style's name in lower case; Word writes those of its own in English."""
        return self._names.get(key, key.lower())

    def base(self, key: str) -> str:
        """Return the heading or title that a style is made from, or nothing."""
        for _ in range(10):
            key = self._based.get(key, "")
            name = self.name(key)
            if name == "title" or (name.startswith("heading ") and name[8:].isdecimal()):
                return key
        return ""


def style_of(paragraph: Element) -> str:
    """Return the id of a paragraph's style, empty for the usual one."""
    found = find(paragraph, "w:pPr", "w:pStyle")
    return (found.get("w:val") or "") if found is not None else ""


def is_hidden(run: Element, styles: Styles) -> bool:
    """Say whether a run of text is marked as hidden."""
    properties = find(run, "w:rPr")
    if properties is None:
        return False
    vanish = find(properties, "w:vanish")
    if vanish is not None:
        return on(vanish)
    style = find(properties, "w:rStyle")
    return style is not None and style.get("w:val") in styles.hiding


def symbol(element: Element) -> str:
    """Return the character that a `w:sym` shows, as far as it has one in Unicode."""
    from mammoth.docx.dingbats import dingbats

    font, code = element.get("w:font"), element.get("w:char") or ""
    for digits in (code, code[2:] if code.upper().startswith("F0") else ""):
        try:
            found = dingbats.get((font, int(digits, 16)))
        except ValueError:
            found = None
        if found is not None:
            return chr(found)
    return ""


def alternative(element: Element) -> str:
    """Return the alternative text that an element holds, for the drawing that it is part of."""
    said = ""
    if element.tag == "wp:docPr":
        said = (element.get("descr") or "").strip() or element.get("title") or ""
    elif element.tag == "v:imagedata":
        said = element.get("o:title") or ""
    return " ".join(said.split())


def chosen(alternate: Element) -> Element | None:
    """Return the branch of an `mc:AlternateContent` that is read.

    That is the first, which Word shows, unless only the other holds a picture as we can read it.
    """
    choice, fallback = find(alternate, "mc:Choice"), find(alternate, "mc:Fallback")
    if choice is None:
        return fallback
    if fallback is not None and next(below(fallback, "v:imagedata"), None) is not None:
        frames = below(choice, "a:graphicData")
        direct = any(find(each, "pic:pic") is not None for each in frames)
        return choice if direct else fallback
    return choice


def joined(parent: Element) -> list[Element]:
    """Return the children of an element, paragraphs whose end was deleted one with the next."""
    found: list[Element] = []
    for child in parent:
        last = found[-1] if found else None
        if last is None or child.tag != "w:p" or not _runs_on(last):
            found.append(child)
            continue
        whole = Element("w:p")
        whole.extend(each for each in child if each.tag == "w:pPr")
        whole.extend(each for each in (*last, *child) if each.tag != "w:pPr")
        found[-1] = whole
    return found


def _runs_on(element: Element) -> bool:
    return element.tag == "w:p" and find(element, "w:pPr", "w:rPr", "w:del") is not None
