"""`--format sarif`: SARIF 2.1.0, for GitHub's code scanning and for editors.

Written piece by piece, so that memory does not grow with the posts. Findings that people have
accepted are in it, as suppressed results, only with `--all`: GitHub pays no heed to suppressions
and would open an alert for each of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from copydesk.api import (
    Edit,
    Failure,
    FileResult,
    Finding,
    Related,
    Results,
    Rule,
    harmless,
    version,
)
from copydesk_plugins.reporters.parts import dump, open_findings, told

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write_sarif(
    results: Results, write: Callable[[str], Any], settings: Mapping[str, bool]
) -> None:
    """Write one SARIF run with a line for each result."""
    rules = results.rules
    positions = {rule_id: number for number, rule_id in enumerate(rules)}
    driver = {
        "name": "Copydesk",
        "version": version(),
        "semanticVersion": version(),
        "rules": [_rule(rule) for rule in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {
            _BASE: {"description": {"text": "The folder in which copydesk was run."}}
        },
    }
    start = {"$schema": _SCHEMA, "version": "2.1.0"}
    write(dump(start)[:-1] + ',"runs":[' + dump(run)[:-1] + ',"results":[')
    separator = "\n"
    for each in results.files():
        for finding in each.findings if settings.get("all") else open_findings(each):
            write(separator + dump(_result(each, finding, positions)))
            separator = ",\n"
    write('\n],"invocations":[' + dump(_invocation(results.failures)) + "]}]}\n")


def _rule(rule: Rule) -> dict[str, Any]:
    help = f"{rule.why}\n\nReported:\n\n{rule.bad}\n\nFine:\n\n{rule.good}\n\n{rule.authority}"
    found: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": help},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.plugin]},
    }
    if rule.aliases:
        found["deprecatedIds"] = list(rule.aliases)
    return found


def _result(result: FileResult, finding: Finding, positions: Mapping[str, int]) -> dict[str, Any]:
    """Return a finding as a result; parts that are empty are left out."""
    start, end = finding.start, finding.end
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
        "snippet": {"text": finding.quote},
    }
    location = _location(result.path, region) | {"message": _message(finding.where)}
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": positions.get(finding.rule, -1),
        "level": _LEVELS[finding.severity],
        "message": _message(told(finding)),
        "locations": [location],
        "partialFingerprints": {"copydesk/v1": finding.fingerprint},
        "relatedLocations": [_related(each, result.path) for each in finding.related],
        "fixes": list(_fixes(finding.fix, result.path)),
        "suppressions": list(_suppressions(finding)),
    }
    return {name: value for name, value in found.items() if value != []}


def _related(related: Related, path: str) -> dict[str, Any]:
    start, end = related.span
    region = {"charOffset": start, "charLength": end - start}
    return _location(related.path or path, region) | {"message": _message(related.message)}


def _fixes(fix: tuple[Edit, ...] | None, path: str) -> Iterator[dict[str, Any]]:
    """Yield the one fix of a finding, if it has one: all its edits belong together."""
    if not fix:
        return
    replacements = [
        {
            "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
            "insertedContent": {"text": edit.text},
        }
        for edit in fix
    ]
    yield {"artifactChanges": [{"artifactLocation": _file(path), "replacements": replacements}]}


def _suppressions(finding: Finding) -> Iterator[dict[str, Any]]:
    if finding.waived:
        yield _suppression(harmless(finding.waived))
    if finding.accepted:
        yield _suppression("From before: accepted in the baseline.")


def _suppression(reason: str) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": reason}


def _invocation(failures: tuple[Failure, ...]) -> dict[str, Any]:
    """Return how the run went: what could not be done, and whether that is nothing."""
    return {
        "executionSuccessful": not failures,
        "toolExecutionNotifications": [_notification(each) for each in failures],
    }


def _notification(failure: Failure) -> dict[str, Any]:
    about = f"{failure.plugin}: " if failure.plugin else ""
    found: dict[str, Any] = {"level": "error", "message": _message(about + told(failure))}
    if failure.path:
        region = {"startLine": failure.line} if failure.line else {}
        if failure.line and failure.column:
            region["startColumn"] = failure.column
        found["locations"] = [_location(failure.path, region)]
    return found


def _message(text: str) -> dict[str, str]:
    # "[words](address)" would be a link in a SARIF viewer, and drafts are not trusted.
    return {"text": harmless(text).replace("](", "] (")}


def _location(path: str, region: Mapping[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _file(path)}
    if region:
        place["region"] = dict(region)
    return {"physicalLocation": place}


def _file(path: str) -> dict[str, str]:
    """Return a path as an address: relative to the working folder, or whole where it is whole."""
    where = Path(path)
    if where.is_absolute():
        return {"uri": where.as_uri()}
    return {"uri": quote(os.fsencode(where.as_posix())), "uriBaseId": _BASE}
