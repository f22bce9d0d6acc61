"""Fields of Word: the table of contents, and links that are written as fields."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from copydesk_plugins.readers.imports.word_signs import Styles, style_of
from copydesk_plugins.readers.imports.word_xml import below, find


def contents_paragraphs(paragraphs: Iterable[Element], styles: Styles) -> set[int]:
    """Return the ids of the paragraphs that are a table of contents which Word has made."""
    found: set[int] = set()
    # For each open field the instruction so far; a table of contents counts once it has ended.
    fields: list[str] = []
    maybe: set[int] = set()
    for paragraph in paragraphs:
        within = any(_is_contents(each) for each in fields)
        for each in below(paragraph, "w:fldChar", "w:instrText"):
            kind = each.get("w:fldCharType")
            if kind == "begin":
                fields.append("")
            elif kind == "end" and fields:
                if _is_contents(fields.pop()):
                    found |= {*maybe, id(paragraph)}
                    maybe = set()
            elif each.tag == "w:instrText" and fields:
                fields[-1] += each.text or ""
            within = within or any(_is_contents(each) for each in fields[:2])
        if within:
            maybe.add(id(paragraph))
        name = styles.name(style_of(paragraph))
        if name == "toc heading" or (name.startswith("toc ") and name[4:].isdecimal()):
            found.add(id(paragraph))
    return found


def _is_contents(instruction: str) -> bool:
    return instruction.strip().upper().startswith(("TOC ", "TOC\\")) or instruction.strip() == "TOC"


def is_contents_box(control: Element) -> bool:
    """Say whether a content control is Word's box around a table of contents."""
    gallery = find(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return gallery is not None and gallery.get("w:val") == "Table of Contents"


def written_out(field: Element) -> list[Element]:
    """Return a `w:fldSimple` as what stands for it elsewhere: a link as runs, or its text."""
    instruction = field.get("w:instr") or ""
    if not instruction.strip().upper().startswith("HYPERLINK"):
        return list(field)
    return [_mark("begin"), _instruction(instruction), _mark("separate"), *field, _mark("end")]


def _mark(kind: str) -> Element:
    run = Element("w:r")
    SubElement(run, "w:fldChar", {"w:fldCharType": kind})
    return run


def _instruction(text: str) -> Element:
    run = Element("w:r")
    SubElement(run, "w:instrText").text = text
    return run
