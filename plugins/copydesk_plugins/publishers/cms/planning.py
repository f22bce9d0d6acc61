"""The plan: what is wanted, compared with what the system holds. Nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copydesk.api import (
    NOT_ASKED,
    Action,
    Change,
    Hashes,
    Ledger,
    LedgerEntry,
    LivePost,
    SiteView,
    Wanted,
)
from copydesk_plugins.publishers import commands, filling
from copydesk_plugins.publishers.cms import adopting, chain, digests, field_diff, last_seen
from copydesk_plugins.publishers.cms.notes import Notes
from copydesk_plugins.publishers.cms.remote import Remote
from copydesk_plugins.publishers.cms.standing import Standing
from copydesk_plugins.publishers.cms.task import Task
from copydesk_plugins.publishers.cms.there import SOURCE, THEIRS, There, is_theirs, source_of
from copydesk_plugins.publishers.cms.three_ways import three_ways
from copydesk_plugins.publishers.cms.wishes import Made, Wishes

_LINK = re.compile(r'\brel="(prev|next)" href="copydesk:([A-Za-z0-9._-]+)"')
_NEWER = (
    "It is newer there: it was written from other sources since. Get the newest sources; or write "
    "over it with these: {overwrite}."
)
_DOWN = "It stays public as it is. {unpublish} takes it back to draft."


@dataclass
class Planner:
    """Compares one site with one system and says what has to be done, post by post."""

    view: SiteView
    there: There
    known: Ledger
    remote: Remote
    live: dict[str, LivePost]
    notes: Notes = field(default_factory=Notes)
    #: The posts whose text this run answers for; of the others only the links are kept right.
    texts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.wishes = Wishes(self.view, self.there, self.remote, self.address)

    def address(self, id: str) -> str:
        """Return where a post that will be public stands; one to be made is named by its id."""
        if id not in self.live:
            return ""
        standing = self.there.posts.get(id)
        return standing.address if standing and standing.public else f"copydesk:{id}"

    def rows(self) -> Iterator[tuple[Change, Task]]:
        """Yield a row for every post that is wanted, and for those that have lost their source."""
        for wanted in self.view.wanted:
            yield self._row(wanted)
        ids = {each.id for each in self.view.wanted}
        for id, entry in sorted(self.known.posts.items()):
            if id in ids or id not in self.there.posts:
                continue
            reason = "Its source is no longer in the site."
            if entry.public:
                reason += " " + self._down_by(id)
            yield self.stays(id, entry.title, "", reason)

    def _over(self, id: str) -> str:
        return commands.overwrite(self.view.target, id)

    def _down_by(self, id: str) -> str:
        return _DOWN.format(unpublish=commands.unpublish(self.view.target, id))

    def _row(self, wanted: Wanted) -> tuple[Change, Task]:
        id, standing = wanted.id, self.there.posts.get(wanted.id)
        if id in self.view.order.unpublish:
            return self._down(wanted, standing)
        if wanted.decision != "live":
            return self._not_live(wanted, standing)
        reason = chain.in_the_way(id, self.there, self.view)
        if reason:
            return self._conflict(wanted, standing, reason)
        if id in self.view.order.accept and standing is not None:
            return self._accepted(wanted, standing)
        if chain.leaves_alone(id, self.there, self.view):
            if standing is None:
                return self._change("not asked", wanted, "This run is about others."), Task(id)
            reason = _NEWER.format(overwrite=self._over(id)) if id in self.there.newer else ""
            return self.stays(id, wanted.title, wanted.path, reason)
        if standing is None:
            return self._create(wanted)
        return self._update(wanted, standing)

    def _change(
        self, action: Action, wanted: Wanted, reason: str, hashes: Hashes | None = None
    ) -> Change:
        standing = self.there.posts.get(wanted.id)
        return Change(
            action,
            "post",
            wanted.id,
            wanted.title,
            wanted.path,
            standing.address if standing else "",
            reason,
            hashes or Hashes("", "", standing.seen if standing else ""),
            state=standing.state if standing else "",
        )

    def _create(self, wanted: Wanted) -> tuple[Change, Task]:
        other = self.there.taken_by(wanted.slug, "")
        if other:
            reason = (
                f"The post {other} there stands at “{wanted.slug}” already, and Copydesk did not "
                "write it. Give one of the two another slug, or bring it in with `copydesk import`."
            )
            return self._change("conflict", wanted, reason), Task(wanted.id)
        live = chain.goes_live(wanted, self.there, self.view)
        made = self.wishes.make(wanted.id, None, None, live)
        self.texts.add(wanted.id)
        self._note(wanted, made)
        action: Action = "create"
        change = self._change(action, wanted, "", Hashes(made.body.content, made.wish.text))
        state = "public" if live else "draft"
        return (
            change._replace(fields=(("state", "", state),), steps=_steps(made, True, live, live)),
            Task(wanted.id, write=True, live=live, link=live),
        )

    def _update(self, wanted: Wanted, standing: Standing) -> tuple[Change, Task]:
        id, entry = wanted.id, self.known.posts[wanted.id]
        live = chain.goes_live(wanted, self.there, self.view)
        if standing.bar and self.view.order.go_live and not standing.public:
            return self._conflict(wanted, standing, standing.bar)
        made = self.wishes.make(id, standing, entry, standing.public or live)
        self.texts.add(id)
        facts = digests.marked_facts(made.wish.text)
        overwrites = id in self.there.changed or id in self.view.order.overwrite
        theirs = is_theirs(wanted, entry)
        if facts == entry.remote.get("facts"):
            # Known also on a machine that did not write it, to tell later whether it is behind.
            remote = {**entry.remote, SOURCE: source_of(wanted)}
            self.known.posts[id] = entry._replace(remote=remote)
        same = (theirs or facts == entry.remote.get("facts")) and not overwrites
        relinks = same and standing.public and moved(entry, standing, made)
        write = not same or self._misplaced(wanted, standing, entry)
        link = live or relinks or (standing.public and self._differs_below(id, standing, made))
        # A public text that is written may link to posts which get their addresses only then.
        last = link or (write and standing.public)
        action: Action = "unchanged"
        reason = ""
        if write or relinks:
            action = "update"
            reason = "The address of something in its text changed." if relinks else ""
            reason = adopting.written_anew(entry, standing) or reason
        elif live:
            action = "go live"
        elif link:
            action, reason = "links only", self._why_links(id, standing)
        if action != "unchanged":
            self._note(wanted, made)
        elif standing.state == "scheduled":
            reason = "A person scheduled it there."
        elif id in self.there.resting:
            action = "kept"
            again = commands.bring_back(self.view.target, id)
            reason = f"It was taken back to draft. {again} brings it back."
        elif not standing.public:
            reason = "It is a draft there; `--go-live` makes it public."
        self._note_slug(wanted, standing)
        change = self._change(
            action, wanted, reason, Hashes(made.body.content, made.wish.text, standing.seen)
        )
        fields = self._fields(made, standing) if write or relinks else ()
        if live:
            fields = (("state", "draft", "public"), *fields)
        return (
            change._replace(fields=fields, steps=_steps(made, write or relinks, live, link)),
            Task(id, standing.remote, standing.seen, write, live, last),
        )

    def _misplaced(self, wanted: Wanted, standing: Standing, entry: LedgerEntry) -> bool:
        """Say whether a draft of ours got another slug than it was to get, as a twin does."""
        return (
            standing.state == "draft"
            and bool(re.fullmatch(rf"{re.escape(wanted.slug)}-\d+", standing.slug))
            and THEIRS not in entry.remote
        )

    def _fields(self, made: Made, standing: Standing) -> tuple[field_diff.Row, ...]:
        held = self.remote.read(standing.remote)
        if held is None:
            return ()
        old, wish = last_seen.texts_of(held, self.remote), made.wish
        new = {
            "title": wish.title,
            "description": wish.description,
            "slug": wish.slug,
            "published": digests.as_text(wish.published),
            "canonical": wish.canonical,
            "body": wish.body,
            "category": ", ".join(wish.category),
            "tags": ", ".join(sorted(wish.tags)),
        }
        old.update(category=", ".join(held.category), tags=", ".join(sorted(held.tags)))
        if "image_alt" in old:
            new["image_alt"] = wish.image_alt if wish.image else ""
        if not wish.canonical:
            del new["canonical"]
        rows = list(field_diff.rows(old, new))
        return tuple(
            row for row in rows if row[0] != "body" or row[1] or len(rows) == 1
        )  # markup is rewritten by every system: named only where nothing else differs

    def _differs_below(self, id: str, standing: Standing, made: Made) -> bool:
        if self._as_adopted(id, standing):
            return False
        below = digests.digest(made.wish.block) != standing.block
        if THEIRS in self.known.posts[id].remote:
            return below  # what is marked up there speaks of the text that a person replaced
        if not (standing.text or standing.data):
            return below  # only its links were ever written, as by a repair
        return below or not adopting.same_data(self.known.posts[id], standing, made.wish.data)

    def _as_adopted(self, id: str, standing: Standing) -> bool:
        """Say whether a post that Copydesk never wrote has the neighbours it had when it came."""
        if standing.text or self.view.order.repair:
            return False
        return adopting.as_it_came(self.known.posts[id], self.view.links(id))

    def stays(self, id: str, title: str, path: str, reason: str) -> tuple[Change, Task]:
        """Return the row of a post whose text is left alone; its links are kept right."""
        standing = self.there.posts[id]
        link = self._links_differ(id, standing) if id in self.live else False
        blocked = link and id in self.there.changed and id not in self.view.order.accept
        link = link and not blocked  # a person is at work there
        action: Action = "links only" if link else "kept" if reason else "unchanged"
        if link:
            reason = f"{reason} {self._why_links(id, standing)}".strip()
        if blocked and self.view.order.repair:
            action = "conflict"
            reason = (
                "Its links are wrong, and a person changed it there, so it is left alone. Take it "
                f"as it is: {commands.take_theirs(self.view.target, id)}. Or write over it: "
                f"{self._over(id)}."
            )
        change = Change(
            action, "post", id, title, path, standing.address, reason,
            Hashes("", "", standing.seen), state=standing.state,
        )  # fmt: skip
        return change, Task(id, standing.remote, standing.seen, link=link)

    def _links_differ(self, id: str, standing: Standing) -> bool:
        if self._as_adopted(id, standing):
            return False
        return digests.digest(self.wishes.block(self.view.links(id))) != standing.block

    def _why_links(self, id: str, standing: Standing) -> str:
        """Return which neighbours are new, in words."""
        found = []
        for relation, other in _LINK.findall(self.view.links(id)):
            if self.address(other) not in standing.links:
                word = "older" if relation == "prev" else "newer"
                found.append(f"its {word} post is now “{self.live[other].title}”")
        text = " and ".join(found) or "what stands below it changed"
        return f"{text[0].upper()}{text[1:]}."

    def _not_live(self, wanted: Wanted, standing: Standing | None) -> tuple[Change, Task]:
        if standing is None or not standing.public:
            reason = wanted.reason
            action: Action = wanted.decision if wanted.decision != "live" else "held"
            if reason == NOT_ASKED:
                action = "not asked"
            elif standing is not None and action == "kept":
                reason = f"{reason} There it is a draft."
            return self._change(action, wanted, reason), Task(wanted.id)
        why = "" if wanted.reason == NOT_ASKED else wanted.reason
        reason = f"Its source is held back. {why}" if wanted.decision == "held" else why
        if wanted.decision in ("draft", "not yet due"):
            reason += " " + self._down_by(wanted.id)
        return self.stays(wanted.id, wanted.title, wanted.path, reason)

    def _conflict(
        self, wanted: Wanted, standing: Standing | None, reason: str
    ) -> tuple[Change, Task]:
        change = self._change("conflict", wanted, reason)
        if standing is None or wanted.id not in self.there.changed | self.there.both:
            return change, Task(wanted.id)
        entry = self.known.posts[wanted.id]
        to, id = self.view.target, wanted.id
        reason += (
            f" Take it as it is: {commands.take_theirs(to, id)}. Or write over it: "
            f"{self._over(id)}."
        )
        fields = three_ways(self, wanted, standing)
        state = entry.remote.get("state", standing.state)
        if state != standing.state:
            fields = (("state there", state, standing.state), *fields)
        return change._replace(reason=reason, fields=fields), Task(wanted.id)

    def _accepted(self, wanted: Wanted, standing: Standing) -> tuple[Change, Task]:
        reason = "The version of a person there stays, as you asked."
        before = self.known.posts[wanted.id].remote.get("state")
        if self.view.order.go_live and standing.state == "draft" and before != "public":
            reason += " It is a draft yet: publish with `--go-live` once more to make it public."
        change = self._change("kept", wanted, reason)
        return change, Task(wanted.id, standing.remote, standing.seen, accept=True)

    def _down(self, wanted: Wanted, standing: Standing | None) -> tuple[Change, Task]:
        return self.down(wanted.id, wanted.title, wanted.path, standing)

    def down(
        self, id: str, title: str, path: str, standing: Standing | None
    ) -> tuple[Change, Task]:
        """Return the row that takes a post back to draft."""
        if standing is None or standing.state == "draft":
            reason = "It is not public there."
            change = Change("unchanged", "post", id, title, path, "", reason, Hashes(""))
            return change, Task(id)
        if standing.bar:
            reason = f"It stays as it is: {standing.bar}."
            return self.stays(id, title, path, reason)[0]._replace(action="conflict"), Task(id)
        change = Change(
            "unpublish",
            "post",
            id,
            title,
            path,
            standing.address,
            "Visitors get “not found” at its address; nothing is deleted.",
            Hashes("", "", standing.seen),
            (("state", standing.state, "draft"),),
            state=standing.state,
        )
        for other in self.there.posts.values():
            if other.public and other.key != id and standing.address in other.mentions:
                self.notes.add(
                    f"“{other.title}” links to {standing.address} in its text. The next "
                    "`copydesk publish` takes that link out."
                )
        return change, Task(id, standing.remote, standing.seen, down=True)

    def _note(self, wanted: Wanted, made: Made) -> None:
        self.notes.body(wanted, made.body)
        for name, why in self.remote.degraded(made.wish):
            self.notes.degraded(name, why, wanted.title)
        for other in filling.addressed(made.body.html):
            if not self.address(other):
                self.notes.lost_link(wanted, other)

    def _note_slug(self, wanted: Wanted, standing: Standing) -> None:
        if standing.public and wanted.slug != standing.slug:
            self.notes.slug(wanted, standing.slug)


def moved(entry: LedgerEntry, standing: Standing, made: Made) -> bool:
    """Say whether something that a text links to has another address than when it was sent.

    The text is then written together with its links, when every address is known.
    """
    before = adopting.filled_before(entry, standing)
    if not before or THEIRS in entry.remote:
        return False
    return before != digests.marked_filled(made.wish.text)


def _steps(made: Made, write: bool, live: bool, link: bool) -> tuple[str, ...]:
    """Return how a change is carried out, in words."""
    found = []
    if write and made.missing:
        count = len(made.missing)
        found.append(f"upload {'1 file' if count == 1 else f'{count} files'}")
    if write:
        found.append("write the text and read it back")
    if live:
        found.append("make it public")
    if link:
        found.append("write its previous and next links")
    return tuple(found)
