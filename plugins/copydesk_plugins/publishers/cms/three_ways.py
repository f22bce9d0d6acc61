"""A post that a person changed: what they changed there, and what its source says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.api import Wanted
from copydesk_plugins.publishers.cms import digests, field_diff, last_seen
from copydesk_plugins.publishers.cms.standing import Standing

if TYPE_CHECKING:
    from copydesk_plugins.publishers.cms.planning import Planner


def three_ways(planner: Planner, wanted: Wanted, standing: Standing) -> tuple[field_diff.Row, ...]:
    """Return what a person changed there, and what changed in the source, since our write."""
    held, entry = planner.remote.read(standing.remote), planner.known.posts[wanted.id]
    if held is None:
        return ()
    theirs = last_seen.texts_of(held, planner.remote)
    made = planner.wishes.make(wanted.id, standing, entry, standing.public)
    ours = {
        "title": wanted.title,
        "description": wanted.description,
        "slug": made.wish.slug,
        "published": digests.as_text(made.wish.published),
        "body": made.wish.body,
    }
    if "image_alt" in theirs:
        ours["image_alt"] = made.wish.image_alt if made.wish.image else ""
    base = last_seen.kept(planner.view.folder, wanted.id)
    if not base:  # nobody knows which of the two is new
        return tuple(field_diff.rows(theirs, ours, " (there, in the source)"))
    changed = digests.marked_facts(made.wish.text) != entry.remote.get("facts")
    mine = field_diff.rows(base, ours, " (in the source)") if changed else iter(())
    return (
        *field_diff.rows(base, theirs, " (by a person there)"),
        *(row for row in mine if row[1]),
    )
