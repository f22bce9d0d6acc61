"""Word files for tests, written part by part, for what no library of Word files writes."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_OFFICE = "http://schemas.openxmlformats.org"
_RELATIONS = f"{_OFFICE}/officeDocument/2006/relationships"
NAMESPACES = {
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "r": _RELATIONS,
    "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
    "a": f"{_OFFICE}/drawingml/2006/main",
    "pic": f"{_OFFICE}/drawingml/2006/picture",
    "c": f"{_OFFICE}/drawingml/2006/chart",
    "m": f"{_OFFICE}/officeDocument/2006/math",
    "mc": f"{_OFFICE}/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_STYLES = """
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Our heading"/>
<w:basedOn w:val="Heading2"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>
<w:rPr><w:vanish/></w:rPr></w:style>
"""
#: A picture of one dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def part(root: str, inside: str) -> bytes:
    """Return an XML part of Word with this root element, such as `w:document`."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_DECLARED}>{inside}</{root}>'.encode()


def word(
    body: str,
    parts: dict[str, tuple[str, bytes]] | None = None,
    links: dict[str, str] | None = None,
    more: dict[str, bytes] | None = None,
) -> bytes:
    """Return a Word file. `parts` are neighbours of the text by file name, with their kind."""
    neighbours = {"styles.xml": ("styles", part("w:styles", _STYLES)), **(parts or {})}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{name}"/>'
        for name, (kind, _) in neighbours.items()
    )
    relations += "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/hyperlink" Target="{escape(target)}"'
        ' TargetMode="External"/>'
        for name, target in (links or {}).items()
    )
    wrapped = f'xmlns="{_OFFICE}/package/2006/relationships"'
    files = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
            '<Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships {wrapped}><Relationship Id="r" Type="{_RELATIONS}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": (
            f"<Relationships {wrapped}>{relations}</Relationships>"
        ).encode(),
        **{f"word/{name}": data for name, (_, data) in neighbours.items()},
        **(more or {}),
    }
    return zipped(files)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return buffer.getvalue()


def p(*runs: str, style: str = "") -> str:
    """Return a paragraph of runs; plain words become one."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return (
        f"<w:p>{named}{''.join(each if each.startswith('<') else r(each) for each in runs)}</w:p>"
    )


def r(text: str, properties: str = "", tag: str = "w:t") -> str:
    """Return a run of text."""
    said = f'<{tag} xml:space="preserve">{escape(text)}</{tag}>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{said}</w:r>"
