"""Which posts visitors will see once a plan is applied: what the chain of links is made of."""

from __future__ import annotations

from copydesk.api import Ledger, LivePost, SiteView, Wanted, standing_post
from copydesk_plugins.publishers.cms import undone
from copydesk_plugins.publishers.cms.there import There, date_there, is_theirs


def in_the_way(id: str, there: There, view: SiteView) -> str:
    """Return why a post cannot be written, apart from what its text says, or an empty text."""
    settled = view.order.overwrite | view.order.accept
    if id in there.gone and id in view.order.overwrite:
        return ""
    if id in there.problems:
        return there.problems[id]
    if id in there.faulty and id not in view.order.overwrite:
        return there.faulty[id]
    if id in there.changed and id not in settled:
        return "A person changed it there since Copydesk wrote it."
    if id in there.both and id not in settled:
        return "A person's version stands there, as you asked, and its source changed since."
    return ""


def leaves_alone(id: str, there: There, view: SiteView) -> bool:
    """Say whether this run does nothing to a post but its links."""
    order = view.order
    others = bool(order.repair or order.unpublish or order.undo)
    return others or id in order.accept or (id in there.newer and id not in order.overwrite)


def goes_live(wanted: Wanted, there: There, view: SiteView) -> bool:
    """Say whether this run makes a post public that is not public there."""
    standing = there.posts.get(wanted.id)
    if wanted.decision != "live" or not view.order.go_live or leaves_alone(wanted.id, there, view):
        return False
    if in_the_way(wanted.id, there, view) or (standing and standing.bar):
        return False
    if "publish" not in there.account.can:
        return False
    if standing is None:
        return not there.taken_by(wanted.slug, "")
    if wanted.id in there.resting and wanted.id not in view.order.overwrite:
        return False
    return standing.state == "draft"


def public_after(
    posts: tuple[LivePost, ...], there: There, known: Ledger, view: SiteView
) -> tuple[LivePost, ...]:
    """Return the posts that will be public, as they will stand there, sorted by id."""
    if view.order.undo:
        return undone.public_after(view.order.undo, there, known, view)
    wished = {post.id: post for post in posts}
    found: dict[str, LivePost] = {}
    for id, standing in there.posts.items():
        if not standing.public or (id in view.order.unpublish and not standing.bar):
            continue
        post = standing_post(known.posts[id])
        if post is not None:
            found[id] = post
    for wanted in view.wanted:
        id = wanted.id
        if wanted.decision != "live" or id not in wished:
            continue
        stays = in_the_way(id, there, view) or leaves_alone(id, there, view)
        stays = stays or is_theirs(wanted, known.posts.get(id))
        if goes_live(wanted, there, view) or (id in found and not stays):
            date = date_there(wanted, there.posts.get(id), known.posts.get(id))
            found[id] = wished[id]._replace(published=date or wished[id].published)
    return tuple(found[id] for id in sorted(found))
