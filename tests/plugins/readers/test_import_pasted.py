"""Pasted text as a draft: structure as a person would set it, and every word where it was."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from imports_kit import CASES, convert, draft, recognised, shown
from readers_kit import SHARED, needs_shared

from copydesk.api import CopydeskError, Rule
from copydesk.model.post import FRONT_MATTER
from copydesk.testing import read, run_rule
from copydesk_plugins.artefacts import register_rules
from copydesk_plugins.readers.imports.front_matter_kinds import has_head

_CASES = sorted((CASES / "pasted").glob("*.txt"))
_SHARED = sorted([*(SHARED / "posts/seeds").glob("*.txt"), *(SHARED / "posts/odd").glob("*.txt")])
_MARK = re.compile(r"[•·‣▪●○◦*–-]|\d{1,3}[.)]")
_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("", " ", "\u00a0", "\u2028"),
                *("A Short Heading", "Another One", "Questions", "Previous", "Next", "FAQs"),
                *(
                    "• One thing",
                    "- two",
                    "* three",
                    "1. first",
                    "2) second",
                    "9. ninth",
                    "1999. A",
                ),
                *("Q: May I?A: You may.", "Q: No?", "A: No.", "Label: some text", "— A name"),
                *("# sign", "> sign", "| a | b |", "---", "===", "<b>x</b>", "[a](b)", "    four"),
                "A sentence that is long enough to be no heading, and that ends with a full stop.",
                "Wrapped prose that goes on for as long as a line of mail is, and then it",
                "goes on below that, as lines of mail do when a program breaks them for you and",
            ]
        ),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    ),
    max_size=14,
).map("\n".join)


def _words(text: str) -> Counter[str]:
    """Count the words of a text, the marks of lists and what nobody sees left aside."""
    bare = re.sub("[\u200b\u2060\ufeff]", "", text)
    bare = re.sub(r"((?:Q|A|Question|Answer):\s)", r" \1", bare)
    return Counter(word for word in bare.split() if not _MARK.fullmatch(word))


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.stem)
def test_a_case_becomes_the_draft_that_is_expected(case: Path) -> None:
    expected = case.with_name(f"{case.name}.expected").read_text(encoding="utf-8")
    assert shown(convert("pasted", case.read_bytes(), case.name)) == expected


@given(_LINES)
@example("Title\n\n---\n\nNote: text")
@example("Title\n\n- - -")
def test_every_word_is_in_the_draft(text: str) -> None:
    assume(not has_head(text))
    found = convert("pasted", text)
    blocks = read(draft(found)).blocks
    said = [each.text.plain for each in blocks if each.kind not in FRONT_MATTER]
    assert _words(" ".join([found.title, *said])) == _words(" ".join(found.texts)) == _words(text)


@given(_LINES)
def test_a_draft_imported_as_markdown_stays_as_it_is(text: str) -> None:
    found = convert("pasted", text)
    again = convert("markdown", draft(found))
    if found.title:
        assert (again.title, again.body) == (found.title, found.body)
    assert convert("pasted", text) == found


@given(st.binary(max_size=60))
def test_any_bytes_are_converted_or_refused_in_words(data: bytes) -> None:
    try:
        convert("pasted", data)
    except CopydeskError as error:
        assert error.failure.message.startswith("could not be read: ")


@pytest.mark.parametrize(
    ("data", "title", "note"),
    [
        ("\ufeffTea\n\nA cup.".encode(), "Tea", ""),
        ("Café\n\nA cup.".encode("utf-16"), "Café", "The file is in UTF-16"),
        ("Café – “tea”\n\nA cup.".encode("cp1252"), "Café – “tea”", "read as Windows-1252"),
        ("Café tea thé à\n\nA cup ".encode() + b"\x96 it.", "Café tea thé à", "except for 1 bytes"),
        (b"Tea\n\nA\x81 cup \xe9.", "Tea", "(0x81)"),
        ("Tea\u00a0\n\n\u2028\u200bA\u00a0cup\u2028.".encode(), "Tea", "ends of lines: 3."),
        (b"Tea\n\nA\x07 cup.\x0cAnother.", "Tea", "Control characters"),
    ],
)
def test_what_was_assumed_about_the_bytes_is_said(data: bytes, title: str, note: str) -> None:
    found = convert("pasted", data)
    assert found.title == title
    assert note in " ".join(found.notes)
    assert bool(found.notes) == bool(note)


def test_fixed_blanks_stay_inside_a_line() -> None:
    assert convert("pasted", "A cup\u00a0of\u2028tea, and it is hot.").body == (
        "A cup\u00a0of\u2028tea, and it is hot.\n"
    )


@pytest.mark.parametrize("data", [b"a\0b", b"\xff\xfea", b"\xff\xfea\0\0\0"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(CopydeskError, match="could not be read"):
        convert("pasted", data)


@pytest.mark.parametrize(
    ("name", "data", "importer"),
    [
        ("a.txt", "# No Markdown by its name", "pasted"),
        ("-", "Only words.", "pasted"),
        ("notes", "Only words.", "pasted"),
        ("Dr. Moor on tea", "Only words.", "pasted"),
        ("style.css", "a { b: c }", ""),
        (".DS_Store", "x", ""),
        # These are refused with a word on what to do instead.
        ("-", "%PDF-1.7", "docx"),
        ("letter", "{\\rtf1 x}", "docx"),
    ],
)
def test_plain_text_is_taken_last(name: str, data: str, importer: str) -> None:
    assert recognised(data, name) == importer


def test_the_pager_of_an_old_site_is_still_found_for_certain() -> None:
    text = (CASES / "pasted/old-site.txt").read_text(encoding="utf-8")
    before, after = _residue(text, "a.txt"), _residue(draft(convert("pasted", text)), "a.md")
    assert [each for each, _ in after] == [each for each, _ in before] == ["artefacts.pager"]
    assert all(has_fix for _, has_fix in after)


def _residue(text: str, name: str) -> list[tuple[str, bool]]:
    return [
        (rule.id, finding.fix is not None)
        for rule in register_rules()
        if isinstance(rule, Rule) and rule.id not in ("artefacts.title", "artefacts.glued")
        for finding in run_rule(rule, text, name)
    ]


@needs_shared
@pytest.mark.parametrize("path", _SHARED, ids=lambda path: path.name[:3])
def test_shared_posts_keep_every_word_and_their_residue(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = convert("pasted", text, path.name)
    assert _words(" ".join(found.texts)) == _words(text)
    whole = draft(found)
    assert _residue(whole, "a.md") == _residue(text, "a.txt")
    again = convert("markdown", whole)
    assert again.body == found.body


@needs_shared
def test_shared_posts_have_the_headings_that_the_reader_sees() -> None:
    for path in (SHARED / "posts/seeds").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        before = [b.text.plain for b in read(text, "a.txt").blocks if b.kind == "heading"]
        after = [b.text.plain for b in read(draft(convert("pasted", text))).blocks]
        assert [each for each in before if each not in after] == []


def test_long_and_odd_texts_end() -> None:
    """A text of each of these would not end if the time grew with its square."""
    for text in (
        "word " * 200_000,
        "w" * 1_000_000,
        "Short line\n" * 100_000,
        "• a\n" * 30_000,
        "Q: a?A: b. " * 20_000,
        "1. a\n3. b\n" * 15_000,
        "\u00a0" * 1_000_000 + "a",
        "[" * 100_000,
    ):
        assert convert("pasted", text).texts


def test_the_reader_sees_the_lists_of_the_draft() -> None:
    text = (CASES / "pasted/hard-wrapped.txt").read_text(encoding="utf-8")
    post = read(draft(convert("pasted", text)))
    items = [each.text.plain for each in post.blocks if each.kind == "list-item"]
    assert items[1].startswith("Put on a coat that is warm, and then")
    assert len(items) == 3
