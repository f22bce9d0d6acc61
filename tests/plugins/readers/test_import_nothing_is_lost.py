"""Whatever stands in a document, each sentence of it is in the draft or among what was left out.

Documents are generated: words with every sign that Markdown knows, in every kind of block, with
every mark, as HTML and as Word files.
"""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from imports_kit import convert, draft, lost
from word_kit import p, part, r, word

from copydesk.testing import read

_WORDS = st.sampled_from(
    [
        *("tea", "room", "We", "it’s", "Éva", "sit", "2.5", "dose"),
        *("*", "**", "_", "_a_", "a_b", "[x]", "[^1]", "](", "`", "``", "#", "##", ">", "-", "+"),
        *("1.", "2)", "|", "||", "\\", "\\\\", "<b>", "&amp;", "&", "<", "~~", "~", "=", "---"),
        *("!", "![", ":", "(a)", "http://a.example/x_y", "a@b.example", "***", "| a |", "$x$"),
        *("\u00a0", "e.g.", "end.", "Why?", "“So.”", "…", "\U0001f642", "\u200d", "^", "'", '"'),
    ]
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=7).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words), f" {' '.join(words)} "])
)
_MARKS = st.frozensets(st.sampled_from(["b", "i", "s", "sup", "a", "code"]), max_size=3)
_RUNS = st.lists(st.tuples(_TEXT, _MARKS), min_size=1, max_size=4)
_KINDS = st.sampled_from(["p", "h1", "h2", "h3", "li", "ol", "quote", "cell", "br", "note", "pre"])
_BLOCKS = st.lists(st.tuples(_KINDS, _RUNS), min_size=1, max_size=6)
Blocks = list[tuple[str, list[tuple[str, frozenset[str]]]]]


def _html(blocks: Blocks) -> str:
    parts, notes = [], []
    for kind, runs in blocks:
        said = "".join(_html_run(*run) for run in runs)
        if kind == "li":
            said = f"<ul><li>{said}<ol><li>{said}</li></ol></li><li><p>{said}</p></li></ul>"
        elif kind == "ol":
            said = f"<ol start=3><li>{said}</li><li>{said}<p>{said}</p></li></ol>"
        elif kind == "quote":
            said = f"<blockquote>{said}<ul><li>{said}</li></ul></blockquote>"
        elif kind == "cell":
            said = f"<table><tr><th>{said}<th>x<tr><td>{said}<td><p>Rest<p>{said}</table>"
        elif kind == "br":
            said = f"<p>{said}<br>{said}<br><br>{said}</p>"
        elif kind == "note":
            at = len(notes) + 1
            notes.append(
                f"<div id=ftn{at}><p><a href='#_ftnref{at}' name=_ftn{at}>[{at}]</a>{said}</p>"
            )
            said = f"<p>{said}<a href='#_ftn{at}' name=_ftnref{at}><sup>[{at}]</sup></a>{said}</p>"
        else:
            said = f"<{kind}>{said}</{kind}>"
        parts.append(said)
    return "".join((*parts, *notes))


def _html_run(text: str, marks: frozenset[str]) -> str:
    said = escape(text)
    for mark in sorted(marks):
        start = "a href='https://a.example/(x'" if mark == "a" else mark
        said = f"<{start}>{said}</{mark}>"
    return said


_STYLE = {"h1": "Heading1", "h2": "Heading2", "h3": "Ours", "quote": "Quote"}
_PROPERTY = {
    "b": "<w:b/>",
    "i": "<w:i/>",
    "s": "<w:strike/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
    "code": "<w:vanish/>",
}


def _word(blocks: Blocks) -> bytes:
    parts, notes = [], []
    for kind, runs in blocks:
        written = [_word_run(*run) for run in runs]
        said = p(*written, style=_STYLE.get(kind, ""))
        if kind == "li":
            said = p(*written, f'<w:ins w:id="1">{r("new")}</w:ins>', *written)
        elif kind == "ol":
            gone = '<w:p><w:pPr><w:rPr><w:del w:id="2"/></w:rPr></w:pPr>'
            said = f"{gone}{''.join(written)}</w:p>{said}"
        elif kind == "br":
            said = p(*written, "<w:r><w:br/></w:r>", *written, "<w:r><w:tab/></w:r>", *written)
        elif kind == "cell":
            cell = f"<w:tc>{p('Rest')}{said}</w:tc>"
            said = f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>"
        elif kind == "note":
            at = len(notes) + 1
            notes.append(f'<w:footnote w:id="{at}">{said}{said}</w:footnote>')
            said = p(*written, f'<w:r><w:footnoteReference w:id="{at}"/></w:r>', *written)
        elif kind == "pre":
            inside = f"<w:pict><v:shape><v:textbox><w:txbxContent>{said}</w:txbxContent>"
            said = p(*written, f"<w:r>{inside}</v:textbox></v:shape></w:pict></w:r>", *written)
        parts.append(said)
    neighbours = {"footnotes.xml": ("footnotes", part("w:footnotes", "".join(notes)))}
    return word("".join(parts), neighbours, {"link": "https://a.example/(x"})


def _word_run(text: str, marks: frozenset[str]) -> str:
    said = r(text, "".join(_PROPERTY.get(mark, "") for mark in sorted(marks)))
    return f'<w:hyperlink r:id="link">{said}</w:hyperlink>' if "a" in marks else said


@given(_BLOCKS)
def test_of_a_page(blocks: Blocks) -> None:
    conversion = convert("html", _html(blocks))
    assert not lost(conversion), conversion.body


@given(_BLOCKS)
def test_of_a_word_file(blocks: Blocks) -> None:
    conversion = convert("docx", _word(blocks))
    assert not lost(conversion), conversion.body


@given(st.text(max_size=200))
@example("<table><td>a<td>b")
@example("<a><p>x</a>y<li>z")
def test_of_any_text_taken_for_html(text: str) -> None:
    conversion = convert("html", f"<p>{text}".encode("utf-8", "surrogatepass"))
    assert not lost(conversion), conversion.body


@given(_BLOCKS)
def test_a_draft_has_no_more_than_the_input(blocks: Blocks) -> None:
    """What the draft shows is what the page showed, in its order, but for what was left out."""
    conversion = convert("html", _html([each for each in blocks if each[0] != "note"]))
    if conversion.omissions or conversion.title:
        return
    texts = " ".join(" ".join(conversion.texts).split())
    post = read(draft(conversion))
    shown = " ".join(
        " ".join(block.text.plain for block in post.blocks if block.kind != "title").split()
    )
    assert shown.replace(" ", "") == texts.replace(" ", "")


@pytest.mark.parametrize("mark", ["b", "i", "s", "code", "a"])
def test_marks_survive_where_markdown_has_them(mark: str) -> None:
    blocks: Blocks = [
        ("p", [("Drink ", frozenset()), ("tea", frozenset({mark})), (".", frozenset())])
    ]
    body = convert("html", _html(blocks)).body
    wanted = {"b": "**tea**", "i": "*tea*", "s": "~~tea~~", "code": "`tea`"}
    assert wanted.get(mark, "[tea](https://a.example/%28x)") in body
