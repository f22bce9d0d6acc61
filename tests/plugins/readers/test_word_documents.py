"""Word documents: what is kept, what is named, and what is refused."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from imports_kit import convert, left_out, lost, recognised
from word_kit import PNG, p, part, r, word, zipped

from copydesk.api import CopydeskError

_BOX = "<w:txbxContent>{}</w:txbxContent>"


def comment(said: str) -> dict[str, tuple[str, bytes]]:
    inside = f'<w:comment w:id="0" w:author="Tom">{p(said)}</w:comment>'
    return {"comments.xml": ("comments", part("w:comments", inside))}


def notes(said: str) -> dict[str, tuple[str, bytes]]:
    inside = f'<w:footnote w:id="2">{p(said)}</w:footnote>'
    return {"footnotes.xml": ("footnotes", part("w:footnotes", inside))}


def test_deleted_words_are_named_and_inserted_ones_are_kept() -> None:
    deleted = f"<w:del>{r(' We never close.', tag='w:delText')}</w:del>"
    inserted = f"<w:ins>{r(' We close at five.')}</w:ins>"
    found = convert(
        "docx", word(p("Visits", style="Title") + p("Open at nine.", deleted, inserted))
    )
    assert (found.title, found.body) == ("Visits", "Open at nine. We close at five.\n")
    assert left_out(found) == {"We never close.": "deleted text (tracked change)"}
    assert found.omissions[0].place == "below “Visits”"
    assert found.notes == ("Tracked insertions were taken over: 1.",)


def test_moved_words_stand_once_in_the_draft() -> None:
    before = p(f"<w:moveFrom>{r('Ring the bell.')}</w:moveFrom>")
    after = p(f"<w:moveTo>{r('Ring the bell.')}</w:moveTo>")
    found = convert("docx", word(before + p("Come in.") + after))
    assert found.body == "Come in.\n\nRing the bell.\n"
    assert left_out(found) == {"Ring the bell.": "moved to another place (tracked change)"}


def test_comments_are_named_with_the_words_they_speak_of() -> None:
    marks = (
        '<w:commentRangeStart w:id="0"/>' + r("Ring us.") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    found = convert("docx", word(p(marks), comment("At any hour?")))
    (omission,) = found.omissions
    assert tuple(omission) == ("At any hour?", "comment by Tom", "at “Ring us.”")


def test_a_text_box_is_kept_once_though_it_is_stored_twice() -> None:
    inside = _BOX.format(p("Inside the box."))
    box = (
        "<w:r><mc:AlternateContent>"
        '<mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = convert("docx", word(p("Beside it.", box)))
    assert found.body == "Beside it.\n\nInside the box.\n"
    assert not found.omissions


@pytest.mark.parametrize(
    ("body", "parts", "text", "reason"),
    [
        (p("Seen.", r(" Unseen.", "<w:vanish/>")), {}, "Unseen.", "hidden text"),
        (p("Fees ..... 3", style="TOC1") + p("Seen."), {}, "Fees ..... 3", "table of contents"),
        (
            p("Seen.") + '<w:sectPr><w:headerReference w:type="default" r:id="h.xml"/></w:sectPr>',
            {"h.xml": ("header", part("w:hdr", p("Our letterhead")))},
            "Our letterhead",
            "page header",
        ),
    ],
)
def test_what_is_no_text_of_the_post_is_named(
    body: str, parts: dict[str, tuple[str, bytes]], text: str, reason: str
) -> None:
    found = convert("docx", word(body, parts))
    assert found.body == "Seen.\n"
    assert left_out(found) == {text: reason}
    assert not lost(found)


def test_footnotes_links_tables_and_equations_are_kept() -> None:
    link = f'<w:hyperlink r:id="L">{r("our page")}</w:hyperlink>'
    cell = "<w:tc>{}</w:tc>"
    rows = "".join(
        f"<w:tr>{cell.format(p(a))}{cell.format(p(b))}</w:tr>"
        for a, b in (("When", "Where"), ("Nine", "Room 2"))
    )
    body = (
        p("See ", link, ".", '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + f"<w:tbl>{rows}</w:tbl>"
        + p("So ", "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")
    )
    found = convert("docx", word(body, notes("A source."), {"L": "https://clinic.example/a"}))
    assert "See [our page](https://clinic.example/a).[^1]" in found.body
    assert "[^1]: A source." in found.body
    assert "| When | Where |\n| --- | --- |\n| Nine | Room 2 |" in found.body
    assert "So x=2" in found.body
    assert any("Equations" in note for note in found.notes)
    assert not found.omissions


def test_macros_are_left_out_and_named_and_nothing_of_them_runs() -> None:
    found = convert("docx", word(p("Text."), more={"word/vbaProject.bin": b"Shell"}), "a.docm")
    assert found.body == "Text.\n"
    assert "acro" in " ".join([*found.notes, *(f"{o.text} {o.reason}" for o in found.omissions)])


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with (
        ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as file,
        file.open("word/document.xml", "w", force_zip64=True) as stream,
    ):
        for _ in range(1024):
            stream.write(bytes(1024 * 1024))
    return buffer.getvalue()


def _lying_bomb() -> bytes:
    """Return a file whose headers tell of ten bytes where 60 MB come out."""
    data = zipped({"word/document.xml": bytes(60 * 1024 * 1024)})
    size = (60 * 1024 * 1024).to_bytes(4, "little")
    return data.replace(size, (10).to_bytes(4, "little"))


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<d>&b;</d>"
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped({"a.txt": b"no document"}), "is no Word document"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "is no Word document"),
        (b"PK\x03\x04 and then nothing", "is no Word document|is damaged"),
        (b"%PDF-1.7", "is a PDF"),
        (b"{\\rtf1 x}", "Rich Text"),
        (b"", "is no Word document"),
        (_OLE, "of the old form"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (word(p("Text."))[:-300], "is no Word document|is damaged"),
        (zipped({"word/document.xml": b"<w:document"}), "could not be read"),
        (zipped({"word/document.xml": _ENTITY}), "could not be read"),
        (zipped({f"word/{n}.xml": b"" for n in range(6000)}), "too large|many files"),
    ],
)
def test_what_is_no_word_document_is_refused_in_plain_words(data: bytes, said: str) -> None:
    with pytest.raises(CopydeskError, match=said):
        convert("docx", data, "visit.docx")
    assert recognised(data, "visit.docx") == "docx"


@pytest.mark.parametrize("make", [_bomb, _lying_bomb])
def test_a_bomb_is_not_unpacked(make: object) -> None:
    with pytest.raises(CopydeskError, match=r"too large|damaged"):
        convert("docx", make(), "visit.docx")  # type: ignore[operator]


def test_pictures_come_along_with_their_alternative_text() -> None:
    picture = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="A quiet room"/>'
        "<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        '<a:blip r:embed="media/a.png"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    found = convert("docx", word(p("Here.", picture), {"media/a.png": ("image", PNG)}))
    (attachment,) = found.attachments
    assert attachment.data == PNG
    assert f"![A quiet room]({attachment.name})" in found.body
    assert not found.notes
