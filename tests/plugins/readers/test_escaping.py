"""Escaped text reads back as it was, and ordinary prose needs no backslash."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from readers_kit import content, shape

from copydesk_plugins.readers.imports.escaping import (
    escape_cell,
    escape_heading,
    escape_inline,
    escape_line,
)

#: Pieces that mean something to Markdown, alone or beside each other, and some that do not.
_PIECES = (
    *"\\`*_~[](){}<>#+-=|:;!&^$.,'\"@/% \t0129aZ",
    *("**", "__", "~~", "```", "~~~", "---", "===", "+++", "***", "[^1]", "]: ", "](", "![", "[x]"),
    *("<b>", "</b>", "<!--", "-->", "<?", "<https://example.org>", "<a@b.example>", "http://a.b_c"),
    *("&amp;", "&#35;", "&#x41;", "&nosuch;", "1. ", "2) ", "# ", "> ", "- ", "|---|", " :-: |"),
    *("word", " two words ", "é", "e\u0301", "…", "—", "•", "\u00a0", "\u2003", "\u2028", "\u200b"),
    *("日本語", "🙂", "²", "Ⅳ", "\ufeff", "«", "’", "${x}", "{{ x }}", "{% raw %}", "\x85"),
)
_TEXTS = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30),
).map(lambda text: text.strip(" \t") if text.strip() else "")


def _read(markdown: str) -> list[tuple[str, str]]:
    found = content(markdown)
    assert not found.links
    assert not found.images
    assert not found.left_out
    return shape(found)


def _one(text: str, kind: str = "paragraph") -> list[tuple[str, str]]:
    return [(kind, text)] if text else []


@given(_TEXTS)
@example("- - -")
@example("|a|")
@example("[a]: b")
@example("[a\\]b]: c")
def test_a_line_reads_back(text: str) -> None:
    assert _read(escape_line(text)) == _one(text)


@given(_TEXTS, _TEXTS)
def test_a_line_below_another_reads_back(first: str, second: str) -> None:
    markdown = f"{escape_line(first)}\\\n{escape_line(second)}"
    if first and second:
        assert _read(markdown) == [("paragraph", f"{first} {second}")]
    plain = f"{escape_line(first)}\n{escape_line(second)}"
    assert _read(plain) == _one(f"{first} {second}".strip(" "))


@given(_TEXTS, _TEXTS, _TEXTS)
def test_texts_between_markup_read_back(before: str, inside: str, after: str) -> None:
    """The plain text is the same with bold words in it, or a link, whose text it is."""
    markdown = f"x {escape_inline(before)}**a{escape_inline(inside)}a**{escape_inline(after)} x"
    found = content(markdown)
    assert [each.text.plain for each in found.blocks] == [f"x {before}a{inside}a{after} x"]
    assert not found.links


@given(_TEXTS, _TEXTS, _TEXTS)
def test_texts_around_and_in_a_link_read_back(before: str, inside: str, after: str) -> None:
    link = f"[a{escape_inline(inside)}a](https://example.org/)"
    found = content(f"x{escape_inline(before, before_link=True)}{link}{escape_inline(after)}x")
    assert [each.text.plain for each in found.blocks] == [f"x{before}a{inside}a{after}x"]
    assert [each.text for each in found.links] == [" ".join(f"a{inside}a".split())]
    assert not found.images


@given(_TEXTS)
@example("C #")
@example("#")
@example("a ##")
def test_a_heading_reads_back(text: str) -> None:
    if text:
        assert _read(f"## {escape_heading(text)}\n\nx") == [("heading", text), ("paragraph", "x")]


@given(_TEXTS)
@example("a\\|b")
def test_a_cell_reads_back(text: str) -> None:
    markdown = f"| a | b |\n| --- | --- |\n| x{escape_cell(text)}x | y |"
    assert [plain for _, plain in _read(markdown)] == ["a", "b", f"x{text}x", "y"]


@given(_TEXTS)
def test_a_list_item_and_a_quote_read_back(text: str) -> None:
    for mark in ("- ", "1. ", "> "):
        kind = "paragraph" if mark == "> " else "list-item"
        assert _read(mark + escape_line(text)) == _one(text, kind)


@pytest.mark.parametrize(
    "text",
    [
        "It’s what it’s: a well-known (a) and [sic] 5 * 3 = 15, snake_case, $120 and 100 %.",
        "“Quoted,” she said – 2 < 3 & R&D, Q&A, <3, #1 of 5, +1, -5 °C, ~20 minutes!",
        "1.5 mg, 3.) of 4; e.g. C:\\Users, a/b, http://example.org/a_b?c=d&e=f, me@example.org",
        "No = yes | no; #tag, §5, 50:50, {x}, ^2",
        "... and so on...",
        "(a) first, (b) second [see 1, 2]",
        "– a dash, not a bullet",
        "• a bullet that Markdown does not know",
        "Name: ____ Date:",
    ],
)
def test_ordinary_prose_stays_as_it_is(text: str) -> None:
    assert escape_line(text) == text
    assert escape_inline(text) == text
    assert escape_heading(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# a", "\\# a"),
        ("12. May", "12\\. May"),
        ("- a", "\\- a"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("+++", "\\+++"),
        ("> a", "\\> a"),
        ("|---|---|", "\\|---|---|"),
        ("    four blanks", "four blanks"),
        ("[^1]: a note", "\\[^1\\]: a note"),
        ("[x]: y", "\\[x\\]: y"),
        ("<b>bold</b>", "\\<b>bold\\</b>"),
        ("[a](b)", "\\[a\\](b)"),
        ("&amp;", "\\&amp;"),
        ("price*", "price\\*"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_markdown_would_take_is_escaped_once(text: str, escaped: str) -> None:
    assert escape_line(text) == escaped


def test_long_texts_take_no_longer_than_their_length() -> None:
    """A thousand times a thousand of each would not end if any were quadratic."""
    for piece in ("[", "]", "[]", "<", "*", "_a", "&", "\\", " -", "#", "\n "):
        escape_line(piece * 300_000)
        escape_heading(piece * 300_000)
