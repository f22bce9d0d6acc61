"""Duplicates: posts that copy one another, and posts that answer the same question."""

from __future__ import annotations

from copydesk.api import Rule, hookimpl


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules."""
    from copydesk_plugins.duplicates.copied import copied_text

    return [copied_text]
