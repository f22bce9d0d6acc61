"""SARIF: valid under the published schema, exact in its places, quiet about what is accepted."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft4Validator
from reports_kit import (
    FAILURES,
    HOSTILE_PATHS,
    HOSTILE_WORDS,
    PROJECT,
    REPORTS,
    SCHEMAS,
    Report,
    checked,
    file,
    finding,
    hostile,
    written,
)

from copydesk.api import Failure
from copydesk_plugins.reporters.sarif import write_sarif

VALIDATOR = Draft4Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text("utf-8")))


def run_of(report: Any, **settings: bool) -> dict[str, Any]:
    """Return the one run of a report, after its document was found to be valid."""
    document = json.loads(written(write_sarif, report, **settings))
    problems = [f"{list(each.path)}: {each.message}" for each in VALIDATOR.iter_errors(document)]
    assert problems == []
    (run,) = document["runs"]
    return dict(run)


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else ():
        yield from texts(each)
    for each in value if isinstance(value, list) else ():
        yield from texts(each)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("everything", [False, True])
def test_every_report_is_valid(name: str, everything: bool) -> None:
    run_of(REPORTS[name](), all=everything)


def test_the_schema_refuses_what_is_wrong() -> None:
    document = json.loads(written(write_sarif, REPORTS["found"]()))
    document["runs"][0]["results"][0]["level"] = "info"
    assert list(VALIDATOR.iter_errors(document))


def test_the_drafts_of_the_sample_site_are_reported_at_their_exact_places() -> None:
    with checked(PROJECT / "posts" / "drafts") as results:
        run = run_of(results)
        again = written(write_sarif, results)
        findings = [each for one in results.files() for each in one.findings]
        assert again == written(write_sarif, results)
    assert len(run["results"]) == len(findings) > 20
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(rules)
    assert {"claims.vague-research", "waivers.stale"} <= set(rules)
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        text = path_of(place["artifactLocation"]).read_bytes().decode().removeprefix("\ufeff")
        region = place["region"]
        start, length = region["charOffset"], region["charLength"]
        assert text[start : start + length] == region["snippet"]["text"]
        for name, at in (("start", start), ("end", start + length)):
            before = text[:at].split("\n")
            assert region[f"{name}Line"] == len(before)
            assert region[f"{name}Column"] == len(before[-1]) + 1
        for fix in result.get("fixes", ()):
            apply(fix, text)
    assert any("fixes" in result for result in run["results"])


def path_of(location: dict[str, str]) -> Path:
    if "uriBaseId" not in location:
        assert location["uri"].startswith("file:///")
    return Path(os.fsdecode(unquote_to_bytes(location["uri"].removeprefix("file://"))))


def apply(fix: dict[str, Any], text: str) -> None:
    """Make the edits of a fix; each has to lie inside the text."""
    for change in fix["artifactChanges"]:
        for each in change["replacements"]:
            start = each["deletedRegion"]["charOffset"]
            assert 0 <= start <= start + each["deletedRegion"]["charLength"] <= len(text)


def test_paths_are_addresses_that_lead_back_to_the_file() -> None:
    run = run_of(hostile())
    found = []
    for result in run["results"]:
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uri"].isascii()
        assert not set(location["uri"]) & set(" ,#?\n\\")
        assert ("uriBaseId" in location) == (":" not in location["uri"])
        found.append(str(path_of(location)))
    assert list(dict.fromkeys(found)) == list(HOSTILE_PATHS)
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}
    assert "uri" not in run["originalUriBaseIds"]["%SRCROOT%"]  # no path of this machine


def test_a_result_says_all_that_the_finding_says() -> None:
    report = Report([file(finding("warning"), path="posts/a.md")])
    (result,) = run_of(report)["results"]
    assert result == {
        "ruleId": "basics.date",
        "ruleIndex": -1,  # no rules were loaded here
        "level": "warning",
        "message": {"text": "published is no date. Write a date."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "posts/a.md", "uriBaseId": "%SRCROOT%"},
                    "region": {
                        "startLine": 3,
                        "startColumn": 12,
                        "endLine": 3,
                        "endColumn": 22,
                        "charOffset": 30,
                        "charLength": 10,
                        "snippet": {"text": "2026-02-30"},
                    },
                },
                "message": {"text": "the front matter"},
            }
        ],
        "partialFingerprints": {"copydesk/v1": "f" * 16},
    }


def test_related_places_and_fixes_name_their_file() -> None:
    result = run_of(hostile())["results"][0]
    there, here = (each["physicalLocation"] for each in result["relatedLocations"])
    assert there["artifactLocation"]["uri"] == "posts/a%20b%2C%20c%3A%20d.md"
    assert here["artifactLocation"] == there["artifactLocation"]
    assert here["region"] == {"charOffset": 2, "charLength": 1}
    (change,) = result["fixes"][0]["artifactChanges"]
    first, second = change["replacements"]
    assert first["insertedContent"] == {"text": HOSTILE_WORDS[0]}
    assert second["deletedRegion"] == {"charOffset": 4, "charLength": 2}


def test_levels_are_those_of_the_severities() -> None:
    levels = [each["level"] for each in run_of(REPORTS["found"]())["results"]]
    assert levels == ["error", "warning", "note"]


def test_what_people_accepted_is_there_only_when_everything_is_asked_for() -> None:
    report = Report(
        [file(finding(waived="Agreed (mara)"), finding(accepted=True), finding("warning"))]
    )
    assert [each["level"] for each in run_of(report)["results"]] == ["warning"]
    waived, accepted, counts = run_of(report, all=True)["results"]
    assert waived["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "Agreed (mara)"}
    ]
    assert [each["kind"] for each in accepted["suppressions"]] == ["external"]
    assert "suppressions" not in counts


def test_rules_explain_themselves() -> None:
    with checked(PROJECT / "posts" / "fees-and-payment.md") as results:
        rules = {each["id"]: each for each in run_of(results)["tool"]["driver"]["rules"]}
        loaded = results.rules
    assert set(rules) == set(loaded)
    for name, shown in rules.items():
        rule = loaded[name]
        assert shown["shortDescription"]["text"] == rule.summary
        assert shown["fullDescription"]["text"] == rule.why
        for part in (rule.why, rule.bad, rule.good, rule.authority):
            assert part in shown["help"]["text"]
        levels = {"error": "error", "warning": "warning", "info": "note"}
        assert shown["defaultConfiguration"]["level"] == levels[rule.severity]
        assert shown.get("deprecatedIds", []) == list(rule.aliases)


def test_failures_are_notifications_and_the_run_was_no_success() -> None:
    (invocation,) = run_of(Report(failures=FAILURES))["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second, third, fourth = invocation["toolExecutionNotifications"]
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 9, "startColumn": 4}
    assert first["message"]["text"].endswith("is not UTF-8. Save it.")
    assert second["message"]["text"] == "house (h.py): the rule a.bad failed. Mend it."
    assert "locations" not in third and "locations" not in fourth
    (fine,) = run_of(REPORTS["clean"]())["invocations"]
    assert fine == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_words_of_drafts_make_no_links_and_steer_nothing() -> None:
    run = run_of(hostile())
    messages = [result["message"]["text"] for result in run["results"]]
    messages += [
        each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]
    ]
    assert all(text.isprintable() for text in messages)
    assert not any("](" in text for text in messages)


def test_it_is_written_as_the_files_come_in_plain_ascii() -> None:
    report = Report([file(finding(), path=f"posts/{number}.md") for number in range(3)])
    seen: list[int] = []
    write_sarif(report, lambda text: seen.append(report.taken) if "posts/" in text else None, {})
    assert seen == [1, 2, 3]
    assert written(write_sarif, hostile()).isascii()


def test_a_failure_of_a_file_whose_name_is_odd_is_valid() -> None:
    run_of(Report(failures=tuple(Failure("file", "is lost", "", path) for path in HOSTILE_PATHS)))
