"""Softer wordings on readable cases, and what must hold for any of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ways_out_kit import Case, cases, claim

from copydesk_plugins.claims.ways_out import Softened, soften

SEEN = cases("soften.txt")
KEPT_BACK = cases("soften-kept-back.txt")
HUNTED = cases("soften-hunted.txt")


def shown(found: Softened | None) -> str:
    if found is None:
        return "-"
    return found.text or f"take out: {found.take_out}"


def test_there_are_enough_cases_and_a_third_was_kept_back():
    assert len(SEEN) + len(KEPT_BACK) >= 150
    assert len(KEPT_BACK) * 10 >= (len(SEEN) + len(KEPT_BACK)) * 3
    assert not {case.claim.unit.text for case in SEEN} & {
        case.claim.unit.text for case in KEPT_BACK
    }


@pytest.mark.parametrize("case", HUNTED, ids=lambda case: f"line-{case.line}")
def test_hunted_case(case: Case):
    assert shown(soften(case.claim)) == case.expected


@pytest.mark.parametrize("case", SEEN, ids=lambda case: f"line-{case.line}")
def test_seen_case(case: Case):
    assert shown(soften(case.claim)) == case.expected


@pytest.mark.parametrize("case", KEPT_BACK, ids=lambda case: f"line-{case.line}")
def test_case_that_was_kept_back(case: Case):
    assert shown(soften(case.claim)) == case.expected


def test_what_is_softened_once_is_left_alone():
    for case in (*SEEN, *KEPT_BACK):
        found = soften(case.claim)
        if found and found.text:
            softer = claim(found.text, strength="hedged", kind=case.claim.unit.kind)
            assert soften(softer) is None


def test_only_the_verb_moves():
    """A wording keeps every word but verbs: no number, no name and no negation gets lost."""
    for case in (*SEEN, *KEPT_BACK):
        found = soften(case.claim)
        if found is None or not found.text or case.claim.strength == "absolute":
            continue
        old, new = case.claim.unit.text.split(), found.text.split()
        kept = [word for word in new if word.lower() not in ("may", "be")]
        gone = [word for word in old if word not in kept]
        assert len(gone) <= 3, case
        assert [word for word in old if any(map(str.isdigit, word))] == [
            word for word in new if any(map(str.isdigit, word))
        ]
        assert old[-1] == new[-1] or old[-1].rstrip(".")[:4] == new[-1].rstrip(".")[:4]


WORDS = (
    "massage pain reduces eases reduce is are effective and or but , . which that it they sleep "
    "causes helps people does not may when for the a 40 % Everyone cures completely will “ ? :"
)


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=25), st.integers(0, 24))
def test_any_words_give_a_wording_or_none(words: list[str], at: int):
    text = " ".join(words)
    part = " ".join(words[at % len(words) :])
    for strength in ("plain", "absolute", "hedged"):
        found = soften(claim(text, part, strength=strength))
        if found is not None:
            assert bool(found.text) != bool(found.take_out)
            assert found.text != text
            assert found.take_out.lower() in text.lower()


@given(st.text(max_size=200))
def test_any_text_is_fine(text: str):
    for strength in ("plain", "absolute"):
        found = soften(claim(text, text, strength=strength))
        assert found is None or found.text != text


def test_what_is_no_sentence_any_more_gets_none():
    text = "Exercises ease pain " + "and pain " * 100_000
    assert soften(claim(text, "ease pain")) is None
    assert soften(claim(text, text, strength="absolute")) is None
