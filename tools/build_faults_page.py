"""Run every test against real systems, and write docs/publishing-faults.md from what came of them.

It takes an hour or two: `make test-cms-full`. The two systems are tried side by side.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "publishing-faults.md"
HALVES = {"WordPress": "cms and not ghost", "Ghost": "cms and ghost"}
_MATRIX = re.compile(r"test_a_fault_leaves_no_trace\[\w+-(\w+)-([\w-]+)\]")
_SWEEP = "test_a_run_killed_at_every_request"
_WAYS = {
    "at once": "0",
    "after one more run": "1",
    "twin named": "twin",
}
_HEAD = """# What goes wrong, and what comes of it

This page is made by `tools/build_faults_page.py` from the tests in `tests/cms`; please do not edit
it by hand but run `make test-cms-full`. Everything here was done to a real WordPress and a real
Ghost on one machine, with a proxy before each that spoils one request of a run.

In every cell the end is the same as that of a run that nothing disturbed: one post for each source,
none with `-2` at the end of its address, nothing public that was not read back first, the same
text, terms, picture and links, no mail, nothing deleted. One more run then has nothing to write.
The cell says how many further runs of `copydesk publish` it took to get there:

| Cell | Meaning |
| --- | --- |
| 0 | The run itself found out what had happened, and went on. |
| 1 | The run stopped and said so (exit code 2); the next one finished the work. |
| twin | Something on the way delivered the request twice, so there are two drafts. Copydesk names \
both, makes neither public, and goes on once a person has deleted one: it never deletes. |
| FAILED | None of this holds. |

The rows are the faults, the columns what was asked for when they struck:

"""
_FAULTS = {
    "cut-before": "cut off before the system saw it",
    "cut-after": "done, then cut off",
    "502-after": "done, the answer is “bad gateway”",
    "503-after": "done, the answer is “unavailable”",
    "504-after": "done, the answer is “gateway time-out”",
    "503-before": "not done, “unavailable”",
    "429-before": "not done, “too many requests”",
    "truncated": "done, the answer stops half-way",
    "200-html": "done, the answer is a web page",
    "403-html": "not done, a firewall's page",
    "delay": "done, the answer comes too late",
    "twice": "delivered twice",
}
_OPERATIONS = {
    "create": "a new post",
    "update": "a new text",
    "media": "a picture",
    "term": "a tag",
    "status": "going live",
    "links": "the links",
}


class Result(NamedTuple):
    """What came of one test."""

    name: str
    passed: bool
    properties: dict[str, str]


def run(half: str, file: Path) -> subprocess.Popen[bytes]:
    """Start the tests of one system."""
    command = [sys.executable, "-m", "pytest", "tests/cms", "-m", half, f"--junitxml={file}"]
    command += ["-o", "junit_family=xunit1"]  # what tests record of themselves is in this form only
    return subprocess.Popen(command, cwd=PROJECT)


def results(file: Path) -> Iterator[Result]:
    """Read what pytest wrote."""
    for case in ET.parse(file).getroot().iter("testcase"):
        bad = any(case.find(name) is not None for name in ("failure", "error", "skipped"))
        told = {each.get("name", ""): each.get("value", "") for each in case.iter("property")}
        yield Result(case.get("name", ""), not bad, told)


def matrix(found: list[Result]) -> Iterator[str]:
    """Yield the table of faults and operations."""
    cells = {}
    for each in found:
        if match := _MATRIX.fullmatch(each.name):
            cell = _WAYS.get(each.properties.get("end", ""), "FAILED") if each.passed else "FAILED"
            cells[match[2], match[1]] = cell
    yield "| | " + " | ".join(_OPERATIONS.values()) + " |"
    yield "| --- |" + " ---: |" * len(_OPERATIONS)
    for fault, words in _FAULTS.items():
        row = (cells.get((fault, operation), "not run") for operation in _OPERATIONS)
        yield f"| {words} | " + " | ".join(row) + " |"


def sweep(found: list[Result]) -> str:
    """Return the sentence about killed runs."""
    for each in found:
        if each.name.startswith(_SWEEP):
            tried, same = (each.properties.get(name, "?") for name in ("moments", "same end"))
            return (
                f"A run that publishes five posts, makes them public and links them was killed "
                f"with SIGKILL at {tried} moments: before each of its requests, and after each of "
                f"its writes had been done and before the answer came. After one more run, {same} "
                f"of {tried} ended just as the undisturbed one."
            )
    return "The runs that are killed were not tried."


def page(found: dict[str, list[Result]]) -> str:
    """Return the whole page."""
    lines = [_HEAD.rstrip("\n")]
    for system, each in found.items():
        lines += ["", f"## {system}", "", *matrix(each), "", sweep(each)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run both halves, write the page, and fail where anything failed."""
    with tempfile.TemporaryDirectory() as folder:
        files = {system: Path(folder) / f"{system}.xml" for system in HALVES}
        running = [run(half, files[system]) for system, half in HALVES.items()]
        codes = [process.wait() for process in running]
        found = {system: list(results(file)) for system, file in files.items()}
    PAGE.write_text(page(found), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE}")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
