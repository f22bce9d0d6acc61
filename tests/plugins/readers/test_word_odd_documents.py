"""Word documents with what writers seldom see and programs often write: kept or named."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from docx import Document
from imports_kit import convert, left_out, lost
from word_kit import PNG, p, part, r, word

from copydesk.api import CopydeskError

_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def _field(instruction: str, *inside: str) -> str:
    said = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    parts = (_FIELD.format("begin"), said, _FIELD.format("separate"), *inside, _FIELD.format("end"))
    return "".join(parts)


def _drawing(inside: str, about: str = "") -> str:
    data = f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic>"
    about = f'<wp:docPr id="1" name="x" {about}/>'
    return f"<w:r><w:drawing><wp:inline>{about}{data}</wp:inline></w:drawing></w:r>"


def _picture(key: str) -> str:
    return f"<pic:pic><pic:blipFill><a:blip {key}/></pic:blipFill></pic:pic>"


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        (p("Own", style="Ours") + p("b"), "## Own\n\nb"),
        (p("a", style="Quote") + p("b", style="Quote"), "> a\n>\n> b"),
        (p("a", '<w:r><w:br w:type="page"/></w:r>', "b"), "a\\\nb"),
        (p("a", "<w:r><w:cr/></w:r>", "b"), "a\\\nb"),
        (p("a", "<w:r><w:tab/></w:r>", "b"), "a b"),
        (p("a", "<w:r><w:noBreakHyphen/></w:r>", "b"), "a\u2011b"),
        (p("a ", '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'), "a \U0001f86a"),
        (p("a ", f'<w:fldSimple w:instr="PAGE">{r("4")}</w:fldSimple>'), "a 4"),
        (
            p(f"<w:fldSimple w:instr='HYPERLINK \"https://a.example/x\"'>{r('a')}</w:fldSimple>"),
            "[a](https://a.example/x)",
        ),
        (
            p(_field(' HYPERLINK "https://a.example/x" \\o "tip" ', r("a"))),
            "[a](https://a.example/x)",
        ),
        (p(f'<w:hyperlink r:id="gone">{r("a")}</w:hyperlink>', " b"), "a b"),
        (p(f'<w:smartTag><w:bdo w:val="rtl">{r("a")}</w:bdo></w:smartTag>'), "a"),
        (f"<w:sdt><w:sdtContent>{p('a')}</w:sdtContent></w:sdt>{p('b')}", "a\n\nb"),
        (
            '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
            f"{r('First ')}</w:p>{p('and second.')}",
            "First and second.",
        ),
        (
            f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{r("Last.")}</w:p>',
            "Last.",
        ),
        (p("a", r("not hidden", '<w:vanish w:val="0"/>')), "anot hidden"),
        (p("It is ", _field(" TOC ", r("never ended"))[: -len(_FIELD.format("end"))]), None),
    ],
)
def test_what_is_kept(body: str, markdown: str | None) -> None:
    found = convert("docx", word(body))
    assert markdown is None or found.body == f"{markdown}\n"
    assert not lost(found)
    assert not left_out(found)


@pytest.mark.parametrize(
    ("body", "text", "reason"),
    [
        (p("a", r("b", '<w:rStyle w:val="Secret"/>')), "b", "hidden text"),
        (p("a", f"<w:del>{r('b')}</w:del>"), "b", "deleted text (tracked change)"),
        (
            p("a")
            + p(_FIELD.format("begin"), "<w:r><w:instrText>TOC \\o</w:instrText></w:r>", "b")
            + p(_FIELD.format("end")),
            "b",
            "table of contents",
        ),
        (
            p("a") + "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery "
            'w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{p('b')}</w:sdtContent></w:sdt>",
            "b",
            "table of contents",
        ),
        (
            f"{p('a')}<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('b')}</w:tc></w:tr></w:tbl>",
            "b",
            "deleted row of a table (tracked change)",
        ),
        (
            p("a", _drawing("<c:chart/>", 'descr="b"')),
            "b",
            "alternative text of a drawing that could not be taken over",
        ),
        (
            p("a", _drawing(_picture('r:embed="gone"'), 'title="b"')),
            "b",
            "alternative text of a drawing that could not be taken over",
        ),
    ],
)
def test_what_is_left_out_and_named(body: str, text: str, reason: str) -> None:
    found = convert("docx", word(body))
    assert found.body == "a\n"
    assert left_out(found) == {text: reason}
    assert not lost(found)


@pytest.mark.parametrize(
    ("body", "links", "said"),
    [
        (
            p("a", '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet"/></w:object></w:r>'),
            {},
            "Excel",
        ),
        (p("a", _drawing(_picture('r:link="L"'))), {"L": "file:///c/x.png"}, "file:///c/x.png"),
        (p("a", _drawing("<c:chart/>")), {}, "A chart was left out"),
        (p("a", '<w:r><w:sym w:font="Nobody" w:char="F041"/></w:r>'), {}, "symbol fonts"),
        (p("a") + '<w:altChunk r:id="x"/>', {}, "Other files inside"),
    ],
)
def test_what_has_no_words_is_named_in_a_note(body: str, links: dict[str, str], said: str) -> None:
    found = convert("docx", word(body, links=links))
    assert found.body == "a\n"
    assert said in " ".join(found.notes)
    assert not found.attachments


def test_the_words_of_a_chart_are_named() -> None:
    said = "<a:p><a:r><a:t>Visits </a:t></a:r><a:r><a:t>a week</a:t></a:r></a:p><c:v>May</c:v>"
    chart = {"chart.xml": ("chart", part("c:chartSpace", said))}
    found = convert("docx", word(p("a", _drawing('<c:chart r:id="chart.xml"/>')), chart))
    assert left_out(found) == {"Visits a week\n\nMay": "text of a chart"}
    assert not lost(found)


def test_the_pictures_of_a_group_are_kept() -> None:
    picture = _picture('r:embed="d.png"')
    group = f"<a:group>{picture}</a:group>"
    found = convert("docx", word(p(_drawing(group, 'descr="A dot"')), {"d.png": ("image", PNG)}))
    assert found.body == "![A dot](image-1.png)\n"
    assert not lost(found)


def test_a_footnote_without_a_mark_and_an_endnote() -> None:
    loose = f'<w:footnote w:id="2">{p("Loose.")}</w:footnote>'
    held = f'<w:endnote w:id="2">{p("Held.")}</w:endnote>'
    parts = {
        "footnotes.xml": ("footnotes", part("w:footnotes", loose)),
        "endnotes.xml": ("endnotes", part("w:endnotes", held)),
    }
    found = convert("docx", word(p("a", '<w:r><w:endnoteReference w:id="2"/></w:r>'), parts))
    assert found.body == "a[^1]\n\n[^1]: Held.\n"
    assert left_out(found) == {"Loose.": "footnote that no mark leads to"}
    assert not lost(found)


def test_a_document_of_a_well_known_library() -> None:
    """Headings, lists, tables, a header and a comment, as python-docx writes them."""
    document = Document()
    document.core_properties.author = "Jo Marsh"
    document.core_properties.title = "Not this title"
    document.add_heading("How a visit begins", 0)
    document.add_paragraph("Ring. ").add_run("Wait").bold = True
    document.add_heading("What to bring", 1)
    for said, style in (("A list", "List Bullet"), ("of pills", "List Bullet 2")):
        document.add_paragraph(said, style=style)
    document.add_paragraph("Sign", style="List Number")
    document.add_paragraph("Slowly", style="Quote")
    table = document.add_table(2, 2)
    for at, cell in enumerate(each for row in table.rows for each in row.cells):
        cell.text = f"cell {at}"
    document.sections[0].header.paragraphs[0].text = "Our letterhead"
    spoken = document.add_paragraph("Come early.")
    document.add_comment(spoken.runs, text="How early?", author="Ann")
    stream = io.BytesIO()
    document.save(stream)
    found = convert("docx", stream.getvalue())
    assert found.title == "How a visit begins"
    assert found.body == (
        "Ring. **Wait**\n\n## What to bring\n\n- A list\n  - of pills\n\n1. Sign\n\n> Slowly\n\n"
        "| cell 0 | cell 1 |\n| --- | --- |\n| cell 2 | cell 3 |\n\nCome early.\n"
    )
    assert found.front_matter == {"author": "Jo Marsh"}
    assert left_out(found) == {"How early?": "comment by Ann", "Our letterhead": "page header"}
    assert not lost(found)


def _nested() -> bytes:
    return word("<w:tbl><w:tr><w:tc>" * 60 + p("a") + "</w:tc></w:tr></w:tbl>" * 60)


def _endless() -> bytes:
    return word("<w:p/>" * 600_000)


@pytest.mark.parametrize(
    ("make", "said"), [(_nested, "nested too deep"), (_endless, "too large: more than a thousand")]
)
def test_documents_that_are_traps(make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(CopydeskError, match=said):
        convert("docx", make())


def test_tables_inside_each_other_as_deep_as_people_go() -> None:
    found = convert(
        "docx", word("<w:tbl><w:tr><w:tc>" * 20 + p("a") + "</w:tc></w:tr></w:tbl>" * 20)
    )
    assert found.body == "a\n"
