"""JUnit: valid under the schema of Jenkins, a case for each finding, none hidden by another."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from reports_kit import (
    FAILURES,
    HOSTILE_PATHS,
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

from copydesk.api import harmless
from copydesk_plugins.reporters.junit import write_junit
from copydesk_plugins.reporters.parts import slashes

SCHEMA = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def suites(report: Any) -> list[ElementTree.Element]:
    """Return the suites of a report that is valid and whose counts are true."""
    text = written(write_junit, report)
    root = ElementTree.fromstring(text.encode("utf-8"))
    SCHEMA.validate(root)
    for suite in root:
        cases = list(suite)
        assert suite.get("tests") == str(len(cases))
        for name in ("failure", "error", "skipped"):
            count = sum(each.find(name) is not None for each in cases)
            assert suite.get("skipped" if name == "skipped" else f"{name}s") == str(count)
    names = [(each.get("classname"), each.get("name")) for each in root.iter("testcase")]
    assert len(names) == len(set(names))
    return list(root)


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_valid(name: str) -> None:
    suites(REPORTS[name]())


def test_the_schema_refuses_what_is_wrong() -> None:
    text = written(write_junit, REPORTS["found"]()).replace(' tests="3"', "")
    assert not SCHEMA.is_valid(ElementTree.fromstring(text))


def test_a_file_is_a_suite_and_a_finding_a_case() -> None:
    clean, found = suites(Report([file(path="a.md"), file(finding(), path="b.md")]))
    assert [(each.get("name"), len(each)) for each in clean] == [("nothing to mend", 0)]
    (case,) = found
    assert (case.get("classname"), case.get("name")) == ("b.md", "basics.date: 2026-02-30")
    (failure,) = case
    assert (failure.tag, failure.get("type")) == ("failure", "error")
    assert failure.get("message") == "published is no date. Write a date."
    assert failure.text == (
        "error  basics.date   the front matter   b.md:3:12\n"
        '       "2026-02-30"\n'
        "       published is no date. Write a date."
    )


@pytest.mark.parametrize(
    "limit, failed",
    [("error", 1), ("warning", 2), ("info", 3), ("never", 0)],
)
def test_only_findings_that_count_are_failures(limit: str, failed: int) -> None:
    report = REPORTS["found"]()
    report.fail_on = limit
    (suite,) = suites(report)
    assert (suite.get("failures"), suite.get("skipped")) == (str(failed), str(3 - failed))


def test_equal_findings_do_not_hide_each_other() -> None:
    (suite,) = suites(Report([file(finding(), finding(), finding(quote=" ", where="the title"))]))
    assert [each.get("name") for each in suite] == [
        "basics.date: 2026-02-30",
        "basics.date: 2026-02-30 (2)",
        "basics.date: the title",
    ]


def test_what_people_accepted_is_no_case() -> None:
    report = Report([file(finding(waived="Agreed (mara)"), finding(accepted=True))])
    assert [each.get("name") for each in suites(report)[0]] == ["nothing to mend"]


def test_failures_are_errors_of_a_suite_of_their_own() -> None:
    (suite,) = suites(Report(failures=FAILURES))
    assert suite.get("errors") == "4"
    assert suite[0].get("name", "").startswith("posts/a.md:9:4 could not be read")
    assert "Save it." in (suite[0][0].text or "")


def test_hostile_words_and_names_are_shown_without_what_xml_forbids() -> None:
    found = suites(hostile())
    assert [each.get("name") for each in found] == [*map(harmless, HOSTILE_PATHS), "copydesk"]
    for element in ElementTree.fromstring(written(write_junit, hostile())).iter():
        for text in (*element.attrib.values(), *(element.text or "").split("\n")):
            assert text.isprintable()


@given(st.text(), st.text(min_size=1))
def test_any_words_make_a_valid_report(words: str, path: str) -> None:
    found = finding(message=words, help=words, where=words, quote=words)
    (suite,) = suites(Report([file(found, path=path)]))
    assert suite.get("name") == harmless(slashes(path))


def test_it_is_written_as_the_files_come() -> None:
    report = Report([file(finding(), path=f"posts/{number}.md") for number in range(3)])
    seen: list[int] = []
    write_junit(report, lambda text: seen.append(report.taken) if "posts/" in text else None, {})
    assert seen == [1, 2, 3]


def test_a_real_run_holds_each_finding() -> None:
    with checked(PROJECT / "posts") as results:
        found = suites(results)
        files = list(results.files())
        assert written(write_junit, results) == written(write_junit, results)
    assert [each.get("name") for each in found] == [each.path for each in files]
    for suite, one in zip(found, files, strict=True):
        errors = sum(each.severity == "error" and not each.waived for each in one.findings)
        assert suite.get("failures") == str(errors)
        assert suite.get("tests") == str(max(1, sum(not each.waived for each in one.findings)))
