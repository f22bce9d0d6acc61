"""HTML that means no good, or has no end: read to its end, nothing lost, nothing raised."""

from __future__ import annotations

import pytest
from imports_kit import convert, lost

_NOTES = "".join(
    f"<p>w{n}.<a href='#ftn{n}' name=_ftnref{n}>[{n}]</a>" for n in range(1, 1000)
) + "".join(f"<div id=ftn{n}><p>note {n}.</p></div>" for n in range(1, 1000))


def test_a_hundred_thousand_tags_inside_each_other() -> None:
    conversion = convert("html", "<div>" * 100_000 + "Deep words.")
    assert conversion.body == "Deep words.\n"
    assert not lost(conversion)


@pytest.mark.parametrize("tag", ["b", "blockquote", "ul", "ul><li", "dl", "pre", "a href=x"])
def test_tags_inside_each_other(tag: str) -> None:
    conversion = convert("html", f"<{tag}>" * 3_000 + "Deep words.")
    assert "Deep words." in conversion.body
    assert len(conversion.body) < 200
    assert not lost(conversion)


def test_tables_inside_each_other() -> None:
    conversion = convert("html", "<table><tr><td>Deep words</td><td>" * 600 + "end.")
    assert conversion.body.count("Deep words") == 600
    assert not lost(conversion)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Seen.<!-- never closed", "Seen."),
        ("<p>Seen.</p><a href='x", "Seen."),
        ("<p>Seen.</p><script>let a = 1;", "Seen."),
        ("<p>Seen." + "<" * 50_000, "Seen."),
        ("<p>Seen." + "&" * 50_000, "Seen."),
        ("<p>Seen. " + "[" * 20_000, "Seen."),
        ("<p>Seen. " + "*_" * 20_000, "Seen."),
        ("<p>Seen. " + "`" * 20_000, "Seen."),
        ("<p>" + "<b>Seen. </b>and " * 5_000, "Seen."),
        ("<style>" + ".a " * 50_000 + "</style><p>Seen.", "Seen."),
        ("<p class=MsoListParagraph>" + "<span>x</span>" * 5_000 + "Seen.", "Seen."),
        ("<p>Seen.<img src='data:" + ";" * 50_000 + "'>", "Seen."),
        ("<table>" + "<tr><td colspan=99999999 rowspan=99999999>Seen.<td>x" * 50, "Seen."),
        ("<table><tr>" + "<td>Seen.</td>" * 5_000 + "</table>", "Seen."),
        ("<ol start=99999999999999999999><li>Seen.", "Seen."),
        ("<ol start=-5><li>Seen.", "Seen."),
        ("<ul class=lst-kix_a-9><li>Seen.", "Seen."),
        (_NOTES, "[^999]: note 999."),
    ],
    ids=range(18),
)
def test_html_that_goes_on_and_on(html: str, shown: str) -> None:
    conversion = convert("html", html)
    assert shown in conversion.body
    assert not lost(conversion)


def test_nothing_that_runs_comes_through() -> None:
    conversion = convert(
        "html",
        "<p onclick=x()>Seen. <a href='java\nscript:x()'>a</a> <a href='vbscript:x'>b</a>"
        "<a href='data:text/html,x'>c</a> <img src='javascript:x()' alt='A dot'>"
        "&lt;script&gt;y()&lt;/script&gt; <svg onload=x()><script>x()</script></svg>",
    )
    assert "x()" not in conversion.body
    assert "\\<script>" in conversion.body
    assert not lost(conversion)


@pytest.mark.parametrize(
    "data", [b"", b"<", b"<p>", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"<table>"]
)
def test_next_to_nothing(data: bytes) -> None:
    conversion = convert("html", data)
    assert not lost(conversion)
    assert conversion.body.strip("\ufffd<\\\n") == ""
