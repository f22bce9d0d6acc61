"""Posts that were there before Copydesk: known from now on, and left as they are.

The ledger says which source stands for which post. As long as the source says what it said when
it was imported, the post is not written, and its links only once its neighbours are others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from copydesk.api import Hashes, LedgerEntry, SiteView
from copydesk_plugins.publishers.cms import digests
from copydesk_plugins.publishers.cms.standing import Standing
from copydesk_plugins.publishers.cms.there import There
from copydesk_plugins.publishers.cms.wishes import Wishes

#: What the ledger keeps of a post only until Copydesk writes it for the first time.
NEIGHBOURS, LOSSY, FILLED, DATA = "neighbours", "lossy", "filled", "data"


_LINK = re.compile(r'\brel="(prev|next)" href="copydesk:([A-Za-z0-9._-]+)"')
_LINE = re.compile(r'<p data-copydesk="line">([^<]*)</p>')


def below(links: str) -> str:
    """Return what stands below a post: its neighbours, whatever they are called, and its lines."""
    found: dict[str, object] = dict(_LINK.findall(links))
    return json.dumps({**found, "lines": _LINE.findall(links)}, sort_keys=True)


def entry_of(standing: Standing) -> LedgerEntry:
    """Return what the ledger says of a post as it stands there; id and file are filled in later."""
    return LedgerEntry(
        id="",
        key="",
        address=standing.address,
        title=standing.title,
        published=digests.as_text(standing.published),
        updated="",
        description=standing.description,
        category=next(iter(standing.category), ""),
        series=None,
        author="",
        noindex=False,
        hashes=Hashes("", "", standing.seen),
        text="",
        public=standing.public,
        remote={
            "id": standing.remote,
            "revision": standing.revision,
            "mark": standing.text,
            "state": standing.state,
            "slug": standing.slug,
            "published": digests.as_text(standing.published),
            # The source gets all tags and the first category, so these are ours from now on.
            "tags": json.dumps(standing.tags),
            "category": json.dumps(standing.category[:1]),
            "facts": "",
        },
    )


def adopt(ids: frozenset[str], view: SiteView, wishes: Wishes, there: There) -> None:
    """Note in the ledger what the sources of some posts say, and who their neighbours are.

    Posts that came in before get those of now for neighbours: they were beside them all along.
    """
    for wanted in view.wanted:
        entry = view.ledger.posts.get(wanted.id)
        if entry is None:
            continue
        if wanted.id not in ids:
            _beside(entry, ids, view)
            continue
        body, standing = view.body(wanted.id), there.posts.get(wanted.id)
        remote = {**entry.remote, "facts": wishes.facts(wanted, body, standing)}
        if not entry.remote.get("mark"):
            remote[NEIGHBOURS] = below(view.links(wanted.id))
        elif standing is not None:
            made = wishes.make(wanted.id, standing, entry, standing.public)
            remote[FILLED] = digests.marked_filled(made.wish.text)
            remote[DATA] = digests.digest(made.wish.data)
        view.ledger.posts[wanted.id] = entry._replace(
            updated=digests.as_text(wanted.updated),
            series=wanted.series,
            author=wanted.author,
            noindex=wanted.noindex,
            wording=wanted.wording,
            hashes=entry.hashes._replace(content=body.content),
            text=body.text,
            remote=remote,
        )


def _beside(entry: LedgerEntry, ids: frozenset[str], view: SiteView) -> None:
    """Note of a post that was adopted before which of its neighbours are adopted only now."""
    if NEIGHBOURS not in entry.remote:
        return
    try:
        was = dict(json.loads(entry.remote[NEIGHBOURS]))
    except (ValueError, TypeError):
        was = {}
    for relation, other in _LINK.findall(view.links(entry.id)):
        if other in ids:
            was[relation] = other
    remote = {**entry.remote, NEIGHBOURS: json.dumps(was, sort_keys=True)}
    view.ledger.posts[entry.id] = entry._replace(remote=remote)


def as_it_came(entry: LedgerEntry, links: str) -> bool:
    """Say whether a post that Copydesk never wrote has the neighbours it had when it came."""
    return entry.remote.get(NEIGHBOURS) == below(links)


def after_a_write(remote: Mapping[str, str], standing: Standing) -> dict[str, str]:
    """Return what the ledger keeps of a post once Copydesk has written something there.

    Its links are kept right from now on. Its text is ours only where it carries our mark.
    """
    gone = {NEIGHBOURS, FILLED, DATA, *([LOSSY] if standing.text else [])}
    return {name: text for name, text in remote.items() if name not in gone}


def filled_before(entry: LedgerEntry, standing: Standing) -> str:
    """Return the hash of a body with its addresses as it stands there, where that is known.

    Words that a person changed there, and that the source took over, are not in the mark.
    """
    return entry.remote.get(FILLED) or digests.marked_filled(standing.text)


def same_data(entry: LedgerEntry, standing: Standing, data: tuple[str, ...]) -> bool:
    """Say whether structured data need not be written.

    That of a post which another site of Copydesk wrote may name that site. It stays, as all of the
    post does, until the source says something else than when it came.
    """
    if DATA in entry.remote:
        return entry.remote[DATA] == digests.digest(data)
    return digests.of_data(data) == standing.data


def written_anew(entry: LedgerEntry, standing: Standing) -> str:
    """Return what people should know before a post that Copydesk never wrote is written."""
    if standing.text or LOSSY not in entry.remote:
        return ""
    said = "Its whole text there is replaced by what the source says."
    lost = entry.remote[LOSSY]
    return f"{said} What Markdown cannot say goes: {lost}." if lost else said
