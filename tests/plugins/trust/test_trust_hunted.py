"""Days, months and entries that the rules on trust once read wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.testing import run_rule
from copydesk_plugins.trust import register_rules

RULES = {rule.id.partition(".")[2]: rule for rule in register_rules()}
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        # Whole months: from the last day of May to the first of June it is none.
        ("Last reviewed: 1 June 2023.", ""),
        ("Last reviewed: 31 May 2023.", "names is more than 36 months ago (limit: 36)"),
        ("Last reviewed: 1 May 2023.", "names is 37 months ago"),
        ("Last reviewed: 31 March 2023.", "more than 38 months ago"),
        # Since when somebody is a doctor says nothing about the review.
        ("Medically reviewed by Dr Ann Lee, a physician since 1998.", ""),
        ("Medically reviewed by Dr Ann Lee, a physician since 1998, on 2 May 2020.", "72 months"),
        # The next review counts wherever the line names it.
        ("Last reviewed March 2022; next review March 2030", ""),
        ("Last reviewed March 2022; next review March 2024", "due by 2024-03-31"),
        (f"Last reviewed: March {'1' * 5000} 2020.", "74 months ago"),
    ],
)
def test_the_day_of_a_review(line: str, says: str) -> None:
    found = run_rule(RULES["review-overdue"], f"# Sleep\n\nWe rest.\n\n{line}\n", now=NOW)
    assert len(found) == bool(says)
    assert all(says in each.message for each in found)


def test_no_credential_is_part_of_a_name_that_only_ends_in_a_comma() -> None:
    text = '---\ntitle: Sleep\nauthor: "Jane Doe,"\nauthor_credential: "-"\n---\n\nWe rest.\n'
    assert not run_rule(RULES["author-record"], text)
