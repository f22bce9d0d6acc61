"""Output formats: `text` for people, `json` for programs, the others for CI."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from copydesk.api import Reporter, Results, hookimpl
from copydesk_plugins.reporters.json import write_json
from copydesk_plugins.reporters.text import write_text


@hookimpl
def register_reporters() -> Sequence[Reporter]:
    """Register the formats that come with Copydesk."""
    return (
        Reporter("text", "For people, on a terminal or in a file.", write_text),
        Reporter("json", "For programs; version 1, every finding.", write_json),
        Reporter("github", "For GitHub Actions: notes beside the changed lines.", _later("github")),
        Reporter("gitlab", "For GitLab: a Code Quality report.", _later("gitlab")),
        Reporter("html", "A page to open, print and forward.", _later("html"), "report.html"),
        Reporter("junit", "For any CI that shows tests: a JUnit report.", _later("junit")),
        Reporter("sarif", "For code scanning on GitHub and for editors.", _later("sarif")),
    )


def _later(name: str) -> Callable[[Results, Callable[[str], Any], Mapping[str, bool]], None]:
    """Return the writer of a format whose module is imported only when it is called."""

    def write(
        results: Results, write_text: Callable[[str], Any], settings: Mapping[str, bool]
    ) -> None:
        module = import_module(f"{__name__}.{name}")
        getattr(module, f"write_{name}")(results, write_text, settings)

    return write
