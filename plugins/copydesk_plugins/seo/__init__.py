"""Search: what a search engine and its readers see of a post."""

from __future__ import annotations

from copydesk.api import Rule, hookimpl


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules."""
    return []
