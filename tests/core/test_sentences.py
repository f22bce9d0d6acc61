"""Sentences: the cases of tests/cases/sentences.txt, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.sentences import split_sentences

CASES = [
    line
    for line in (Path(__file__).parents[1] / "cases" / "sentences.txt")
    .read_text("utf-8")
    .splitlines()
    if line and not line.startswith("#")
]
#: Text that is likely to meet the rules: words, stops, brackets, marks and spaces at random.
MARKS = [" ", "\n", ".", "!", "?", "…", "。", "(", ")", '"', "”", "’", "[1]", "^1", "¹", "•", "🎉"]
TOKENS = ["Dr", "e.g", "U.S", "No", "p.m", "5", "3.5", "A", "I", "relief", "Then", "asked", "iPad"]
BUSY = st.lists(st.sampled_from(MARKS + TOKENS)).map("".join)


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    text = case.replace(" || ", " ").replace("||", "").replace("\\n", "\n")
    wanted = [part.replace("\\n", "\n").strip() for part in case.split("||")]
    assert pieces(text) == wanted


@given(st.text() | BUSY)
@example("")
@example(" \n ")
@example("...\n\n...")
@example("A. )")
def test_every_character_is_in_exactly_one_span(text: str) -> None:
    covered: list[int] = []
    for start, end in split_sentences(text):
        assert start < end
        assert text[start:end] == text[start:end].strip()
        covered.extend(range(start, end))
    assert covered == sorted(set(covered))
    inside = set(covered)
    assert all(at in inside for at, char in enumerate(text) if not char.isspace())


@given(BUSY)
def test_sentences_do_not_depend_on_space_around_them(text: str) -> None:
    assert pieces(f"  {text.strip()} \n") == pieces(text.strip())


@pytest.mark.parametrize("text", ["", " ", "\n\t\n"])
def test_nothing_gives_no_sentence(text: str) -> None:
    assert split_sentences(text) == []


def test_blank_line_ends_a_sentence() -> None:
    assert pieces("A heading \n \n Then text\nthat goes on") == [
        "A heading",
        "Then text\nthat goes on",
    ]


@pytest.mark.parametrize(
    "unit",
    ["a", ".", "(", '"', "’", " ", "\n", "a.", "A.", "e.g. ", "aa.Aa.", '?"A ', "🎉", "! 🎉", "].[",
     ". . ", "? Aa ", "。", "Dr. ", "1. "],
)  # fmt: skip
def test_hostile_text_ends(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    spans = split_sentences(text)
    assert bool(spans) == bool(text.strip())
