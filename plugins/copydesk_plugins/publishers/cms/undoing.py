"""Taking a run back: what it changed is written as it was, what it made goes back to draft."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Change, Hashes
from copydesk_plugins.publishers.cms import field_diff, journal, last_seen
from copydesk_plugins.publishers.cms.journal import Written
from copydesk_plugins.publishers.cms.planning import Planner
from copydesk_plugins.publishers.cms.task import Task


def rows(planner: Planner, run: str) -> Iterator[tuple[Change, Task]]:
    """Yield a row for each post that a run wrote; raises CopydeskError for an unknown run."""
    for written in journal.written(planner.view.folder, run):
        yield _row(planner, written)


def _row(planner: Planner, written: Written) -> tuple[Change, Task]:
    id, standing = written.post, planner.there.posts.get(written.post)
    entry = planner.known.posts.get(id)
    wanted = next((each for each in planner.view.wanted if each.id == id), None)
    path = wanted.path if wanted else ""
    title = entry.title if entry else id

    def row(action: str, reason: str) -> Change:
        return Change(
            action,  # type: ignore[arg-type]
            "post",
            id,
            title,
            path,
            standing.address if standing else "",
            reason,
            Hashes("", "", standing.seen if standing else ""),
            state=standing.state if standing else "",
        )

    if standing is None:
        return row("unchanged", "It is not there any more."), Task(id)
    if written.seen and standing.seen != written.seen:
        reason = "It changed since that run, so it is left as it is."
        return row("conflict", reason), Task(id)
    if written.made:
        if standing.state == "draft":
            reason = "That run made it. It is a draft there and stays one; nothing is deleted."
            return row("kept", reason), Task(id)
        return planner.down(id, title, path, standing)
    held = planner.remote.read(standing.remote)
    now = last_seen.texts_of(held, planner.remote) if held else {}
    fields = tuple(field_diff.rows(now, written.texts))
    if standing.state != written.state:
        fields = (("state", standing.state, written.state), *fields)
    change = row("restore", "It goes back to how it was before that run.")
    return change._replace(fields=fields), Task(
        id, standing.remote, standing.seen, restore=written.before
    )
