"""Sentences are told of before their entry ends, and after."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from register_kit import DAY, PEOPLE, entry, toml_of

from copydesk.api import Finding
from copydesk.testing import assert_exact, run_rule
from copydesk_plugins.claims.register.entry import Entry, Withdrawal
from copydesk_plugins.claims.register.expiring import register_expiring

POST = "# Depression\n\nAcupuncture eases back pain.\n\nWe open at nine.\n"
ENDS = entry("Acupuncture eases back pain.", expires=date(2026, 12, 31))


def findings(*entries: Entry, now: datetime, **options: int) -> list[Finding]:
    files = {"claims.toml": toml_of(*entries)}
    found = run_rule(register_expiring, POST, now=now, files=files, people=PEOPLE, options=options)
    assert_exact(found, POST)
    return found


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "now, severity",
    [
        (day(2026, 6, 1), ""),
        (day(2026, 10, 31), ""),
        (day(2026, 11, 1), "warning"),
        (day(2026, 12, 31), "warning"),
        (day(2027, 1, 1), "error"),
    ],
)
def test_a_warning_first_and_an_error_after(now: datetime, severity: str) -> None:
    found = findings(ENDS, now=now)
    assert [each.severity for each in found] == ([severity] if severity else [])
    if found:
        assert found[0].quote == "Acupuncture eases back pain." and "2026-12-31" in found[0].message


def test_the_number_of_days_can_be_set() -> None:
    assert not findings(ENDS, now=day(2026, 12, 20), days=5)
    assert findings(ENDS, now=day(2026, 6, 1), days=300)


def test_a_withdrawn_entry_is_an_error_where_it_is_used() -> None:
    gone = entry(
        "Acupuncture eases back pain.",
        status="withdrawn",
        withdrawal=Withdrawal("tom", DAY, "Old."),
    )
    found = findings(gone, now=day(2026, 6, 1))
    assert found[0].severity == "error" and "withdrawn: Old" in found[0].message


def test_another_entry_that_holds_on_is_enough() -> None:
    stays = entry("Acupuncture eases back pain.", id="stays")
    assert not findings(ENDS, stays, now=day(2027, 1, 1))


def test_drafts_and_other_claims_are_no_matter() -> None:
    draft = entry("Acupuncture eases back pain.", status="draft")
    assert not findings(draft, now=day(2026, 6, 1))
    assert not findings(entry("Yoga lowers stress.", expires=date(2020, 1, 1)), now=day(2026, 6, 1))


def test_the_first_and_the_last_day_that_there_are() -> None:
    first = entry("Acupuncture eases back pain.", expires=date.min)
    assert [each.severity for each in findings(first, now=day(2026, 6, 1))] == ["error"]
    last = entry("Acupuncture eases back pain.", expires=date.max)
    assert not findings(last, now=day(2026, 6, 1))
    assert [each.severity for each in findings(last, now=day(9999, 12, 31))] == ["warning"]
