"""The rules about waivers themselves; the core judges them after all other rules."""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from copydesk.model.context import SiteContext
from copydesk.model.rule import Found, Rule

_AUTHORITY = "Copydesk: an exception is only as good as the reason and the people beside it."


def _judged_by_core(context: SiteContext) -> Found:
    """Report nothing here: only after all rules ran is it known which waivers held."""
    return ()


def _rule(name: str, summary: str, why: str, good: str, bad: str) -> Rule:
    return Rule(
        f"waivers.{name}", summary, why, good, bad, _AUTHORITY, _judged_by_core, "warning", "site"
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "stale",
        "A waiver whose words no longer stand in the post.",
        "The text it spoke of has changed, so nobody has agreed to what stands there now.",
        "A waiver that quotes words of the post as it is.",
        "A waiver for “cures colds” after the sentence was rewritten.",
    ),
    _rule(
        "expired",
        "A waiver whose last day is over.",
        "Exceptions are given for a time, so that somebody looks again.",
        "until = 2099-01-31",
        "until = 2020-01-31",
    ),
    _rule(
        "unexplained",
        "A waiver without a reason, or without enough people behind it.",
        "An exception that nobody explains or answers for protects nobody.",
        'reason = "The label says so." and by = ["mara"]',
        'reason = "" or by = []',
    ),
)


@pluggy.HookimplMarker("copydesk")
def register_rules() -> Sequence[Rule]:
    """Register the rules about waivers."""
    return RULES
