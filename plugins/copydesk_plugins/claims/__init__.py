"""Medical claims that need support: a first, small set of sure rules.

A unit gets at most one finding, the gravest that fits. The vocabulary lies in `data/`.
Nothing here is legal or medical advice.
"""

from __future__ import annotations

from copydesk.api import Rule, hookimpl


@hookimpl
def register_rules() -> list[Rule]:
    """Return the claims rules."""
    from copydesk_plugins.claims import crisis, rules

    return [
        rules.absolute,
        rules.unqualified_safe,
        rules.statistic,
        rules.vague_research,
        rules.unsupported,
        crisis.crisis_line,
    ]
