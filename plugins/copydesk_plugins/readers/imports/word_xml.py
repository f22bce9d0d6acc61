"""XML parts of a Word file as trees, with nothing in them that could run, fetch or blow up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, TreeBuilder, tostring
from xml.parsers import expat

#: Nobody nests deeper, and nothing that walks over the tree needs to go deeper.
MAX_DEPTH = 120
#: A thousand pages have fewer elements; many more would take all the memory there is.
MAX_ELEMENTS = 500_000
_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
#: Namespaces and the short names that stand for them here. The strict form has others.
_PREFIXES = {
    f"{_OFFICE}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OFFICE}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OFFICE}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_OFFICE}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OFFICE}drawingml/2006/picture": "pic",
    f"{_STRICT}drawingml/picture": "pic",
    f"{_OFFICE}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_OFFICE}drawingml/2006/diagram": "dgm",
    f"{_STRICT}drawingml/diagram": "dgm",
    f"{_OFFICE}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OFFICE}markup-compatibility/2006": "mc",
    f"{_OFFICE}package/2006/relationships": "rel",
    f"{_OFFICE}package/2006/content-types": "ct",
    f"{_OFFICE}package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "office-word",
}
_URIS = {prefix: uri for uri, prefix in reversed(_PREFIXES.items())}
_XML = "http://www.w3.org/XML/1998/namespace"


class BadXml(Exception):
    """A part that is no XML, or holds what no Word file needs; the text says what in words."""


def parse(data: bytes) -> Element:
    """Return the tree of a part, its names as `w:p`; raises BadXml."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if count > MAX_ELEMENTS:
            raise BadXml("is too large: more than a thousand pages")
        if depth > MAX_DEPTH:
            raise BadXml("is nested too deep")
        builder.start(_short(name), {_short(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_short(name))

    def doctype(*_: object) -> None:
        raise BadXml("declares entities of its own, which Word never writes")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise BadXml("is damaged") from None
    return builder.close()


def _short(name: str) -> str:
    uri, _, local = name.rpartition(" ")
    if not uri:
        return local
    if uri == _XML:
        return f"xml:{local}"
    prefix = _PREFIXES.get(uri)
    # What is unknown keeps its name and loses its namespace: nothing here asks for it.
    return f"{prefix}:{local}" if prefix else f"other-{local}"


def serialised(root: Element) -> bytes:
    """Return a tree as a part for those who read parts."""
    copy = Element(root.tag, dict(root.attrib))
    copy.extend(root)
    for prefix, uri in _URIS.items():
        copy.set(f"xmlns:{prefix}", uri)
    return bytes(tostring(copy, encoding="UTF-8", xml_declaration=True))


def on(element: Element | None) -> bool:
    """Say whether a switch such as `w:vanish` is there and on."""
    return element is not None and element.get("w:val") not in ("0", "false", "off")


def below(root: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names inside an element, in order."""
    wanted = frozenset(names)
    return (each for each in root.iter() if each.tag in wanted)


def find(element: Element, *names: str) -> Element | None:
    """Return the first child of that name, its first child of the next name, and so on."""
    found: Element | None = element
    for name in names:
        inside: Iterable[Element] = found if found is not None else ()
        found = next((each for each in inside if each.tag == name), None)
    return found
