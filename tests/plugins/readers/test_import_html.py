"""HTML as Word, Google Docs and web pages have it, as a draft."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from imports_kit import CASES, convert, left_out, lost, recognised, shown
from word_kit import PNG

from copydesk.api import Conversion

_CASES = sorted((CASES / "html").glob("*.html"))


def _whole(conversion: Conversion) -> str:
    """Return a conversion as a readable page, with what was left out at its end."""
    gone = [
        f"left out ({each.reason}, {each.place or 'no place'}): {each.text}"
        for each in conversion.omissions
    ]
    return "\n".join([shown(conversion), *gone, ""])


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.stem)
def test_a_case_becomes_the_draft_that_is_expected(case: Path) -> None:
    conversion = convert("html", case.read_bytes(), case.name)
    assert _whole(conversion) == case.with_suffix(".expected").read_text("utf-8")
    assert not lost(conversion)


@pytest.mark.parametrize(
    ("data", "name", "wanted"),
    [
        ("<p>a", "a.htm", "html"),
        ("words", "A.HTML", "html"),
        ("<!doctype html><p>a", "-", "html"),
        ("\ufeff\n <p class=x>a", "-", "html"),
        ("<p>a".encode("utf-16"), "-", "html"),
        ("<?xml version='1.0'?><html><p>a", "page", "html"),
        ("<!doctype html><p>a", "page.txt", "html"),
        ("<p>a", "page.txt", "pasted"),
        ("<div>a</div>\n\n# b", "page.md", "markdown"),
        ("<3 is a heart", "-", "pasted"),
        ("a <p>b", "-", "pasted"),
        (b"PK\x03\x04", "page", "docx"),
        (b"x", "page.docx", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "page.xyz", "docx"),
    ],
)
def test_which_importer_takes_a_file(data: str | bytes, name: str, wanted: str) -> None:
    assert recognised(data, name) == wanted


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("<meta charset=utf-8><p>Café “now”".encode(), ""),
        ("<p>Café “now”".encode(), ""),
        ("\ufeff<meta charset=windows-1252><p>Café “now”".encode(), ""),
        ("<p>Café “now”".encode("utf-16"), ""),
        ("<meta charset=windows-1252><p>Café “now”".encode("cp1252"), ""),
        ("<meta charset=iso-8859-1><p>Café “now”".encode("cp1252"), ""),
        ("<meta content='text/html; charset=macintosh'><p>Café “now”".encode("mac-roman"), ""),
        ("<?xml version='1.0' encoding='UTF-8'?><html><p>Café “now”".encode(), ""),
        ("<p>Café “now”".encode("cp1252"), "Windows-1252"),
        ("<meta charset=utf-8><p>Café “now”".encode("cp1252"), "Windows-1252"),
        ("<meta charset=rot13><p>Café “now”".encode(), "rot13"),
        ("<meta charset=unicode_escape><p>Café “now”".encode(), "unicode_escape"),
        ("<meta charset=utf-16><p>Café “now”".encode(), ""),
    ],
)
def test_the_charset_is_read(data: bytes, note: str) -> None:
    conversion = convert("html", data)
    assert conversion.body == "Café “now”\n"
    assert note in " ".join(conversion.notes)
    assert bool(note) == bool(conversion.notes)


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p>10<sup>6</sup> and H<sub>2</sub>O", "10<sup>6</sup> and H<sub>2</sub>O"),
        ("<p><b>a </b>b<i> c</i>", "**a** b *c*"),
        ("<p><b>a</b> <b>b</b>", "**a b**"),
        ("<p>un<b>believ</b>able", "un**believ**able"),
        ("<p>a<b>(b)</b>c", "a(b)c"),
        ("<p><b><i>a</i></b>", "***a***"),
        ("<p><span style='font-weight:700'>a</span>", "**a**"),
        ("<b style='font-weight:normal'><p>a</p></b>", "a"),
        ("<p>1. a<p>- b<p># c<p>> d<p>+ e", "1\\. a\n\n\\- b\n\n\\# c\n\n\\> d\n\n\\+ e"),
        ("<p>a<br>1. b", "a\\\n1\\. b"),
        ("<p>a<br><br>b", "a\n\nb"),
        ("<h2>a<br>b #</h2>", "## a b \\#"),
        ("<ul><li>a<li>b</ul><ul><li>c</ul>", "- a\n- b\n\n* c"),
        ("<ul><li><p>a<p>b<li>c</ul>", "- a\n\n  b\n- c"),
        ("<ul><li>a<ol start=5><li>b</ol></ul>", "- a\n\n  5. b"),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n   - b\n2. c"),
        ("<ul><li><ul><li>a</ul></ul>", "- - a"),
        ("<ul><li></li><li>a</ul>", "- a"),
        ("<li>a<li>b", "a\n\nb"),
        ("<blockquote><p>a<p>b<ul><li>c</ul></blockquote>d", "> a\n>\n> b\n>\n> - c\n\nd"),
        ("<dl><dt>a<dd>b</dl>", "**a**\n\nb"),
        ("<pre>a\n  b ```\n</pre>", "```\na\n  b ```\n```"),
        ("<p><code>a`b</code> <code>`</code>", "``a`b`` `` ` ``"),
        ("<a href='/x'><h2>a</h2><p>b</a>", "## [a](/x)\n\n[b](/x)"),
        ("<p><a name=x>a</a> <a href='#x'>b</a>", "a b"),
        ("<p><a href='javascript:x()'>a</a>", "a"),
        ("<p><a href='a b(c'>a</a>", "[a](a%20b%28c)"),
        ("<p><a href='x'>a] [b</a>", "[a\\] \\[b](x)"),
        ("<p><a href='x'><img src=y alt='z'></a>", "[![z](y)](x)"),
        ("<p>a!<a href='x'>b</a>", "a\\![b](x)"),
        ("<img src='data:image/gif;base64,R0lGODlh' data-src=y.jpg alt=z>", "![z](y.jpg)"),
        ("<table><tr><td>a<tr><td>b</table>", "a\n\nb"),
        ("<table><tr><td>a|b<td><h2>c</h2></table>", "a|b\n\n## c"),
        (
            "<table><tr><td colspan=2>a<td rowspan=2>b<tr><td>c<td>d<tr><td>e</table>",
            "| a |  | b |\n| --- | --- | --- |\n| c | d |\n| e |",
        ),
        ("<pre>```\na</pre>", "````\n```\na\n````"),
        ("<hr><p>a<hr><p>b<hr>", "a\n\n---\n\nb"),
        ("<p>a<!-- b --><script>c</script><style>d</style>e", "ae"),
        ("<p>&nbsp;</p><p>a&nbsp; b</p>", "a b"),
        ("<p>a\ud800 \0 &#xD800;</p>", "a\ufffd \ufffd \ufffd"),
    ],
)
def test_markup_becomes_markdown(html: str, body: str) -> None:
    conversion = convert(
        "html", html.encode("utf-8", "surrogatepass").replace(b"\xed\xa0\x80", b"\xef\xbf\xbd")
    )
    assert conversion.body == f"{body}\n"
    assert not lost(conversion)


@pytest.mark.parametrize(
    ("html", "title", "body"),
    [
        ("<h1>A</h1><p>b", "A", "b\n"),
        ("<p>b<h1>A</h1>", "A", "b\n"),
        ("<h1>A</h1>b<h1>C</h1>d<h2>E</h2>", "A", "b\n\n## C\n\nd\n\n### E\n"),
        ("b<h1>A</h1>c<h1>D</h1>", "", "b\n\n## A\n\nc\n\n## D\n"),
        ("<title>T</title><p>b", "T", "b\n"),
        ("<h2>A</h2>b", "", "## A\n\nb\n"),
        ("<p class=MsoTitle>A</p><h1>B</h1>", "A", "## B\n"),
    ],
)
def test_the_title(html: str, title: str, body: str) -> None:
    conversion = convert("html", html)
    assert (conversion.title, conversion.body) == (title, body)
    assert not lost(conversion)


def test_what_the_head_knows_and_nothing_doubtful() -> None:
    conversion = convert(
        "html",
        "<meta name=description content='Short words.'><meta name=author content='Jo'>"
        "<meta property=article:author content='https://people.example/jo'>"
        "<meta property=article:published_time content='last week'>"
        "<meta property=article:modified_time content='2024-01-02'>"
        "<meta property=article:tag content=one><meta property=article:tag content=two><p>a",
    )
    assert conversion.front_matter == {
        "description": "Short words.",
        "author": "Jo",
        "updated": "2024-01-02",
        "tags": ("one", "two"),
    }


def test_a_picture_inside_the_page_is_a_file_once() -> None:
    src = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    conversion = convert(
        "html", f"<p><img src='{src}' alt='A dot'><p><img src='{src}' alt='Again'>"
    )
    assert conversion.body == "![A dot](image-1.png)\n\n![Again](image-1.png)\n"
    assert [(each.name, each.data) for each in conversion.attachments] == [("image-1.png", PNG)]


@pytest.mark.parametrize(
    "src", ["", "data:image/png;base64,A", "data:text/html,<b>", "data:,", "data:nothing"]
)
def test_a_picture_that_cannot_be_read_is_named_with_its_words(src: str) -> None:
    conversion = convert("html", f"<p>a<p><img src='{src}' alt='A chair'>")
    assert "picture" in left_out(conversion)["A chair"]
    assert conversion.notes
    assert not conversion.attachments
    assert conversion.body == "a\n"


def test_pictures_without_words_are_named_and_counting_pixels_go() -> None:
    conversion = convert("html", "<p>a <img src=b.jpg> <img src=//t.example/p width=1 height=1>")
    assert conversion.body == "a ![](b.jpg)\n"
    assert [each for each in conversion.notes if "b.jpg has no alternative text" in each]
    assert [each for each in conversion.notes if "counting pixel" in each and "t.example" in each]


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        (
            "https://www.google.com/url?q=https://a.example/x%3Fy%3D1&amp;sa=D",
            "https://a.example/x?y=1",
        ),
        ("https://google.co.uk/url?sa=t&amp;url=https://a.example/", "https://a.example/"),
        (
            "https://www.google.com/url?q=javascript:x()",
            "https://www.google.com/url?q=javascript:x()",
        ),
        (
            "https://www.google.com/search?q=https://a.example/",
            "https://www.google.com/search?q=https://a.example/",
        ),
        (
            "https://google.evil.example/url?q=https://a.example/",
            "https://google.evil.example/url?q=https://a.example/",
        ),
        ("https://a.example/?utm_source=x", "https://a.example/?utm_source=x"),
        ("https://[::1", "https://[::1"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_addresses_of_links(href: str, wanted: str) -> None:
    conversion = convert("html", f"<p><a href='{href}'>x</a>")
    assert conversion.body == f"[x]({wanted})\n"


def test_notes_that_lead_nowhere_stay_as_they_are() -> None:
    conversion = convert(
        "html", "<p>a<a href='#ftn1'>[1]</a><p>b<a href='#ftn2'>[2]</a><div id=ftn2>c</div>"
    )
    assert conversion.body == "a[1]\n\nb[^1]\n\n[^1]: c\n"
    assert not lost(conversion)


def test_two_notes_in_one_element_are_text() -> None:
    html = (
        "<p>a<a href='#ftn1'>[1]</a> b<a href='#ftn2'>[2]</a>"
        "<p><a id=ftn1></a>One. <a id=ftn2></a>Two."
    )
    conversion = convert("html", html)
    assert conversion.body == "a[1] b[2]\n\nOne. Two.\n"
    assert not lost(conversion)
