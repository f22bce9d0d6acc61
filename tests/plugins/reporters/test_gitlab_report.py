"""GitLab's Code Quality report: the keys that GitLab asks for, and no fingerprint twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from reports_kit import (
    FAILURES,
    PROJECT,
    REPORTS,
    Report,
    checked,
    file,
    finding,
    hostile,
    written,
)

from copydesk.model.finding import Place
from copydesk_plugins.reporters.gitlab import write_gitlab

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def entries(report: Any) -> list[dict[str, Any]]:
    """Return the entries of a report, each with what GitLab asks for."""
    found: list[dict[str, Any]] = json.loads(written(write_gitlab, report))
    for entry in found:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["description"] and entry["description"].isprintable()
        assert entry["check_name"]
        assert entry["severity"] in SEVERITIES
        assert set(entry["location"]) == {"path", "lines"}
        assert entry["location"]["path"]
        lines = entry["location"]["lines"]
        assert set(lines) == {"begin", "end"} and 1 <= lines["begin"] <= lines["end"]
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_what_gitlab_asks_for(name: str) -> None:
    report = REPORTS[name]()
    assert len(entries(report)) == sum(len(each.findings) for each in report.results) + len(
        report.failures
    )


def test_a_finding_is_an_entry() -> None:
    (entry,) = entries(Report([file(finding(end=Place(60, 5, 1)))]))
    assert len(entry.pop("fingerprint")) == 32
    assert entry == {
        "description": "published is no date. Write a date.",
        "check_name": "basics.date",
        "severity": "major",
        "location": {"path": "posts/fees.md", "lines": {"begin": 3, "end": 4}},
    }


def test_severities() -> None:
    assert [each["severity"] for each in entries(REPORTS["found"]())] == ["major", "minor", "info"]
    assert {each["severity"] for each in entries(Report(failures=FAILURES))} == {"blocker"}


def test_equal_paths_below_two_sites_have_fingerprints_of_their_own() -> None:
    report = Report([file(finding(), path=f"clinics/{name}/fees.md") for name in "ab"])
    assert len({each["fingerprint"] for each in entries(report)}) == 2


def test_fingerprints_are_unique_and_stay() -> None:
    with checked(PROJECT / "posts") as results:
        found = entries(results)
        again = entries(results)
    assert len(found) > 20
    assert len({each["fingerprint"] for each in found}) == len(found)
    assert found == again
    assert len({each["fingerprint"] for each in entries(Report(failures=FAILURES))}) == 4


def test_what_people_accepted_is_no_entry() -> None:
    report = Report([file(finding(waived="Agreed (mara)"), finding(accepted=True))])
    assert written(write_gitlab, report) == "[]\n"


def test_it_is_written_as_the_files_come_in_plain_ascii() -> None:
    report = Report([file(finding(), path=f"posts/{number}.md") for number in range(3)])
    seen: list[int] = []
    write_gitlab(report, lambda text: seen.append(report.taken) if "posts/" in text else None, {})
    assert seen == [1, 2, 3]
    assert written(write_gitlab, hostile()).isascii()
