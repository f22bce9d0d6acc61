"""`--format junit`: a test report, which nearly every CI can show.

A file is a test suite and a finding a test case: GitLab shows one failure for each test case,
and knows them again by class and name from run to run, so a name holds the rule and the quoted
words and no line number. Findings below `--fail-on` are skipped tests: Jenkins would call the
build unstable for each failure, also where Copydesk exits with 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from copydesk.api import Failure, FileResult, Finding, Results, at_least, harmless
from copydesk_plugins.reporters.parts import open_findings, slashes, told
from copydesk_plugins.reporters.text import failure_lines, finding_lines, short

_NAME = 60


class _Case(NamedTuple):
    """A test case: the element inside is `failure`, `error`, `skipped`, or none where it passed."""

    name: str
    element: str = ""
    type: str = ""
    message: str = ""
    lines: tuple[str, ...] = ()


def write_junit(
    results: Results, write: Callable[[str], Any], settings: Mapping[str, bool]
) -> None:
    """Write a test suite for each file, and one for what could not be done."""
    write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="copydesk">\n')
    limit = results.fail_on
    for each in results.files():
        cases = [_finding(each, finding, limit) for finding in open_findings(each)]
        write(_suite(slashes(each.path), cases or [_Case("nothing to mend")]))
    failures = [_failure(each) for each in results.failures]
    if failures:
        write(_suite("copydesk", failures))
    write("</testsuites>\n")


def _finding(result: FileResult, finding: Finding, limit: str) -> _Case:
    return _Case(
        f"{finding.rule}: {short(finding.quote, _NAME) or harmless(finding.where)}",
        "failure" if at_least(finding.severity, limit) else "skipped",
        finding.severity,
        told(finding),
        tuple(finding_lines(result.path, finding, False)),
    )


def _failure(failure: Failure) -> _Case:
    place = f"{failure.place} " if failure.place else ""
    name = harmless(f"{place}{failure.message}")
    return _Case(name, "error", failure.kind, told(failure), tuple(failure_lines(failure, False)))


def _suite(name: str, cases: Sequence[_Case]) -> str:
    """Return a test suite; cases of one name are numbered, so that none hides another."""
    counts = Counter(case.element for case in cases)
    attributes: dict[str, str | int] = {
        "name": name,
        "tests": len(cases),
        "failures": counts["failure"],
        "errors": counts["error"],
        "skipped": counts["skipped"],
    }
    seen: Counter[str] = Counter()
    lines = [f"<testsuite{_attributes(attributes)}>"]
    for case in cases:
        seen[case.name] += 1
        number = f" ({seen[case.name]})" if seen[case.name] > 1 else ""
        lines.append(_case(name, case.name + number, case))
    return "\n".join([*lines, "</testsuite>", ""])


def _case(class_name: str, name: str, case: _Case) -> str:
    head = f"<testcase{_attributes({'classname': class_name, 'name': name, 'time': 0})}"
    if not case.element:
        return head + "/>"
    inner = _attributes({"type": case.type, "message": case.message})
    text = escape("\n".join(case.lines), quote=False)
    return f"{head}><{case.element}{inner}>{text}</{case.element}></testcase>"


def _attributes(values: Mapping[str, str | int]) -> str:
    # What is not printable is forbidden in XML or invisible in it.
    return "".join(f' {name}="{escape(harmless(str(value)))}"' for name, value in values.items())
