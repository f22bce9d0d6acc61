"""The ways out as they stand below a finding: cite, soften, cut, one a line."""

from __future__ import annotations

from typing import get_args

import pytest
from ways_out_kit import claim

from copydesk_plugins.claims.claim import ClaimType
from copydesk_plugins.claims.ways_out import cite, cut, help_of
from copydesk_plugins.claims.ways_out.cite import SOURCES


def test_three_ways_the_best_first():
    found = help_of(claim("Massage reduces back pain.", "reduces back pain"), "none", None)
    assert found == (
        "Cite: link a systematic review or a guideline in this sentence.\n"
        "Soften: “Massage may reduce back pain.” It still needs a source.\n"
        "Cut: leave this sentence out."
    )


def test_the_nearest_entry_of_the_register_is_named():
    near = "Massage can ease back pain for some weeks."
    found = help_of(claim("Massage reduces back pain."), "none", near)
    assert found.splitlines()[0].endswith(f"Your register has: “{near}”.")


def test_a_weak_source_is_said_to_be_weak():
    line = cite(claim("Massage reduces back pain."), "weak", None)
    assert "weak" in line
    assert "instead" in line


def test_a_promise_has_no_source_but_a_word_to_take_out():
    promise = claim("Acupuncture cures headaches.", "cures", type="absolute", strength="absolute")
    assert help_of(promise, "none", None) == (
        "Soften: no source carries “cures”. Take it out, and say what some people notice.\n"
        "Cut: leave this sentence out."
    )


@pytest.mark.parametrize("type", get_args(ClaimType))
def test_every_type_has_a_kind_of_source(type: ClaimType):
    line = cite(claim("Massage reduces back pain.", type=type), "none", None)
    assert (line == "") == (type == "absolute")
    assert SOURCES[type] in line


def test_the_kind_of_source_fits_the_type():
    fits = {
        "safety": "label",
        "statistic": "counted",
        "comparative": "side by side",
        "regulatory": "date",
        "efficacy": "systematic review",
    }
    for type, words in fits.items():
        assert words in cite(claim("Text.", type=type), "none", None)


@pytest.mark.parametrize("level", ["cited", "registered"])
def test_what_has_its_source_needs_no_other(level: str):
    assert cite(claim("Massage reduces back pain."), level, "An entry.") == ""  # type: ignore[arg-type]


LEFT = {
    "Walk after lunch, which {steadies} blood sugar.": "Walk after lunch.",
    "Hold your jaw forward so that {the airway} stays open": "Hold your jaw forward",
    "We meet twice a week – because {rest heals}!": "We meet twice a week!",
    # What follows the clause, or has commas of its own, may belong to the sentence before.
    "Massage, which {eases} pain, is offered on Mondays.": "",
    "Walk daily, which {eases} pain, stress and worry.": "",
    "Walk, which {eases} pain.": "",
    "{Massage eases} pain, which is good news.": "",
    "Massage {eases} pain.": "",
    "He said: “Walk after lunch, which {steadies} sugar.”": "",
    "Do you walk after lunch, which {steadies} sugar?": "",
}


@pytest.mark.parametrize("marked", LEFT)
def test_what_would_be_left(marked: str):
    words = marked.partition("{")[2].partition("}")[0]
    assert cut(claim(marked.replace("{", "").replace("}", ""), words)) == LEFT[marked]


def test_every_line_is_plain_text_for_any_kind_of_unit():
    for kind in ("paragraph", "heading", "title", "list-item", "table-cell", "alt", "description"):
        found = help_of(claim("Massage <b>eases</b>\npain.", "pain", kind=kind), "none", None)
        lines = found.splitlines()
        assert lines[-1].startswith("Cut: ")
        assert all(line.startswith(("Cite: ", "Soften: ", "Cut: ")) for line in lines)
        assert len(lines) <= 3


def test_a_long_wording_is_not_offered():
    text = "Massage reduces pain in the back " + "and the neck " * 20 + "of most people."
    assert "Soften" not in help_of(claim(text, "reduces pain"), "none", None)
