"""What the ledger keeps of a post after a write, or after a person's version was accepted."""

from __future__ import annotations

import json
from collections.abc import Mapping

from copydesk.api import LedgerEntry, SiteView, Wanted
from copydesk_plugins.publishers.cms import adopting, digests
from copydesk_plugins.publishers.cms.journal import Written
from copydesk_plugins.publishers.cms.remote import Wish
from copydesk_plugins.publishers.cms.standing import Standing, same_words
from copydesk_plugins.publishers.cms.there import (
    LINKED,
    RESTING,
    SOURCE,
    THEIRS,
    refreshed,
    source_of,
)
from copydesk_plugins.publishers.cms.wishes import Made

#: What the ledger remembers of a post that is not about our last write.
_AS_IT_STANDS = ("id", "revision", "mark", "state", "slug", "published", RESTING, LINKED)


def record(
    view: SiteView,
    id: str,
    wanted: Wanted | None,
    standing: Standing,
    made: Made | None,
    theirs: bool = False,
) -> None:
    """Note how a post stands; `made` is what was sent of its text, or None where that stayed.

    `theirs` says that what stands there is not what we wrote last.
    """
    entry = refreshed(id, standing, view.ledger.posts.get(id), wanted, theirs)
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
                **_without(entry.remote, THEIRS),
                "facts": digests.marked_facts(made.wish.text),
                "date": digests.as_text(wanted.published),
                SOURCE: source_of(wanted),
                "tags": json.dumps(wanted.tags),
                "category": json.dumps([wanted.category] if wanted.category else []),
            },
        )
        if not made.wish.category and standing.category:
            entry = _with(entry, given=json.dumps(standing.category))
    if standing.public:
        entry = entry._replace(remote=_without(entry.remote, RESTING))
    view.ledger.posts[id] = entry


def accept(view: SiteView, id: str, wanted: Wanted | None, standing: Standing, made: Made) -> None:
    """Note that a person's version stays, until it or the source changes again."""
    before = view.ledger.posts.get(id)
    entry = refreshed(id, standing, before, wanted)
    if standing.state == "draft" and before and before.remote.get("state") == "public":
        entry = _with(entry, **{RESTING: "yes"})
    if wanted is not None:
        date = digests.as_text(wanted.published)
        entry = _with(entry, **{"date": date, THEIRS: source_of(wanted)})
    view.ledger.posts[id] = _with(entry, facts=digests.marked_facts(made.wish.text))


def not_as_sent(
    view: SiteView, id: str, wanted: Wanted | None, standing: Standing, ours: bool
) -> None:
    """Note that a post is not as it was sent, so that the next run looks at it again.

    Where it says what was sent, it is written again. Other words may be those of a person who
    was quicker than our look: then they are not taken for ours.
    """
    theirs = not ours or not same_words(standing)
    entry = refreshed(id, standing, view.ledger.posts.get(id), wanted, theirs)
    view.ledger.posts[id] = _with(entry, facts="")


def put_back(view: SiteView, id: str, written: Written) -> None:
    """Remember of a post that was put back what was remembered of it at that time."""
    entry = view.ledger.posts[id]
    now = {name: entry.remote[name] for name in _AS_IT_STANDS if name in entry.remote}
    if written.known:
        was = {name: text for name, text in written.known.items() if name not in _AS_IT_STANDS}
        remote = {**was, **now}
        view.ledger.posts[id] = entry._replace(remote=remote, wording=written.wording)


def _with(entry: LedgerEntry, **remote: str) -> LedgerEntry:
    return entry._replace(remote={**entry.remote, **remote})


def _without(remote: Mapping[str, str], gone: str) -> dict[str, str]:
    return {name: text for name, text in remote.items() if name != gone}


def bare_wish(id: str, standing: Standing) -> Wish:
    """Return what names a post and its place, for writes that do not touch its text."""
    return Wish(
        id, standing.text, standing.slug, standing.title, "", standing.published, "", "", (), ()
    )
