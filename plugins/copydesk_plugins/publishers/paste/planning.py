"""The plan: what is wanted, compared with what was handed over. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
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
from copydesk_plugins.publishers.handing.places import Places
from copydesk_plugins.publishers.handing.post_rows import ACCEPTED, PostRows
from copydesk_plugins.publishers.handing.records import Handed, entry_for, handed, with_handed
from copydesk_plugins.publishers.paste import pages
from copydesk_plugins.publishers.paste.desk import Desk, page_key
from copydesk_plugins.publishers.paste.fields import Text

EDITED = (
    "{file} was changed by hand since Copydesk wrote it. Keep your notes elsewhere, then have it "
    "made again: {overwrite}. If you delete it instead, it counts as done."
)
FOREIGN = "{file} is there already and Copydesk did not write it. Move it away, then run again."
ODD = "{file} is {state}, so nothing is written there. Move it away, then: {overwrite}."
STAYS = "It stays on the site as it is. {unpublish} says how to take it down."
DOWN = "Take it down by hand. Set its state to draft, too, so that it is not handed over again."
NOTHING_LEFT = "It is again as it stands on the site, so there is nothing left to do."
AGAIN = "Its page is made again, as you asked."
WAITS = "Its page waits in the folder."


class Row(NamedTuple):
    """A row of the plan, and what it leads to: a record, a page, and a text to be kept."""

    change: Change
    entry: LedgerEntry | None = None
    key: str = ""
    make: Callable[[], str] | None = None
    text: tuple[str, str] = ("", "")


class Planner(PostRows[Row]):
    """Compares the posts of a site with what was handed over of them."""

    stays = STAYS

    def __init__(self, view: SiteView, desk: Desk, known: Ledger) -> None:
        super().__init__(view, known)
        self.desk = desk
        self.sources: dict[str, Path] = {}
        self.places = Places(view, known, self._blocked)

    def address(self, id: str) -> str:
        """Return where a post that will be public stands, or an empty text."""
        return facts.address_of(self.view.site, self.places.slugs.get(id, ""))

    def _blocked(self, wanted: Wanted) -> str:
        entry, order = self.known.posts.get(wanted.id), self.view.order
        settled = wanted.id in order.overwrite | order.accept
        if entry is not None and not entry.public and not settled:
            return self.is_down(wanted.id)
        return self._in_the_way(wanted.id)

    def _in_the_way(self, id: str) -> str:
        """Return what to do about a file that stands where a page has to go, if it is not ours."""
        key, order = page_key(id), self.view.order
        state = self.desk.look(key)
        ours = self.known.files.get(key)
        if not state or state == ours or id in order.accept:
            return ""
        again = commands.overwrite(self.view.target, id)
        if not is_hash(state):
            return ODD.format(file=key, state=state, overwrite=again)
        if id in order.overwrite:
            return ""
        return (EDITED if ours else FOREIGN).format(file=key, overwrite=again)

    def left(self, action: Action, wanted: Wanted, reason: str) -> Row:
        """Return the row of a post to which nothing is done."""
        return Row(self._change(action, wanted, reason))

    def _change(self, action: Action, wanted: Wanted, reason: str) -> Change:
        entry, state = self.known.posts.get(wanted.id), self.desk.look(page_key(wanted.id))
        content = entry.hashes.content if entry else ""
        return Change(
            action, "post", wanted.id, wanted.title, wanted.path, self.address(wanted.id), reason,
            Hashes(content, "", state),
        )  # fmt: skip

    def live(self, wanted: Wanted, entry: LedgerEntry | None) -> Row:
        """Return the row of a post that is to be public; raises CopydeskError for moved sources."""
        id, mine = wanted.id, handed(entry)
        problem = self.places.problems.get(id, "")
        settled = id in self.view.order.overwrite | self.view.order.accept
        if entry is not None and not entry.public and not settled:
            return Row(self._change("unchanged", wanted, problem))
        if problem and entry is None:
            return Row(self._change("conflict", wanted, problem))
        body = self.view.body(id)
        self.sources.update({file.name: file.path for file in body.files})
        slug = self.places.slugs.get(id, wanted.slug)
        want = facts.facts_of(wanted, body, slug, self.view.site, self.address)
        fresh = entry_for(wanted, body, self.address(id))
        if id in self.view.order.accept:
            after = with_handed(fresh, Handed(want, want))
            action: Action = "unchanged" if entry == after else "kept"
            return Row(self._change(action, wanted, ACCEPTED), after)
        again = id in self.view.order.overwrite
        if not facts.changed(mine.now, want) and not again:
            reason = WAITS if mine.waits else ""
            after = entry if problem and entry else with_handed(fresh, mine)
            return Row(self._change("unchanged", wanted, reason), after)
        if problem:
            return Row(self._change("conflict", wanted, problem))
        there = {} if again else mine.there
        after = with_handed(fresh, Handed(want, there, True))
        return self._handing_over(wanted, after, mine, body, again)

    def _handing_over(
        self, wanted: Wanted, after: LedgerEntry, mine: Handed, body: Body, again: bool
    ) -> Row:
        site, want, there = self.view.site, handed(after).now, handed(after).there
        text = facts.text_of(body, self.address)

        def look_up(name: str) -> str:
            return text if name == want["text"] else self.texts.get(name)

        differ = facts.changed(mine.now, want)
        new = wanted.id not in self.known.posts or not self.known.posts[wanted.id].public
        action: Action = "create" if new else "links only" if differ == ("links",) else "update"
        self._note(wanted, body)
        change = self._change(action, wanted, AGAIN if again else "")._replace(
            fields=() if new else tuple(facts.rows(mine.now, want, look_up))
        )
        if there and not facts.changed(there, want):
            after = with_handed(after, Handed(want, want))
            return Row(change._replace(reason=NOTHING_LEFT), after)
        if there and facts.changed(there, want) == ("links",):
            return self._short(change, after, wanted.language)
        data = "\n".join(
            filling.in_script(each) for each in filling.fill_data(body.data, self.address)
        )
        whole = Text(text, self.texts.get(there.get("text", "")), data)
        page = self._page(
            change, after, lambda: pages.post_page(site, after, whole, wanted.language)
        )
        return page._replace(text=(want["text"], text))

    def standing(self, entry: LedgerEntry, path: str, reason: str) -> Row:
        """Return the row of a post that stays as it was handed over, but for its links."""
        id, mine, site = entry.id, handed(entry), self.view.site
        block = facts.block(self.view.links(id), site, self.address)
        want = {**mine.now, "links": block}
        state = self.desk.look(page_key(id))
        change = Change(
            "kept" if reason else "unchanged", "post", id, entry.title, path, self.address(id),
            reason, Hashes(entry.hashes.content, "", state),
        )  # fmt: skip
        if not facts.changed(mine.now, want):
            return Row(change)
        if problem := self._in_the_way(id):
            return Row(change._replace(action="conflict", reason=problem))
        change = change._replace(
            action="links only", fields=tuple(facts.rows(mine.now, want, self.texts.get))
        )
        after = with_handed(entry, Handed(want, mine.there, True))
        if mine.there and not facts.changed(mine.there, want):
            return Row(change, with_handed(entry, Handed(want, want)))
        if mine.waits and pages.task_of(handed(after), True) != "links":
            key = page_key(id)
            return self._page(
                change, after, lambda: pages.with_links(self.desk.read(key), site, after)
            )
        return self._short(change, after, "")

    def down(self, entry: LedgerEntry, path: str) -> Row:
        """Return the row of a post that a person is to take down."""
        mine = handed(entry)
        state = self.desk.look(page_key(entry.id))
        change = Change(
            "unpublish", "post", entry.id, entry.title, path, entry.address, DOWN,
            Hashes(entry.hashes.content, "", state),
        )  # fmt: skip
        if problem := self._in_the_way(entry.id):
            return Row(change._replace(action="conflict", reason=problem))
        after = with_handed(entry, mine._replace(waits=True))._replace(public=False)
        return self._short(change, after, "")

    def _short(self, change: Change, after: LedgerEntry, language: str) -> Row:
        site = self.view.site
        return self._page(change, after, lambda: pages.short_page(site, after, language))

    def _page(self, change: Change, after: LedgerEntry, make: Callable[[], str]) -> Row:
        key = page_key(after.id)
        sent = digest(make().encode())
        verb = "write" if change.hashes.seen else "make"
        change = change._replace(
            hashes=Hashes(after.hashes.content, sent, change.hashes.seen),
            steps=(f"{verb} the page {self.desk.path.name}/{key}",),
        )
        return Row(change, after, key, make)

    def _note(self, wanted: Wanted, body: Body) -> None:
        for note in body.notes:
            self.notes.add(f"{wanted.path}: {note}")
        for other in filling.addressed(body.html):
            if not self.address(other) and self.view.site.url:
                self.notes.lost_link(wanted, other)
        slug = self.places.slugs.get(wanted.id, wanted.slug)
        if slug != wanted.slug:
            self.notes.slug(wanted, slug)
        if wanted.updated is not None and wanted.updated != wanted.published:
            why = "many hosts set the day of the last change by themselves"
            self.notes.degraded("updated", why, wanted.title)
        if body.data:
            why = "few hosts have a place for it; where yours has none, leave it out"
            self.notes.degraded("structured data", why, wanted.title)
