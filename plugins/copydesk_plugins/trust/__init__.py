"""Trust: who wrote a post, who checked it, and where a reader can turn."""

from __future__ import annotations

from copydesk.api import Rule, hookimpl


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules."""
    return []
