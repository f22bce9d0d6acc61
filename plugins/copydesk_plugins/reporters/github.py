"""`--format github`: findings as workflow commands, which GitHub shows beside the changed lines.

The form and its escapes are those of GitHub's page "Workflow commands". The last lines say
what was done, for people who read the log; none of them begins with what comes from a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from copydesk.api import Failure, Finding, Results, harmless
from copydesk_plugins.reporters.parts import last_line, open_findings, slashes, told
from copydesk_plugins.reporters.text import short, summary_parts
from copydesk_plugins.reporters.text_sites import change_lines

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
#: A colon or a comma would end a property, a line break the command.
_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write_github(
    results: Results, write: Callable[[str], Any], settings: Mapping[str, bool]
) -> None:
    """Write a command for each finding and each failure, and last lines for people."""
    for each in results.files():
        for finding in open_findings(each):
            write(_finding(each.path, finding))
    for failure in results.failures:
        write(_failure(failure))
    for line in change_lines(results.summary):
        write(line + "\n")
    write("; ".join(summary_parts(results)) + ".\n")


def _finding(path: str, finding: Finding) -> str:
    start, last = finding.start, last_line(finding)
    place: dict[str, str | int] = {"file": slashes(path), "line": start.line, "endLine": last}
    if last == start.line == finding.end.line:  # GitHub takes columns within one line only
        place |= {"col": start.column, "endColumn": finding.end.column}
    quote = short(finding.quote)
    lines = (harmless(finding.where), f'"{quote}"' if quote else "", told(finding))
    return _command(_LEVELS[finding.severity], place | {"title": finding.rule}, lines)


def _failure(failure: Failure) -> str:
    place: dict[str, str | int] = {"file": slashes(failure.path)} if failure.path else {}
    if failure.path and failure.line:
        place |= {"line": failure.line} | ({"col": failure.column} if failure.column else {})
    about = harmless(f"{failure.plugin}:") if failure.plugin else ""
    return _command("error", place | {"title": "Could not be done"}, (about, told(failure)))


def _command(level: str, properties: Mapping[str, str | int], lines: tuple[str, ...]) -> str:
    given = ",".join(
        f"{name}={harmless(str(value)).translate(_IN_PROPERTIES)}"
        for name, value in properties.items()
    )
    message = "\n".join(line for line in lines if line).translate(_IN_MESSAGES)
    return f"::{level} {given}::{message}\n"
