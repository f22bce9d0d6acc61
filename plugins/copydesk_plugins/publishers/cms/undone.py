"""What taking a run back does to each post that it wrote, before anything is planned."""

from __future__ import annotations

from typing import Literal

from copydesk.api import Ledger, LivePost, SiteView, standing_post
from copydesk_plugins.publishers.cms import journal
from copydesk_plugins.publishers.cms.journal import Written
from copydesk_plugins.publishers.cms.standing import left
from copydesk_plugins.publishers.cms.there import There

#: What becomes of a post: it is `gone`, `changed` since, `barred` from going where it was, `stays`
#: a draft, goes `down`, or `back`.
Fate = Literal["gone", "changed", "barred", "stays", "down", "back"]


def fate(written: Written, there: There) -> Fate:
    """Return what becomes of a post that a run wrote."""
    standing = there.posts.get(written.post)
    if standing is None:
        return "gone"
    if written.seen and standing.seen != written.seen:
        return "changed"
    if not written.seen and written.post in there.changed:
        return "changed"  # the run died before it could say how it left the post
    if written.left and left(standing) != written.left:
        return "changed"
    if standing.bar and standing.state != ("draft" if written.made else written.state):
        return "barred"
    if written.made:
        return "stays" if standing.state == "draft" else "down"
    return "back"


def public_after(run: str, there: There, known: Ledger, view: SiteView) -> tuple[LivePost, ...]:
    """Return the posts that will be public once a run is taken back, sorted by id."""
    found = {id: known.posts[id] for id, each in there.posts.items() if each.public}
    for written in journal.written(view.folder, run):
        id, what = written.post, fate(written, there)
        if what == "down" or (what == "back" and written.state != "public"):
            found.pop(id, None)
        elif what == "back":
            found[id] = known.posts[id]._replace(
                title=written.texts.get("title", known.posts[id].title),
                published=written.texts.get("published", known.posts[id].published),
            )
    posts = (standing_post(found[id]) for id in sorted(found))
    return tuple(post for post in posts if post is not None)
