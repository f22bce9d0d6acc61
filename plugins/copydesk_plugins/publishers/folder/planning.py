"""The plan: what is wanted, compared with the folder and the ledger. Nothing is written."""

from __future__ import annotations

from copydesk.api import Action, Change, Plan, SiteView, TargetSettings
from copydesk_plugins.publishers.folder.edition import Edition
from copydesk_plugins.publishers.folder.file_changes import FileChanges
from copydesk_plugins.publishers.folder.files import Folder
from copydesk_plugins.publishers.folder.known import settle
from copydesk_plugins.publishers.folder.post_changes import PostChanges

#: The order in which posts are written: nothing is linked before it is there.
_RANKS: dict[Action, int] = {"create": 0, "update": 2, "links only": 3}


def make_plan(settings: TargetSettings, view: SiteView, folder: Folder) -> Plan:
    """Return everything that would be done, in the order in which it would be done."""
    known, note = settle(view.ledger, folder, {post.id: post for post in view.wanted})
    edition = Edition(view, folder, known)
    posts, files = PostChanges(edition), FileChanges(edition)
    changes = [
        *posts.posts(),
        *posts.gone(),
        *files.previews(),
        *files.site_files(),
        *files.assets(),
        *files.left_over(),
    ]
    changes.sort(key=_rank)
    notes = [note] if note else []
    if not view.site.url:
        notes.append(
            "There is no sitemap and links in the feed are relative, because the "
            "address of the site is not known. Set `site-url` to have both."
        )
    return Plan(settings.name, settings.kind, tuple(changes), (*notes, *posts.notes()))


def _rank(change: Change) -> int:
    if change.action == "remove":
        return 9  # last, so that nothing is gone while it is linked
    if change.kind != "post":
        return 6 if change.kind == "page" else 7
    rank = _RANKS.get(change.action, 4)
    # A post that moves is new at its address: it must be there before others link to it.
    return 1 if rank == 2 and not change.hashes.seen else rank
