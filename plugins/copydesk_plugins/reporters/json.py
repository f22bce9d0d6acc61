"""`--format json`, version 1: every file, every finding, nothing that changes from run to run.

The document is written piece by piece, so that memory does not grow with the posts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from copydesk.api import Measure, Results, failure_to_json, finding_to_json, version
from copydesk_plugins.reporters.parts import dump


def write_json(results: Results, write: Callable[[str], Any], settings: Mapping[str, bool]) -> None:
    """Write the results as one JSON document with a line for each file."""
    tool = {"name": "copydesk", "version": version(), "plugins": list(results.plugins)}
    write('{"version":1,"tool":' + dump(tool) + ',"files":[')
    separator = "\n"
    for each in results.files():
        write(
            separator
            + dump(
                {
                    "path": each.path,
                    "post": each.post,
                    "findings": [finding_to_json(finding) for finding in each.findings],
                    "measures": dict(each.measures),
                    "series": {name: _series(part) for name, part in each.series.items()},
                }
            )
        )
        separator = ",\n"
    # Seconds would make two equal runs differ.
    summary = {name: value for name, value in results.summary.items() if name != "seconds"}
    failures = [failure_to_json(each) for each in results.failures]
    write('\n],"failures":' + dump(failures) + ',"summary":' + dump(summary) + "}\n")


def _series(measure: Measure) -> dict[str, Any]:
    parts = [
        {
            "label": each.label,
            "value": each.value,
            "of": each.of,
            "start": each.span.start,
            "end": each.span.end,
        }
        for each in measure.parts
    ]
    return {"limit": measure.limit, "parts": parts}
