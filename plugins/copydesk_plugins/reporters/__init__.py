"""Output formats: `text` for people, `json` for programs."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.api import Reporter, hookimpl
from copydesk_plugins.reporters.json import write_json
from copydesk_plugins.reporters.text import write_text


@hookimpl
def register_reporters() -> Sequence[Reporter]:
    """Register the two formats."""
    return (
        Reporter("text", "For people, on a terminal or in a file.", write_text),
        Reporter("json", "For programs; version 1, every finding.", write_json),
    )
