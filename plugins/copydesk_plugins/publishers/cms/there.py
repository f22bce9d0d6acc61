"""A look at the system: which posts are ours, how each stands, and what is in the way."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from copydesk.api import Hashes, Ledger, LedgerEntry, Wanted
from copydesk_plugins.publishers import commands
from copydesk_plugins.publishers.cms import digests
from copydesk_plugins.publishers.cms.remote import Account, Remote
from copydesk_plugins.publishers.cms.standing import Standing, by_folded, same_words, standing_of

#: What the ledger says of a post whose text is a person's, by the leave of whoever publishes; of
#: one that was taken back to draft on purpose; of what its source said when it was written; and
#: whether it carried links there.
THEIRS, RESTING, SOURCE, LINKED = "theirs", "resting", "source", "linked"


@dataclass
class There:
    """What a look at the system found.

    `posts` are our posts by id, `slugs` all posts by slug with their ids there. `changed` are posts
    that a person changed since we wrote them, `problems` says why a post cannot be told apart,
    `rebuilt` counts the posts that no record here knew. `resting` are drafts that were taken back
    on purpose and stay so. `newer` are posts that another machine wrote since, from sources that
    are not these. `both` are posts with a person's version that was accepted, whose source changed
    after that. `faulty` says why words of a person may not go live.
    """

    account: Account
    posts: dict[str, Standing] = field(default_factory=dict)
    slugs: dict[str, list[str]] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    problems: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    resting: set[str] = field(default_factory=set)
    newer: set[str] = field(default_factory=set)
    both: set[str] = field(default_factory=set)
    faulty: dict[str, str] = field(default_factory=dict)
    copies: list[str] = field(default_factory=list)
    strangers: int = 0
    rebuilt: int = 0
    #: The name of the target, for messages that say what to type.
    target: str = ""

    def taken_by(self, slug: str, remote: str) -> str:
        """Return the id there of another post that stands at a slug, or an empty text."""
        return next((each for each in self.slugs.get(slug, ()) if each != remote), "")


def look(
    remote: Remote, account: Account, ledger: Ledger, sources: Container[str], target: str
) -> There:
    """Read every post of the system once, page by page, and keep what has to be remembered.

    A post with a mark of ours that neither `sources` nor the ledger knows belongs to another site,
    or to one that lost both: it is left alone.
    """
    there = There(account, target=target)
    ids = {entry.remote.get("id", ""): id for id, entry in ledger.posts.items()}
    found: dict[str, list[Standing]] = {}
    for held in remote.posts():
        there.slugs.setdefault(held.slug, []).append(held.remote)
        # The mark goes with the post; numbers are given anew when a site moves or is restored.
        known = held.key in sources or held.key in ledger.posts
        key = held.key if held.key and known else ids.get(held.remote) or held.key
        if key and key not in sources and key not in ledger.posts:
            there.strangers += 1
        elif key:
            found.setdefault(key, []).append(standing_of(held, remote))
    for key, standings in sorted(found.items()):
        _choose(there, key, standings, ledger.posts.get(key))
    for id, entry in sorted(ledger.posts.items()):
        if id not in there.posts and id not in there.problems:
            _look_for_lost(there, remote, id, entry)
    return there


def _choose(there: There, key: str, standings: list[Standing], entry: LedgerEntry | None) -> None:
    """Keep the one post of ours among those that carry its id."""
    ours = [each for each in standings if entry and each.remote == entry.remote.get("id")]
    if not ours:  # copies that people make are drafts
        public = [each for each in standings if each.public]
        ours = public if len(public) == 1 else []
    if not ours and len(standings) > 1:
        ids = ", ".join(each.remote for each in standings)
        there.problems[key] = (
            f"It is there {len(standings)} times (the posts {ids}), and nobody knows which is the "
            "right one. Delete the others there, then run again."
        )
        return
    chosen = (ours or standings)[0]
    there.posts[key] = chosen
    there.copies += [
        f"The post {each.remote} there is a copy of {key}. It is left alone."
        for each in standings
        if each is not chosen
    ]


def _look_for_lost(there: There, remote: Remote, id: str, entry: LedgerEntry) -> None:
    number = entry.remote.get("id", "")
    held = remote.read(number) if number else None
    again = commands.overwrite(there.target, id)
    other = there.posts.get(held.key) if held else None
    if held is not None and other is not None and other.remote == number:
        there.gone.add(id)
        there.problems[id] = (
            f"The post {number} there, which it was, is now {held.key}: numbers changed there. "
            f"Have it made anew: {again}."
        )
        return
    if held is not None and held.state != "trashed":
        there.posts[id] = standing_of(held, remote)
        return
    there.gone.add(id)
    what = "moved it to the trash" if held else "deleted it"
    there.problems[id] = (
        f"A person {what} there. Set its state to draft, or have it made anew: {again}."
    )


def settle(there: There, ledger: Ledger, wanted: Mapping[str, Wanted]) -> Ledger:
    """Return the ledger as it fits what is there, and note what people changed."""
    known = Ledger({}, dict(ledger.files))
    there.rebuilt = len(set(there.posts) - set(ledger.posts))
    for id, standing in there.posts.items():
        entry = ledger.posts.get(id)
        if _by_a_person(standing, entry):
            there.changed.add(id)
        elif _is_newer(standing, entry, wanted.get(id)):
            there.newer.add(id)
        if both_changed(wanted.get(id), entry):
            there.both.add(id)
        kept = id in there.changed or id in there.newer
        known.posts[id] = refreshed(id, standing, entry, wanted.get(id), kept)
        if RESTING in known.posts[id].remote and standing.state == "draft":
            there.resting.add(id)
    for id in there.problems:
        if id in ledger.posts and id not in known.posts:
            known.posts[id] = ledger.posts[id]._replace(public=False)
    return known


def _by_a_person(standing: Standing, entry: LedgerEntry | None) -> bool:
    """Say whether somebody changed a post there since Copydesk wrote it.

    Where its own mark is newer than our record, as after a crash or a run on another machine, the
    words decide: only markup that a system rewrites by itself passes for ours. A draft that carries
    links was public, and Copydesk would have taken them out.
    """
    if standing.state == "draft" and standing.linked and not (entry and RESTING in entry.remote):
        return True
    if entry is not None and standing.key not in ("", entry.id):
        return True  # the text of another post was copied into it
    if entry is not None and entry.remote.get("mark", "") == standing.text:
        if entry.hashes.seen != standing.seen:
            return True
        state = entry.remote.get("state")
        if state == "public" and not standing.public:
            return not _taken_down_by_us(standing, entry)  # or taken back, or scheduled anew
        if state == "scheduled" or state != standing.state:
            return False  # the hour of a person is theirs, and so is that they went public
        return entry.remote.get("published") != digests.as_text(standing.published)
    return not same_words(standing)


def _taken_down_by_us(standing: Standing, entry: LedgerEntry) -> bool:
    """Say whether a post lost its links as it went down, as in a run that died right after."""
    return standing.state == "draft" and LINKED in entry.remote and not standing.linked


def _is_newer(standing: Standing, entry: LedgerEntry | None, wanted: Wanted | None) -> bool:
    """Say whether another machine wrote a post since, while the source here stayed as it was."""
    if entry is None or wanted is None or not standing.text:
        return False
    facts = digests.marked_facts(standing.text)
    same = entry.remote.get(SOURCE) == source_of(wanted)
    return same and facts not in (entry.remote.get("facts"), "")


def refreshed(
    id: str,
    standing: Standing,
    entry: LedgerEntry | None,
    wanted: Wanted | None,
    changed: bool = False,
) -> LedgerEntry:
    """Return the entry of a post: how it stands now, and what we wrote last."""
    base = entry or _unknown(id, standing, wanted)
    remote = dict(base.remote)
    remote.update(id=standing.remote, revision=standing.revision)
    if not changed:
        if entry is not None and remote.get("state") == "public" and standing.state == "draft":
            remote[RESTING] = "yes"  # a run took it down and died before it could note that
        if standing.linked:
            remote[LINKED] = "yes"
        else:
            remote.pop(LINKED, None)
        if remote.get("mark") != standing.text:  # written by a run that could not note it
            remote["facts"] = digests.marked_facts(standing.text)
        remote.update(
            mark=standing.text,
            state=standing.state,
            slug=standing.slug,
            published=digests.as_text(standing.published),
        )
    return base._replace(
        key=wanted.key if wanted else base.key,
        address=standing.address,
        title=standing.title,
        published=digests.as_text(standing.published) or base.published,
        hashes=base.hashes if changed else base.hashes._replace(seen=standing.seen),
        public=standing.public,
        remote=remote,
    )


def source_of(wanted: Wanted) -> str:
    """Return the hash of what a source says, whoever else is public."""
    return digests.digest(
        [
            wanted.wording,
            wanted.title,
            wanted.slug,
            wanted.description,
            digests.as_text(wanted.published),
            wanted.category,
            list(wanted.tags),
            wanted.canonical,
            wanted.image,
            wanted.image_alt,
        ]
    )


def is_theirs(wanted: Wanted, entry: LedgerEntry | None) -> bool:
    """Say whether a person's version was accepted, and the source says nothing new since."""
    return entry is not None and entry.remote.get(THEIRS) == source_of(wanted)


def both_changed(wanted: Wanted | None, entry: LedgerEntry | None) -> bool:
    """Say whether a person's version was accepted, and the source changed after that."""
    accepted = entry.remote.get(THEIRS, "") if entry is not None else ""
    return wanted is not None and bool(accepted) and accepted != source_of(wanted)


def date_there(
    wanted: Wanted, standing: Standing | None, entry: LedgerEntry | None
) -> datetime | None:
    """Return the date a post is to have: the source's, or the one that it got when a person
    published or scheduled it there, until the source gets another.
    """
    if standing is None or entry is None or standing.state == "draft":
        return wanted.published
    known = entry.remote.get("published") == digests.as_text(standing.published)
    same = entry.remote.get("date") == digests.as_text(wanted.published)
    theirs = standing.state == "scheduled" or (known and same)
    return standing.published if theirs and standing.published else wanted.published


def _unknown(id: str, standing: Standing, wanted: Wanted | None) -> LedgerEntry:
    """Return the entry of a post that no record here knows, from what it tells itself."""
    ours = wanted.tags if wanted else ()
    category = (wanted.category,) if wanted and wanted.category else ()
    return LedgerEntry(
        id=id,
        key=wanted.key if wanted else "",
        address=standing.address,
        title=standing.title,
        published="",
        updated="",
        description=standing.description,
        category=wanted.category if wanted else "",
        series=wanted.series if wanted else None,
        author=wanted.author if wanted else "",
        noindex=wanted.noindex if wanted else False,
        hashes=Hashes("", "", ""),
        text="",
        wording="",
        remote={
            "tags": json.dumps(_known_terms(ours, standing.tags)),
            "category": json.dumps(_known_terms(category, standing.category)),
        },
    )


def _known_terms(ours: tuple[str, ...], held: tuple[str, ...]) -> list[str]:
    """Return the terms that we must have written: those of ours that are there."""
    theirs = by_folded(held)
    return [name for folded, name in by_folded(ours).items() if folded in theirs]


def terms_before(entry: LedgerEntry | None, name: str) -> tuple[str, ...]:
    """Return the terms of a kind (`tags`, `category`) that we wrote last."""
    if entry is None:
        return ()
    try:
        found = json.loads(entry.remote.get(name, "[]"))
    except ValueError:
        return ()
    return tuple(str(each) for each in found) if isinstance(found, list) else ()
