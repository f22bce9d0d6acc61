"""Says whether a post is about health, so that nobody asks for a disclaimer below bus times."""

from __future__ import annotations

from copydesk.api import PostContext
from copydesk_plugins.trust.reading import readings_of

#: A note of fewer words is no post yet.
_SHORTEST = 40
#: Share of the sentences, headings and items that name an illness or its care, from which a post
#: is about health. Of 90 posts, none about other things reached it; of those about health every
#: other one did. A post that is passed over costs less than one that is asked without reason.
_SHARE = 0.13


def is_health(ctx: PostContext) -> bool:
    """Say whether a post is about health: it names an illness, and much of it that or care."""
    if ctx.counted.total_words < _SHORTEST:
        return False
    readings = readings_of(ctx)
    named = [each for each in readings.found if "illness" in each.hits or "care" in each.hits]
    illness = any("illness" in each.hits for each in named)
    return illness and len(named) >= readings.units * _SHARE
