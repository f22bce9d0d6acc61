"""Taking a run back: what it changed is written as it was, what it made goes back to draft."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Change, Hashes
from copydesk_plugins.publishers import commands
from copydesk_plugins.publishers.cms import field_diff, journal, last_seen
from copydesk_plugins.publishers.cms.journal import Written
from copydesk_plugins.publishers.cms.planning import Planner
from copydesk_plugins.publishers.cms.task import Task
from copydesk_plugins.publishers.cms.undone import fate

_SAID = {
    "gone": ("unchanged", "It is not there any more."),
    "changed": (
        "conflict",
        "It changed since that run, so it is left as it is. Change it there by hand; or have the "
        "post here say what is right, then: {overwrite}.",
    ),
    "barred": ("conflict", "It stays as it is."),
    "stays": ("kept", "That run made it. It is a draft there and stays one; nothing is deleted."),
    "back": ("restore", "It goes back to how it was before that run."),
}


def rows(planner: Planner, run: str) -> Iterator[tuple[Change, Task]]:
    """Yield a row for each post that a run wrote, and for those whose links change by that.

    Raises CopydeskError for an unknown run.
    """
    named = set()
    for written in journal.written(planner.view.folder, run):
        named.add(written.post)
        yield _row(planner, written)
    for id in sorted(set(planner.there.posts) - named):
        row = planner.stays(id, planner.known.posts[id].title, _path(planner, id), "")
        if row[1].link:
            yield row


def _row(planner: Planner, written: Written) -> tuple[Change, Task]:
    id, standing = written.post, planner.there.posts.get(written.post)
    entry = planner.known.posts.get(id)
    title, path = entry.title if entry else id, _path(planner, id)
    what = fate(written, planner.there)
    if what == "down":
        return planner.down(id, title, path, standing)
    action, reason = _SAID[what]
    if what == "changed":  # its links are kept right all the same
        change, task = planner.stays(id, title, path, _with_command(reason, planner, id))
        return (change if task.link else change._replace(action="conflict")), task
    if what == "barred" and standing is not None:
        reason = f"It stays as it is: {standing.bar}."
    change = Change(
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
    if what != "back" or standing is None:
        return change, Task(id)
    held = planner.remote.read(standing.remote)
    now = last_seen.texts_of(held, planner.remote) if held else {}
    fields = tuple(field_diff.rows(now, written.texts))
    if standing.state != written.state:
        fields = (("state", standing.state, written.state), *fields)
    # Posts that came since may stand between it and its neighbours of that time.
    link = written.state == "public"
    down = standing.public and written.state != "public"
    task = Task(id, standing.remote, standing.seen, link=link, down=down, before=written)
    return change._replace(fields=fields), task


def _with_command(reason: str, planner: Planner, id: str) -> str:
    return reason.format(overwrite=commands.overwrite(planner.view.target, id))


def _path(planner: Planner, id: str) -> str:
    wanted = planner.wishes.wanted.get(id)
    return wanted.path if wanted else ""
