"""Whether each sentence of an input is accounted for: counted, also where it was cut or joined."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import request, setup

from copydesk.imports.accounting import missing, shared
from copydesk.model.draft import Omission
from copydesk.workbench import Workbench

BENCH = Workbench(setup(Path("/nowhere")))


def lost(texts: tuple[str, ...], draft: str, *left_out: str) -> list[str]:
    post = BENCH.read(request(draft))
    omissions = tuple(Omission(text, "It is a menu.") for text in left_out)
    return [each.text for each in missing(texts, post, omissions)]


@pytest.mark.parametrize(
    ("texts", "draft"),
    [
        (("We open at nine. We close at five.",), "We open at nine. We close at five.\n"),
        (("We open at nine.",), "We **open** at [nine](https://example.org).\n"),
        (("We open at\nnine.",), "We open at nine.\n"),
        (("We\u00a0open at nine.",), "We open at nine.\n"),
        (("We open at ni\u00adne.",), "We open at nine.\n"),
        (("Fees", "What a visit costs."), "---\ntitle: Fees\n---\n\nWhat a visit costs.\n"),
        (("Ask us. Nine o’clock",), "- Ask us.\n- Nine o’clock\n"),
        (("Ask us", "Nine"), "Ask us Nine\n"),
        (("5 * 3 is 15_000",), "5 \\* 3 is 15\\_000\n"),
        (("A quiet room",), "![A quiet room](room.png)\n"),
        (("* * *", "Text."), "Text.\n"),
        (("A cell", "Another"), "| A cell | Another |\n| --- | --- |\n| x | y |\n"),
        (("if x:",), "```\nif x:\n```\n"),
        # Joined in a cell, the sentences part elsewhere.
        (("Why? Why? tea", "Why? Why? tea"), "| Why? Why? tea<br>Why? Why? tea |\n| --- |\n"),
    ],
)
def test_what_is_there_is_found(texts: tuple[str, ...], draft: str) -> None:
    assert lost(texts, draft) == []


@pytest.mark.parametrize(
    ("texts", "draft", "expected"),
    [
        (("We open at nine. We close at five.",), "We open at nine.\n", ["We close at five."]),
        (("Yes.", "Yes.", "Yes."), "Yes.\n\nYes.\n", ["Yes."]),
        (("Cure",), "There is no secure way.\n", ["Cure"]),
        (("Read <b>this</b>.",), "Read <!-- this. -->\n", ["Read <b>this</b>."]),
        (("Fees",), "---\ntitle: Costs\nslug: fees\nid: Fees\n---\n\nText.\n", ["Fees"]),
        (("one two three",), "One two three.\n", ["one two three"]),
        (("No. Tea", "No. Tea"), "No. Tea\n", ["No.", "Tea"]),
    ],
)
def test_what_is_not_there_is_named(
    texts: tuple[str, ...], draft: str, expected: list[str]
) -> None:
    assert lost(texts, draft) == expected


def test_what_was_left_out_counts_once() -> None:
    assert lost(("Home", "Text."), "Text.\n", "Home") == []
    assert lost(("Home", "Home", "Text."), "Text.\n", "Home") == ["Home"]


def test_a_hundred_thousand_lost_sentences_are_named_in_time() -> None:
    texts = tuple(f"Sentence {n} is lost." for n in range(100_000))
    draft = "".join(f"Another {n} is here.\n\n" for n in range(20_000))
    assert len(lost(texts, draft)) == 100_000


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (["A b.", "C d.", "E f."], ["A b.", "X."], 0.5),
        (["A b."], ["X y."], 0.0),
        ([], ["X y."], 0.0),
        (["Come in. Sit down."], ["Sit down.", "Come in.", "Much more."], 1.0),
    ],
)
def test_how_much_two_texts_share(one: list[str], other: list[str], share: float) -> None:
    assert shared(one, other) == share
