"""The posts of a system on their way into a site: `copydesk import --from`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from copydesk.api import Export, Exported, Failure, Ledger, LedgerEntry, Omission
from copydesk_plugins.publishers.cms import adopting
from copydesk_plugins.publishers.cms.own_data import own_of
from copydesk_plugins.publishers.cms.remote import Account, Held, Remote, State
from copydesk_plugins.publishers.cms.standing import standing_of
from copydesk_plugins.publishers.cms.there import There, settle

_STATES: dict[State, Literal["published", "scheduled", "draft"]] = {
    "public": "published",
    "scheduled": "scheduled",
}


class Details(NamedTuple):
    """What only an import asks of a post.

    `html` is its body as readers see it; `omissions` are words that it has not, `losses` what
    Markdown cannot say. `image` is an address. `closed` says that not everybody may read the
    post there: it comes in as a draft.
    """

    html: str
    author: str = ""
    updated: datetime | None = None
    image: str = ""
    closed: bool = False
    omissions: tuple[Omission, ...] = ()
    notes: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


class Exporter(Protocol):
    """What a system tells for an import, beside `Remote.posts`."""

    def total(self) -> int:
        """Return how many posts to expect, or 0."""

    def details(self, held: Held) -> Details:
        """Return what an import wants to know of a post."""


def exported(remote: Remote, account: Account, url: str, ledger: Ledger) -> Export:
    """Return all posts of a system; `url` is where its API is reached."""
    exporter = remote.exporter()
    home = account.public or url
    return Export(
        home,
        tuple(dict.fromkeys([home, url])),
        exporter.total(),
        _posts(remote, account, exporter, home, ledger),
    )


def _posts(
    remote: Remote, account: Account, exporter: Exporter, home: str, ledger: Ledger
) -> Iterator[Exported | Failure | str]:
    ids = {entry.remote.get("id", ""): id for id, entry in ledger.posts.items()}
    for held in remote.posts():
        standing = standing_of(held, remote)
        id = ids.get(held.remote, "")
        settled = False
        if id:
            there = There(account, posts={id: standing})
            settle(there, ledger=Ledger({id: ledger.posts[id]}), wanted={})
            settled = not there.changed
        entry = adopting.entry_of(standing)
        yield _post(held, exporter.details(held), home, entry)._replace(
            key=id or held.key, settled=settled
        )


def _post(held: Held, details: Details, home: str, entry: LedgerEntry) -> Exported:
    first, rest = held.category[:1], held.category[1:]
    updated = details.updated
    if updated and (held.state != "public" or not held.published or updated <= held.published):
        updated = None
    author, more = details.author, {}
    if own := own_of(held):
        author, updated = own.author, own.updated
        more = {"author_credential": own.credential} if own.credential else {}
    notes = list(details.notes)
    if rest:
        notes.append("A post has one category here: the first. All stay under categories.")
    return Exported(
        remote=held.remote,
        title=held.title,
        html=details.html,
        state="draft" if details.closed else _STATES.get(held.state, "draft"),
        slug=held.slug,
        address=held.address or home,
        published=held.published,
        updated=updated,
        description=held.description,
        category=first[0] if first else "",
        tags=held.tags,
        author=author,
        image=details.image,
        image_alt=held.image_alt if details.image else "",
        canonical=held.canonical,
        more=more,
        others={"categories": held.category} if rest else {},
        omissions=details.omissions,
        notes=tuple(notes),
        losses=details.losses,
        entry=entry,
    )
