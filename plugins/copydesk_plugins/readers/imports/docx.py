"""The importer of Word documents (.docx), and the one who says what a .doc or .odt is."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from copydesk.api import Conversion, Incoming, Omission
from copydesk_plugins.readers.imports import word_around, word_package
from copydesk_plugins.readers.imports.pictures import Pictures
from copydesk_plugins.readers.imports.word_cleaning import Cleaning
from copydesk_plugins.readers.imports.word_graphics import Graphics
from copydesk_plugins.readers.imports.word_package import Package, Relation
from copydesk_plugins.readers.imports.word_signs import Styles
from copydesk_plugins.readers.imports.word_texts import texts_in

#: Word documents, and those of others, which are refused with a word on what to do.
_ENDINGS = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".rtf", ".odt", ".pdf", ".pages")
_STARTS = (word_package.OLE, b"PK\x03\x04", b"{\\rtf", b"%PDF-")
_SAID = {
    "insertions": "Tracked insertions were taken over: {}.",
    "boxes": "Text boxes follow the paragraph to which they are tied: {}.",
    "equations": "Equations came over as plain text, to be checked by eye: {}.",
    "symbols": "Characters of symbol fonts that have no plain form were left out: {}.",
    "parts": "Other files inside the document were left out: {}.",
}


def recognises(incoming: Incoming) -> bool:
    """Say whether a file is of a word processor, by its name or by its first bytes."""
    if incoming.name.lower().endswith(_ENDINGS):
        return True
    return incoming.data.startswith(_STARTS)


def convert(incoming: Incoming) -> Conversion:
    """Turn a Word document into a draft; nothing in it is run or fetched."""
    package = Package(incoming)
    document = package.xml(package.main)
    if document is None:
        raise package.damaged()
    relations = package.relations(package.main)
    styles = Styles(_part(package, relations, "styles"))
    notes = {
        kind: root
        for kind in ("footnote", "endnote")
        if (root := _part(package, relations, f"{kind}s")) is not None
    }
    texts = [text for each in (document, *notes.values()) for text in texts_in(each, styles)]
    omissions = [
        *word_around.comments(package, relations, document, styles),
        *word_around.margins(package, relations, styles),
    ]
    texts += [text for each in omissions for text in each.text.split("\n\n")]
    omissions += word_around.loose_notes(notes, [document, *notes.values()], styles)
    return _convert(package, document, notes, styles, texts, omissions)


def _part(package: Package, relations: dict[str, Relation], kind: str) -> Element | None:
    target = next((each.target for each in relations.values() if each.kind == kind), "")
    return package.xml(target or f"word/{kind}.xml")


def _convert(
    package: Package,
    document: Element,
    notes: dict[str, Element],
    styles: Styles,
    texts: list[str],
    omissions: list[Omission],
) -> Conversion:
    from copydesk_plugins.readers.imports.html import convert_html
    from copydesk_plugins.readers.imports.word_html import to_html

    relations = package.relations(package.main)
    counts: Counter[str] = Counter()
    said: list[str] = []
    cleaned: dict[str, Element] = {}
    for kind, root in {"": document, **notes}.items():
        name = package.main
        if kind:
            kinds = (each.target for each in relations.values() if each.kind == f"{kind}s")
            name = next(kinds, f"word/{kind}s.xml")
        graphics = Graphics(package, package.relations(name))
        cleaning = Cleaning(styles, graphics)
        cleaning.clean(root)
        cleaned[name] = root
        omissions += [*cleaning.omissions, *graphics.omissions]
        texts += graphics.texts
        said += graphics.notes
        counts += cleaning.counts
    pictures = Pictures(named=True)
    html, of_pictures = to_html(package, cleaned, pictures)
    found = convert_html(html, own_pictures=pictures)
    said += [_SAID[key].format(count) for key, count in counts.items()]
    if any(each.lower().endswith("vbaproject.bin") for each in package.names):
        said.append("The document holds macros. They were not run and not taken over.")
    known = word_around.properties(package)
    title = found.title or known.pop("title", "")
    return found._replace(
        title=title,
        texts=tuple([title, *texts] if not found.title and title else texts),
        front_matter={key: value for key, value in known.items() if key != "title"},
        omissions=(*omissions, *found.omissions),
        notes=tuple(dict.fromkeys((*said, *of_pictures, *found.notes))),
    )
