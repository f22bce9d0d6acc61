"""The reader for pasted text: chunks, bullets, hard wrapping, headings, residue."""

from __future__ import annotations

import pytest
from readers_kit import assert_sound, content, html, place_of, plain, shape

WRAPPED = (
    "You may feel tired in the weeks after the clocks change, and\n"
    "it may help to go out before noon. A short walk is enough,\n"
    "and you do not have to enjoy it. The light does its work\n"
    "either way.\n"
)


def kinds(text: str) -> list[tuple[str, str]]:
    found = content(text, ".txt")
    assert_sound(text, found)
    return shape(found)


def test_blocks_are_separated_by_blank_lines() -> None:
    assert kinds("One here.\n\n \t\nTwo here.\r\n\r\nThree here.\r\rFour.") == [
        ("paragraph", "One here."),
        ("paragraph", "Two here."),
        ("paragraph", "Three here."),
        ("paragraph", "Four."),
    ]


def test_each_line_of_a_chunk_is_a_block() -> None:
    text = (
        "Mood: A long line about what may change for the better, in some weeks, for some.\n"
        "Sleep: Another line that is about as long and is not a part of the first one.\n"
    )
    assert len(kinds(text)) == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_hard_wrapped_prose_is_one_paragraph(newline: str) -> None:
    text = WRAPPED.replace("\n", newline)
    found = content(text, ".txt")
    assert plain(found) == [" ".join(WRAPPED.split())]
    span = place_of(found, "and it")
    assert text[span.start : span.end] == f"and{newline}it"
    assert_sound(text, found)


def test_a_heading_right_above_wrapped_prose_is_not_joined_to_it() -> None:
    found = kinds("Intro line that is the start.\n\nThe dark months\n" + WRAPPED)
    assert found[1] == ("heading", "The dark months")
    assert found[2] == ("paragraph", " ".join(WRAPPED.split()))


@pytest.mark.parametrize("mark", ["•", "-", "*", "–", "·"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_bullets_are_one_list(mark: str, gap: str) -> None:
    text = f"It can:\n\n  {mark} sleep more{gap}  {mark} eat less{gap}\nAfter that."
    found = content(text, ".txt")
    assert shape(found) == [
        ("paragraph", "It can:"),
        ("list-item", "sleep more"),
        ("list-item", "eat less"),
        ("paragraph", "After that."),
    ]
    lists = [each for each in found.containers if each.kind == "list"]
    assert [(each.label, each.lead_in) for each in lists] == [("bullet", 0)]
    assert_sound(text, found)


def test_numbers_are_an_ordered_list() -> None:
    found = content("Do this:\n1. Ring us.\n2) Write to us.\n", ".txt")
    assert plain(found, "list-item") == ["Ring us.", "Write to us."]
    assert found.containers[0].label == "ordered"


def test_a_wrapped_item_is_one_item() -> None:
    text = (
        "- This is a point that was wrapped because it is so long that it\n"
        "  went on in the next line.\n- Short one.\n"
    )
    assert kinds(text) == [
        (
            "list-item",
            "This is a point that was wrapped because it is so long that it went on "
            "in the next line.",
        ),
        ("list-item", "Short one."),
    ]


def test_a_lone_dash_or_number_is_no_list() -> None:
    assert kinds("A saying.\n\n– Somebody wise\n\n1. What is it\n\nIt is this.") == [
        ("paragraph", "A saying."),
        ("paragraph", "– Somebody wise"),
        ("heading", "1. What is it"),
        ("paragraph", "It is this."),
    ]


def test_headings_and_the_title() -> None:
    text = "A Title for the Post\n\nWhat is it?\n\nIt is this.\nThe next thing\nHere it is.\n"
    found = content(text, ".txt")
    assert [(each.kind, each.level) for each in found.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 2),
        ("paragraph", 0),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "It ends with a stop.",
        "It says,",
        "Stop!",
        "As follows:",
        "it begins small",
        "Q: Is it safe?",
        "Phone: call us",
        "Share",
        "3 Comments",
        "Comentarios",
        "Read more »",
        "A line that is far too long to be a heading because it has more than twelve words",
        "“It ends within quotes.”",
        "— Somebody Wise",
    ],
)
def test_what_is_no_heading(line: str) -> None:
    found = kinds(f"First a text.\n\n{line}\n\nThen a text that follows.")
    assert "heading" not in [kind for kind, _ in found]


@pytest.mark.parametrize(
    "line",
    [
        "What is it?",
        "3 ways to rest",
        "Sleep: Your First Line of Defence",
        "“Is it safe?”",
        "Élan vital",
    ],
)
def test_what_is_a_heading(line: str) -> None:
    assert kinds(f"First a text.\n\n{line}\n\nThen a text that follows.")[1] == ("heading", line)


def test_residue_at_the_end_stays_as_blocks() -> None:
    text = (
        "Some text.\n\nPrevious\nPrevious\n\nFive Gentle Ways\n\nNext\nNext\n\n"
        "Another Title Here\n\nAll words belong to us."
    )
    found = kinds(text)
    assert [kind for kind, _ in found] == ["paragraph"] * 8
    assert [said for _, said in found][1:3] == ["Previous", "Previous"]


def test_a_question_and_its_answer_on_one_line_stay_together() -> None:
    assert kinds("Q: Is it safe?A: Ask us first.") == [
        ("paragraph", "Q: Is it safe?A: Ask us first.")
    ]


def test_many_short_lines_are_not_all_headings() -> None:
    text = "Some text first.\n\n" + "".join(f"Line number {n}\n" for n in range(9)) + "And a text."
    assert len([kind for kind, _ in kinds(text) if kind == "heading"]) <= 2


def test_html() -> None:
    text = "Title\n\nA < b & c.\n\n• one\n• two\n\n1. x\n2. y\n\nPart two\nEnd."
    title = content(text, ".txt").blocks[0].span
    assert html(text, ".txt", title).splitlines() == [
        "<p>A &lt; b &amp; c.</p>",
        "<ul>",
        "<li>one</li>",
        "<li>two</li>",
        "</ul>",
        "<ol>",
        "<li>x</li>",
        "<li>y</li>",
        "</ol>",
        "<h2>Part two</h2>",
        "<p>End.</p>",
    ]
