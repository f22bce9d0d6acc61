"""What makes a post public, scheduled or a draft, and when that is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from copydesk_plugins.publishers.cms.remote import Refused, State
from copydesk_plugins.publishers.ghost.answers import Where
from copydesk_plugins.publishers.ghost.fields import AHEAD, utc

_NAMES = {"public": "published", "scheduled": "scheduled", "draft": "draft"}


def state_fields(
    where: Where, state: State, published: datetime | None, now: datetime
) -> dict[str, Any]:
    """Return the fields for a state; raises Refused where they would do something else."""
    if state == "trashed":
        help = "Delete the post in Ghost if that is what you want."
        raise Refused(where.failure("Ghost has no bin, and Copydesk deletes nothing", help))
    fields: dict[str, Any] = {"status": _NAMES[state]}
    if state == "draft":
        return fields
    if state == "public":
        if published is not None and published > now:
            raise Refused(
                where.failure(
                    f"its date, {utc(published)[:16]} UTC, is still to come, and Ghost would make "
                    "it public at once",
                    "Publish it when its hour has come, or give it an earlier date.",
                )
            )
    elif published is None or published < now + AHEAD:
        raise Refused(
            where.failure(
                "a post can be scheduled only for an hour at least five minutes ahead",
                "Give it a later date, or publish it now.",
            )
        )
    if published is not None:
        fields["published_at"] = utc(published)
    return fields
