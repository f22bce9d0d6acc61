"""Duplicates: posts that copy one another, and posts that answer the same question."""

from __future__ import annotations

from copydesk.api import Rule, hookimpl
from copydesk_plugins.duplicates import competing, copied


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules."""
    return [copied.copied_text, competing.competing]
