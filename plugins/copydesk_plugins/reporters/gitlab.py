"""`--format gitlab`: a Code Quality report, which GitLab shows in merge requests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from copydesk.api import Failure, Finding, Results, harmless
from copydesk_plugins.reporters.parts import dump, last_line, open_findings, slashes, told

#: GitLab knows info, minor, major, critical and blocker.
_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def write_gitlab(
    results: Results, write: Callable[[str], Any], settings: Mapping[str, bool]
) -> None:
    """Write an array with an entry for each finding and each failure, a line each."""
    separator = "[\n"
    for entry in _entries(results):
        write(separator + dump(entry))
        separator = ",\n"
    write("[]\n" if separator == "[\n" else "\n]\n")


def _entries(results: Results) -> Iterator[dict[str, Any]]:
    for each in results.files():
        for finding in open_findings(each):
            yield _finding(each.path, finding)
    for failure in results.failures:
        yield _failure(failure)


def _finding(path: str, finding: Finding) -> dict[str, Any]:
    return {
        "description": told(finding),
        "check_name": finding.rule,
        # Two sites of a repository may hold equal paths below them, so the whole path counts.
        "fingerprint": _fingerprint(slashes(path), finding.fingerprint),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": slashes(path),
            "lines": {"begin": finding.start.line, "end": last_line(finding)},
        },
    }


def _failure(failure: Failure) -> dict[str, Any]:
    about = harmless(f"{failure.plugin}: ") if failure.plugin else ""
    line = max(failure.line, 1)
    return {
        "description": about + told(failure),
        "check_name": f"copydesk.{failure.kind}",
        "fingerprint": _fingerprint(*map(str, failure)),
        "severity": "blocker",
        # GitLab refuses an entry without a path; what concerns no file concerns the folder.
        "location": {
            "path": slashes(failure.path or "."),
            "lines": {"begin": line, "end": line},
        },
    }


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
