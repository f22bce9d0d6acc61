"""What the ledger keeps of a post after a write, or after a person's version was accepted."""

from __future__ import annotations

import json

from copydesk.api import SiteView
from copydesk_plugins.publishers.cms import adopting, digests
from copydesk_plugins.publishers.cms.remote import Wish
from copydesk_plugins.publishers.cms.standing import Standing
from copydesk_plugins.publishers.cms.there import THEIRS, refreshed
from copydesk_plugins.publishers.cms.wishes import Made


def record(view: SiteView, id: str, standing: Standing, made: Made | None) -> None:
    """Note how a post stands; `made` is what was sent of its text, or None where that stayed."""
    wanted = next((each for each in view.wanted if each.id == id), None)
    entry = refreshed(id, standing, view.ledger.posts.get(id), wanted)
    entry = entry._replace(remote=adopting.after_a_write(entry.remote, standing))
    if made is not None and wanted is not None:
        entry = entry._replace(
            updated=digests.as_text(wanted.updated),
            description=wanted.description,
            category=wanted.category,
            series=wanted.series,
            author=wanted.author,
            noindex=wanted.noindex,
            wording=wanted.wording,
            hashes=entry.hashes._replace(content=made.body.content, sent=made.wish.text),
            text=made.body.text,
            files=tuple(file.name for file in made.body.files),
            remote={
                **{name: text for name, text in entry.remote.items() if name != THEIRS},
                "facts": digests.marked_facts(made.wish.text),
                "tags": json.dumps(wanted.tags),
                "category": json.dumps([wanted.category] if wanted.category else []),
            },
        )
    view.ledger.posts[id] = entry


def accept(view: SiteView, id: str, standing: Standing, made: Made) -> None:
    """Note that a person's version stays, until it or the source changes again."""
    wanted = next((each for each in view.wanted if each.id == id), None)
    entry = refreshed(id, standing, view.ledger.posts.get(id), wanted)
    view.ledger.posts[id] = entry._replace(
        wording=wanted.wording if wanted else entry.wording,
        remote={**entry.remote, "facts": digests.marked_facts(made.wish.text), THEIRS: "yes"},
    )


def to_be_written(view: SiteView, id: str) -> None:
    """Note that a post is not as it was sent, so that the next run writes it again."""
    entry = view.ledger.posts[id]
    view.ledger.posts[id] = entry._replace(remote={**entry.remote, "facts": ""})


def bare_wish(id: str, standing: Standing) -> Wish:
    """Return what names a post and its place, for writes that do not touch its text."""
    return Wish(
        id, standing.text, standing.slug, standing.title, "", standing.published, "", "", (), ()
    )
