"""Strength by cases: negation, scope, hedges, absolutes, clauses, will and outcome, questions."""

from __future__ import annotations

import pytest
from engine_kit import Case, cases, parameters, read_as_claim

from copydesk_plugins.claims.claim import STRENGTHS


@pytest.mark.parametrize("case", parameters("strength.txt"))
def test_strength(case: Case) -> None:
    assert read_as_claim(case).strength == case.expected, case.text


def test_there_are_enough_cases_of_each_strength() -> None:
    expected = [case.expected for case in cases("strength.txt")]
    assert len(expected) >= 60 and set(expected) == set(STRENGTHS)
    assert all(expected.count(each) >= 20 for each in STRENGTHS)
