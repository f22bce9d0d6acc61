"""The three-way merge by blocks: cases as people meet them, and what must hold for any text."""

from __future__ import annotations

import re

import pytest
from core_kit import sections
from hypothesis import given
from hypothesis import strategies as st

from copydesk.imports.merging import MAX_BLOCKS, Step, TooLarge, blocks, join, merge, merged_text

CASES = list(sections("merges.txt"))
#: Lines that mean something in Markdown, and line ends of every kind.
LINES = st.sampled_from(
    [
        "One.",
        "Two.",
        "# Head",
        "- item",
        "* other",
        "1. first",
        "> said",
        "```",
        "",
        " ",
        "\t",
        "a\u2028b",
    ]
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n"])), max_size=12).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)
PLAIN = st.lists(st.sampled_from(["One.", "Two.", "Three.", "- a", "- b"]), max_size=8).map(
    lambda parts: "".join(f"{part}\n\n" for part in parts)
)


def parts_of(case: str) -> dict[str, str]:
    pieces = re.split(r"^~~~ (\w+)\n", case, flags=re.M)
    return {"base": pieces[0], **dict(zip(pieces[1::2], pieces[2::2], strict=True))}


def text_of(steps: list[Step]) -> str:
    return merged_text(steps, "Text.\n", "\n")


@pytest.mark.parametrize("case", [text for _, text in CASES], ids=[name for name, _ in CASES])
def test_cases(case: str) -> None:
    parts = parts_of(case)
    steps = merge(parts["base"], parts["draft"], parts["document"])
    conflicts = [step for step in steps if step.conflict is not None]
    if "conflict" not in parts:
        assert not conflicts
        assert text_of(steps) == parts["merged"]
        return
    assert [join(each.conflict or (), "\n") for each in conflicts] == [
        parts["conflict"] + "\n"
    ] or [join(each.conflict or (), "\n").strip() for each in conflicts] == [
        parts["conflict"].strip()
    ]
    assert text_of(steps) == parts["draft"], "without a word from people the draft stays"
    by_document = merge(parts["base"], parts["draft"], parts["document"], "document")
    assert text_of(by_document) == parts["document"]
    by_draft = merge(parts["base"], parts["draft"], parts["document"], "draft")
    assert text_of(by_draft) == parts["draft"]


@given(TEXTS)
def test_a_text_in_blocks_is_the_same_text(text: str) -> None:
    parts = blocks(text)
    if parts:
        blanks = text[: text.index(parts[0].text)]
        assert not blanks.strip()
        assert blanks + join(parts, "") == text
    else:
        assert not text.strip()


@given(TEXTS, TEXTS)
def test_a_document_that_did_not_change_changes_no_byte_of_the_draft(base: str, draft: str) -> None:
    steps = merge(base, draft, base)
    assert not any(step.conflict for step in steps)
    assert [each for step in steps for each in step.merged] == blocks(draft)


@given(PLAIN, PLAIN)
def test_a_draft_that_did_not_change_becomes_the_document(base: str, document: str) -> None:
    steps = merge(base, base, document)
    assert not any(step.conflict for step in steps)
    merged = [each.same for step in steps for each in step.merged]
    assert merged == [each.same for each in blocks(document)]


@given(PLAIN, PLAIN, PLAIN)
def test_no_paragraph_is_lost_without_a_word(base: str, draft: str, document: str) -> None:
    steps = merge(base, draft, document)
    known = {each.same for each in blocks(base)}
    shown = {
        each.same for step in steps for each in (*step.draft, *step.merged, *(step.conflict or ()))
    }
    for each in (*blocks(draft), *blocks(document)):
        assert each.same in known or each.same in shown
    again = [each.same for step in steps for each in step.draft]
    assert again == [each.same for each in blocks(draft)]


@given(PLAIN, PLAIN, PLAIN)
def test_merging_again_moves_nothing(base: str, draft: str, document: str) -> None:
    steps = merge(base, draft, document, "document")
    once = join([each for step in steps for each in step.merged], "\n")
    twice = merge(document, once, document)
    assert [each for step in twice for each in step.merged] == blocks(once)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"Paragraph {n}.\n\n" for n in range(MAX_BLOCKS + 1)),
        "Again.\n\n" * 1500,
    ],
    ids=["too many", "the same over and over"],
)
def test_a_text_that_would_take_minutes_is_refused(text: str) -> None:
    with pytest.raises(TooLarge):
        merge(text, text, text + "And more.\n")
