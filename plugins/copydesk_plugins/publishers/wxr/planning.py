"""The plan: what is wanted, compared with what was handed over. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from copydesk.api import (
    Action,
    Body,
    Change,
    Hashes,
    Ledger,
    LedgerEntry,
    SiteView,
    Wanted,
)
from copydesk_plugins.publishers import commands, filling
from copydesk_plugins.publishers.disk import digest, is_hash
from copydesk_plugins.publishers.handing import facts
from copydesk_plugins.publishers.handing.facts import Facts
from copydesk_plugins.publishers.handing.places import Places
from copydesk_plugins.publishers.handing.post_rows import ACCEPTED, PostRows
from copydesk_plugins.publishers.handing.records import Handed, entry_for, handed, with_handed
from copydesk_plugins.publishers.page_kit import clean
from copydesk_plugins.publishers.wxr import document
from copydesk_plugins.publishers.wxr.document import Document
from copydesk_plugins.publishers.wxr.item import (
    CARRIED,
    Piece,
    on_the_web,
    piece,
    stripped,
    with_links,
)
from copydesk_plugins.publishers.wxr.outbox import Outbox

BY_HAND = (
    "An import does not change a post that is there. Change it there by hand, then: {take_theirs}. "
    "Or delete it there and have it in the next file: {overwrite}."
)
IN_THE_WAY = "{file} is not as Copydesk wrote it. Import or move it, then run again."
BROKEN = "The file does not hold it any more. Move the file away, then run again."
ODD = "{file} is {state}, so nothing is written there. Move it, then run again."
STAYS = "It stays on the site as it is. {unpublish} notes that it was taken down."
DOWN = "Take it down there by hand. Set its state to draft, too, so that it is not written again."
OUT = "It is taken out of the file. Set its state to draft, too, so that it is not written again."
AGAIN = "It goes into the file again, as you asked. The old one there has to be deleted first."
WAITS = "It waits in the file."
_PUBLIC = {"publish": "public", "draft": "draft", "": ""}


class Row(NamedTuple):
    """A row of the plan, and what it leads to: a record, a piece of the file, a text to be kept.

    `gone` says that the record is to be dropped.
    """

    change: Change
    entry: LedgerEntry | None = None
    piece: Piece | None = None
    text: tuple[str, str] = ("", "")
    gone: bool = False


class Planner(PostRows[Row]):
    """Compares the posts of a site with what was handed over of them."""

    stays = STAYS

    def __init__(self, view: SiteView, outbox: Outbox, known: Ledger) -> None:
        super().__init__(view, known)
        self.outbox = outbox
        self.state = outbox.look()
        self._problem = self._in_the_way()
        self.places = Places(view, known, self._blocked)
        self._number = document.numbers(known.posts.values())
        self.delivered_drafts = 0

    @cached_property
    def document(self) -> Document:
        """What the file holds now."""
        return self.outbox.document() if self.known.files else Document({}, {})

    def address(self, id: str) -> str:
        """Return where a post that will be public stands, or an empty text."""
        return facts.address_of(self.view.site, self.places.slugs.get(id, ""))

    def _by_hand(self, id: str) -> str:
        to = self.view.target
        return BY_HAND.format(
            take_theirs=commands.take_theirs(to, id), overwrite=commands.overwrite(to, id)
        )

    def _in_the_way(self) -> str:
        if not self.state or self.state == self.known.files.get(self.outbox.name):
            return ""
        if not is_hash(self.state):
            return ODD.format(file=self.outbox.name, state=self.state)
        return IN_THE_WAY.format(file=self.outbox.name)

    def _blocked(self, wanted: Wanted) -> str:
        id, order = wanted.id, self.view.order
        entry = self.known.posts.get(id)
        if id in order.accept:
            return ""
        if entry is not None and id not in order.overwrite:
            if not entry.public:
                return self.is_down(id)
            if not handed(entry).waits:
                return self._by_hand(id)
        return self._problem

    def left(self, action: Action, wanted: Wanted, reason: str) -> Row:
        """Return the row of a post to which nothing is done."""
        return Row(self._change(action, wanted, reason))

    def _change(self, action: Action, wanted: Wanted, reason: str) -> Change:
        entry = self.known.posts.get(wanted.id)
        content = entry.hashes.content if entry else ""
        return Change(
            action, "post", wanted.id, wanted.title, wanted.path, self.address(wanted.id), reason,
            Hashes(content),
        )  # fmt: skip

    def live(self, wanted: Wanted, entry: LedgerEntry | None) -> Row:
        """Return the row of a post that is to be public; raises CopydeskError for moved sources."""
        id, mine, order = wanted.id, handed(entry), self.view.order
        problem = self.places.problems.get(id, "")
        again = id in order.overwrite
        if entry is not None and not entry.public and not again and id not in order.accept:
            return Row(self._change("unchanged", wanted, problem))
        if problem and entry is None:
            return Row(self._change("conflict", wanted, problem))
        body = self.view.body(id)
        slug = self.places.slugs.get(id, wanted.slug)
        whole = facts.facts_of(wanted, body, slug, self.view.site, self.address)
        want = {name: whole[name] for name in CARRIED}
        number = mine.number or self._next_number()
        state = "publish" if order.go_live or mine.state == "publish" else "draft"
        fresh = entry_for(wanted, body, self.address(id))
        if id in order.accept:
            after = with_handed(fresh, Handed(want, want, False, number, "publish"))
            action: Action = "unchanged" if entry == after else "kept"
            return Row(self._change(action, wanted, ACCEPTED), after)
        rows = tuple(facts.rows(mine.now, want, self._look_up(want, body)))
        if entry is not None and not mine.waits and not again:
            return self._delivered(wanted, entry, mine, rows)
        if mine.waits and mine.state != state:
            rows = (("state", _PUBLIC[mine.state], _PUBLIC[state]), *rows)
        if mine.waits and not rows and not again:
            return Row(self._change("unchanged", wanted, WAITS), with_handed(fresh, mine))
        if problem:
            return Row(self._change("conflict", wanted, problem))
        after = with_handed(fresh, Handed(want, {} if again else mine.there, True, number, state))
        made = self._piece(wanted, body, want, number, state)
        action = "update" if mine.waits else "create"
        if mine.waits and mine.state == state and facts.changed(mine.now, want) == ("links",):
            action = "links only"
        change = self._change(action, wanted, AGAIN if again else "")._replace(
            fields=rows if action != "create" else (("state", "", _PUBLIC[state]),),
            hashes=Hashes(body.content, digest(made.xml.encode())),
        )
        return Row(change, after, made, (want["text"], facts.text_of(body, self.address)))

    def _next_number(self) -> int:
        self._number += 1
        return self._number

    def _look_up(self, want: Facts, body: Body) -> facts.LookUp:
        def look_up(name: str) -> str:
            if name == want["text"]:
                return facts.text_of(body, self.address)
            return self.texts.get(name)

        return look_up

    def _delivered(
        self, wanted: Wanted, entry: LedgerEntry, mine: Handed, rows: tuple[facts.Row, ...]
    ) -> Row:
        """Return the row of a post that was imported: the file cannot change it any more."""
        if mine.state == "draft" and self.view.order.go_live:
            self.delivered_drafts += 1
        after = entry._replace(key=wanted.key)  # else the record tells what stands there
        if not rows:
            return Row(self._change("unchanged", wanted, ""), after)
        change = self._change("kept", wanted, self._by_hand(wanted.id))
        return Row(change._replace(fields=rows), after)

    def standing(self, entry: LedgerEntry, path: str, reason: str) -> Row:
        """Return the row of a post that stays as it was handed over; its links may be told."""
        id, mine = entry.id, handed(entry)
        block = facts.block(self.view.links(id), self.view.site, self.address)
        want = {**mine.now, "links": block}
        change = Change(
            "kept" if reason else "unchanged", "post", id, entry.title, path, self.address(id),
            reason, Hashes(entry.hashes.content),
        )  # fmt: skip
        fields = tuple(facts.rows(mine.now, want, self.texts.get))
        if not fields:
            return Row(change)
        if id in self.view.order.accept:
            after = with_handed(entry, mine._replace(now=want, there=want, waits=False))
            return Row(change._replace(action="kept", reason=ACCEPTED), after)
        if mine.waits:
            return self._relinked(change._replace(fields=fields), entry, mine, want)
        return Row(change._replace(action="kept", reason=self._by_hand(id), fields=fields))

    def _relinked(self, change: Change, entry: LedgerEntry, mine: Handed, want: Facts) -> Row:
        """Return the row of a post that waits in the file and gets other links there."""
        old = self.document.pieces.get(entry.id)
        if self._problem or old is None:
            return Row(change._replace(action="conflict", reason=self._problem or BROKEN))
        made = with_links(old, mine.now.get("links", ""), want["links"])
        after = with_handed(entry, mine._replace(now=want))
        hashes = Hashes(entry.hashes.content, digest(made.xml.encode()))
        return Row(change._replace(action="links only", hashes=hashes), after, made)

    def down(self, entry: LedgerEntry, path: str) -> Row:
        """Return the row of a post that is to go: out of the file, or by hand from the site."""
        mine = handed(entry)
        new = mine.waits and not mine.there
        change = Change(
            "unpublish", "post", entry.id, entry.title, path, entry.address, OUT if new else DOWN,
            Hashes(entry.hashes.content),
        )  # fmt: skip
        if mine.waits and self._problem:
            return Row(change._replace(action="conflict", reason=self._problem))
        if new:
            return Row(change, entry, gone=True)
        return Row(change, with_handed(entry, mine._replace(waits=False))._replace(public=False))

    def _piece(self, wanted: Wanted, body: Body, want: Facts, number: int, state: str) -> Piece:
        text = stripped(facts.text_of(body, self.address))
        self._note(wanted, body, text.lost)
        return piece(self.view.site, wanted, body, want, text.html, number, state)

    def _note(self, wanted: Wanted, body: Body, lost: tuple[str, ...]) -> None:
        notes, title = self.notes, wanted.title
        for note in body.notes:
            notes.add(f"{wanted.path}: {note}")
        for other in filling.addressed(body.html):
            if not self.address(other) and self.view.site.url:
                notes.lost_link(wanted, other)
        for each in lost:
            notes.add(f"{wanted.path}: {each} cannot travel in the file. Upload it there by hand.")
        if body.image and not on_the_web(body.image):
            name = body.image.removeprefix("assets/")
            notes.add(
                f"{wanted.path}: its picture {name} cannot travel in the file. Upload it there by "
                "hand, with its alternative text."
            )
        texts = (wanted.title, wanted.description, wanted.category, body.html, *wanted.tags)
        if any(clean(each) != each for each in texts):
            notes.add(f"{wanted.path}: control characters in it were left out.")
        slug = self.places.slugs.get(wanted.id, wanted.slug)
        if slug != wanted.slug:
            notes.slug(wanted, slug)
        for name, why in _degraded(wanted, body):
            notes.degraded(name, why, title)


def _degraded(wanted: Wanted, body: Body) -> Iterator[tuple[str, str]]:
    """Yield the fields of a post that a file does not carry, each with why."""
    if wanted.updated is not None and wanted.updated != wanted.published:
        yield "updated", "importers set the day of the last change by themselves"
    if wanted.canonical:
        yield "canonical", "the file has no place for it"
    if wanted.noindex:
        yield "noindex", "that search engines stay away has to be set there by hand"
    if wanted.author_credential:
        yield "author_credential", "the file has a place for the name only"
    if body.data:
        yield "structured data", "the file has no place for it"
