"""What makes a sentence a claim, and what speaks against it: cases in a post about health."""

from __future__ import annotations

from collections import Counter

import pytest
from engine_kit import Case, cases, claim_in, parameters

FILES = ("frames.txt", "vetoes.txt", "borderline.txt")


@pytest.mark.parametrize("case", [each for name in FILES for each in parameters(name)])
def test_case(case: Case) -> None:
    assert case.expected in ("found", "silent")
    claim = claim_in(case)
    assert (claim is not None) == (case.expected == "found"), case.text


@pytest.mark.parametrize("name", ["frames.txt", "vetoes.txt"])
def test_each_section_has_six_found_and_six_silent_cases(name: str) -> None:
    counted = Counter((case.section, case.expected) for case in cases(name))
    for section in {section for section, _ in counted}:
        assert counted[section, "found"] >= 6 and counted[section, "silent"] >= 6, section


def test_cases_stand_once_and_most_of_them_pass() -> None:
    every = [case for name in FILES for case in cases(name)]
    assert not [text for text, n in Counter(case.text for case in every).items() if n > 1]
    assert sum(bool(case.fails) for case in every) <= len(every) / 5
