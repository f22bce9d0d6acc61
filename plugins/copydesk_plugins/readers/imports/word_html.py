"""A cleaned Word file as HTML, by the library mammoth, which knows styles, lists and links.

It gets a new package of parts that were parsed and written here, so it never meets what somebody
else packed.
"""

from __future__ import annotations

import io
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from copydesk.api import CopydeskError
from copydesk_plugins.readers.imports.pictures import Pictures
from copydesk_plugins.readers.imports.word_package import Package, refusal
from copydesk_plugins.readers.imports.word_xml import serialised

_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
r[style-name='HTML Code'] => code
r[style-name='Emphasis'] => em
r[style-name='Intense Emphasis'] => em
"""
#: Parts besides the text that tell how it looks and what it refers to.
_ABOUT = ("[Content_Types].xml", "_rels/.rels")
_NEIGHBOURS = frozenset({"styles", "numbering", "footnotes", "endnotes"})


def to_html(
    package: Package, cleaned: dict[str, Element], pictures: Pictures
) -> tuple[str, tuple[str, ...]]:
    """Return HTML and what is to be said of pictures; `cleaned` are parts to use for theirs."""
    import mammoth

    notes: dict[str, None] = {}

    def image(picture: Any) -> dict[str, str]:
        with picture.open() as file:
            shown = pictures.add(file.read(), picture.content_type or "")
        notes[shown.note] = None
        return {"src": shown.src}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(_repacked(package, cleaned)),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(image),
            include_embedded_style_map=False,
        )
    except CopydeskError:
        raise
    except Exception:
        # Whatever the library stumbles over is a file that Word would have written otherwise.
        raise refusal(
            "could not be read: it is put together in a way that Word does not use",
            name=package.name,
        ) from None
    return str(result.value), tuple(each for each in notes if each)


def _repacked(package: Package, cleaned: dict[str, Element]) -> bytes:
    """Return a package of what is needed, each part as it was read here."""
    names = {*_ABOUT, package.main, *cleaned}
    binary = set()
    for name in (package.main, *cleaned):
        folder, _, base = name.rpartition("/")
        names.add(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        for relation in package.relations(name).values():
            if relation.external or relation.target not in package:
                continue
            if relation.kind in _NEIGHBOURS and name == package.main:
                names.add(relation.target)
            elif relation.kind == "image":
                binary.add(relation.target)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as file:
        for name in sorted(names):
            root = cleaned[name] if name in cleaned else package.xml(name)
            if root is not None:
                file.writestr(ZipInfo(name), serialised(root))
        for name in sorted(binary - names):
            file.writestr(ZipInfo(name), package.read(name))
    return buffer.getvalue()
