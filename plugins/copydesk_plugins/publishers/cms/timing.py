"""When links on the live site will next be wrong, because a post goes live by itself."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import SiteView
from copydesk_plugins.publishers.cms.there import There


def next_change(view: SiteView, there: There) -> Iterator[str]:
    """Yield a note on the next post that a person scheduled there, and on the next that is due."""
    coming = sorted(
        (standing.published, standing.title)
        for standing in there.posts.values()
        if standing.state == "scheduled" and standing.published and standing.published > view.now
    )
    if coming:
        when, title = coming[0]
        yield (
            f"“{title}” goes live there by itself at {when:%Y-%m-%d %H:%M} UTC. From then on "
            "previous and next links around it are wrong, until this is run again."
        )
    public = {id for id, standing in there.posts.items() if standing.public}
    due = sorted(
        (wanted.published, wanted.title)
        for wanted in view.wanted
        if wanted.decision == "not yet due" and wanted.published and wanted.id not in public
    )
    if due:
        when, title = due[0]
        yield (
            f"“{title}” is due at {when:%Y-%m-%d %H:%M} UTC. `copydesk publish --due --go-live` "
            "brings it online then, with the links around it."
        )
