"""What the formats for programs share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from copydesk.api import Failure, FileResult, Finding, harmless


def dump(value: Any) -> str:
    """Return a value as JSON on one line."""
    # Escaped to ASCII: a lone surrogate or an odd terminal cannot break the document.
    return json.dumps(value, separators=(",", ":"))


def open_findings(result: FileResult) -> list[Finding]:
    """Return the findings that nobody has accepted yet, by a waiver or in a baseline."""
    return [each for each in result.findings if not each.waived and not each.accepted]


def told(what: Finding | Failure) -> str:
    """Return what is wrong and the way out, on one line and without control characters."""
    message = what.message if isinstance(what, Finding) else f"{what.message}."
    return harmless(" ".join(part for part in (message, *what.help.split("\n")) if part))


def last_line(finding: Finding) -> int:
    """Return the last line of which a finding holds a character."""
    start, end = finding.start, finding.end
    return end.line - 1 if end.column == 1 and end.line > start.line else end.line


def slashes(path: str) -> str:
    """Return a path with forward slashes, as addresses and reports have it everywhere."""
    return Path(path).as_posix()
