"""What tests of the claims rules share."""

from __future__ import annotations

from copydesk_plugins.claims import rules

#: The rules that share one judgement; at most one of them speaks of a unit.
FIVE = (
    rules.absolute,
    rules.unqualified_safe,
    rules.statistic,
    rules.vague_research,
    rules.unsupported,
)
