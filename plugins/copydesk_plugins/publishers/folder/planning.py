"""The plan: what is wanted, compared with the folder and the ledger. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from copydesk.api import (
    Action,
    Body,
    Change,
    Hashes,
    LedgerEntry,
    Plan,
    SiteView,
    TargetSettings,
    Wanted,
)
from copydesk_plugins.publishers.folder import marks
from copydesk_plugins.publishers.folder.differences import differences
from copydesk_plugins.publishers.folder.edition import Edition
from copydesk_plugins.publishers.folder.files import (
    ASSETS,
    PREVIEW,
    Folder,
    digest,
    digest_of,
    is_hash,
    page_key,
)
from copydesk_plugins.publishers.folder.known import settle
from copydesk_plugins.publishers.folder.places import in_the_way

Kind = Literal["post", "page", "preview"]
GONE = {"draft": "It is a draft now.", "held": "It is held back now.",
        "not yet due": "It is not due yet."}
#: The order in which writes happen: nothing is linked before it is there, or gone while linked.
_RANKS: dict[Action, int] = {"create": 0, "update": 2, "links only": 3, "remove": 9}


def make_plan(settings: TargetSettings, view: SiteView, folder: Folder) -> Plan:
    """Return everything that would be done, in the order in which it would be done."""
    known, note = settle(view.ledger, folder, {post.id: post for post in view.wanted})
    planner = _Planner(Edition(view, folder, known))
    notes = [note] if note else []
    changes = [*planner.posts(), *planner.gone(), *planner.previews(), *planner.site_files(),
               *planner.assets(), *planner.left_over()]
    changes.sort(key=_rank)
    if not view.site.url:
        notes.append("There is no sitemap and links in the feed are relative, because the "
                     "address of the site is not known. Set `site-url` to have both.")
    return Plan(settings.name, settings.kind, tuple(changes), (*notes, *planner.notes()))


def _rank(change: Change) -> int:
    if change.action == "remove":
        return 9
    if change.kind != "post":
        return 6 if change.kind == "page" else 7
    rank = _RANKS.get(change.action, 4)
    # A post that moves is new at its address: it must be there before others link to it.
    return 1 if rank == 2 and not change.hashes.seen else rank


class _Planner:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.folder = edition.folder
        self._notes: list[str] = []
        self._leaving: set[str] = set()

    def notes(self) -> list[str]:
        """Return what people should know beside the changes, each once."""
        return list(dict.fromkeys(self._notes))

    def posts(self) -> Iterator[Change]:
        """Yield a row for every post of the site that is not going to be removed."""
        known = self.edition.known.posts
        self._leaving = {entry.address for id, entry in known.items()
                         if self.edition.places.get(id) != entry.address}
        self._leaving -= set(self.edition.places.values())
        for wanted in self.edition.view.wanted:
            if wanted.id in self.edition.problems:
                yield self._row(wanted, "conflict", self.edition.problems[wanted.id])
            elif wanted.decision == "live":
                yield self._live(wanted)
            elif wanted.decision == "kept":
                yield self._kept(wanted)
            elif wanted.id not in known:
                yield self._row(wanted, wanted.decision, wanted.reason)

    def _row(self, wanted: Wanted, action: Action, reason: str) -> Change:
        key = self.edition.places.get(wanted.id, "")
        entry = self.edition.known.posts.get(wanted.id)
        hashes = Hashes(entry.hashes.content if entry else "",
                        "", self.folder.look(key) if key else "")
        return Change(action, "post", wanted.id, wanted.title, wanted.path, key, reason, hashes)

    def _live(self, wanted: Wanted) -> Change:
        key = self.edition.places[wanted.id]
        entry = self.edition.known.posts.get(wanted.id)
        state = self.folder.look(key)
        data, body = self.edition.live(wanted.id)
        self._note_body(wanted, body)
        hashes = Hashes(body.content, digest(data), state)

        def change(action: Action, reason: str, entry: LedgerEntry | None = None,
                   old: str = "") -> Change:
            fields = differences(
                self.edition, entry, wanted, key, old, data.decode()) if entry else ()
            return Change(action, "post", wanted.id, wanted.title, wanted.path, key, reason,
                          hashes, fields)

        if state == hashes.sent:
            return change("unchanged", "")
        if entry is None:
            return change("create", wanted.reason)
        if entry.address == key and not state:
            return change("create", f"Its page {key} was no longer in the folder.")
        old = self._old_page(entry)
        if entry.address != key:
            return change("update", f"It moves from {entry.address} to {key}.", entry, old)
        pairs = [(rel, found) for rel, id in marks.neighbours(body.links)
                 if (found := self.edition.address(id))]
        links = marks.fill(body.links, self.edition.address)
        if marks.with_links(old, links, pairs, body.content).encode() == data:
            return change("links only", "Only its neighbours changed.", entry, old)
        return change("update", wanted.reason, entry, old)

    def _old_page(self, entry: LedgerEntry) -> str:
        state = self.folder.look(entry.address)
        return self.folder.read(entry.address) if is_hash(state) else ""

    def _kept(self, wanted: Wanted) -> Change:
        key, entry = self.edition.places[wanted.id], self.edition.known.posts[wanted.id]
        state = self.folder.look(key)
        data = self.edition.kept(wanted.id)
        sent = digest(data)
        for other in sorted(marks.local_links(data.decode()) & self._leaving):
            self._notes.append(f"{key} stays as it was published before and links to {other}, "
                               "which will be gone.")
        action: Action = "kept" if sent == state else "links only"
        fields = () if sent == state else differences(
            self.edition, entry, None, key, self.folder.read(key), data.decode())
        return Change(action, "post", wanted.id, entry.title, wanted.path, key, wanted.reason,
                      Hashes(entry.hashes.content, sent, state), fields)

    def _note_body(self, wanted: Wanted, body: Body) -> None:
        self._notes += [f"{wanted.path}: {note}" for note in body.notes]
        for id in marks.addressed(body.html) + marks.addressed(body.links):
            if not self.edition.address(id):
                self._notes.append(f"{wanted.path} links to the post {id}, which is not public: "
                                   "the words stay, without the link.")

    def gone(self) -> Iterator[Change]:
        """Yield the posts that are in the folder and are not to be public any more."""
        wanted = self.edition.wanted
        for id, entry in sorted(self.edition.known.posts.items()):
            post = wanted.get(id)
            if id in self.edition.places or id in self.edition.problems:
                continue
            reason = "Its source is no longer in the site."
            if post is not None:
                reason = f"{GONE.get(post.decision, '')} {post.reason}".strip()
            yield self._removal("post", id, entry.address, reason, entry.title,
                                post.path if post else "")

    def _removal(self, kind: Kind, name: str, key: str, reason: str, title: str = "",
                 path: str = "") -> Change:
        action: Action = "remove"
        state = "" if key in self.edition.places.values() else self.folder.look(key)
        if not self.edition.is_ours(key, state):
            action, reason = "conflict", f"{reason} But {in_the_way(self.folder, key, state, True)}"
        return Change(action, kind, name, title, path, self.folder.address(key), reason,
                      Hashes("", "", state))

    def previews(self) -> Iterator[Change]:
        """Yield the previews of posts that are not public."""
        for id, key in self.edition.previews.items():
            wanted = self.edition.wanted[id]
            yield self._file("preview", id, key, partial(self.edition.preview, id),
                             wanted.title, wanted.path, wanted.reason)

    def site_files(self) -> Iterator[Change]:
        """Yield index, feed, sitemap and style sheet, and those of the previews."""
        for key, make in self.edition.site_files().items():
            kind: Kind = "preview" if key.startswith(PREVIEW) else "page"
            yield self._file(kind, key, key, make)

    def _file(self, kind: Kind, name: str, key: str, make: Callable[[], bytes],
              title: str = "", path: str = "", reason: str = "") -> Change:
        state, sent = self.folder.look(key), digest(make())
        if not self.edition.is_ours(key, state):
            action: Action = "conflict"
            reason = in_the_way(self.folder, key, state, key in self.edition.accepted)
        else:
            action = "unchanged" if state == sent else "update" if state else "create"
        return Change(action, kind, name, title, path, self.folder.address(key), reason,
                      Hashes("", sent, state))

    def assets(self) -> Iterator[Change]:
        """Yield the images and other files; their names tell their content."""
        for key in self.edition.assets():
            kind: Kind = "preview" if key.startswith(PREVIEW) else "page"
            state = self.folder.look(key)
            action, reason, sent = self._asset(key, state)
            yield Change(action, kind, key, "", "", self.folder.address(key), reason,
                         Hashes("", sent, state))

    def _asset(self, key: str, state: str) -> tuple[Action, str, str]:
        """Return what to do about a local file, why, and its hash; copied once, never again."""
        if state and state in self.edition.accepted.get(key, ()):
            return "unchanged", "", state
        try:
            sent = digest_of(self.edition.asset(key))
        except (OSError, KeyError):
            return "conflict", (f"{Path(key).name} is needed by a post but could not be read. "
                                "Put it back, then run again."), ""
        if state and state != sent:
            ours = key in self.edition.accepted
            return "conflict", in_the_way(self.folder, key, state, ours), sent
        return ("unchanged" if state else "create"), "", sent

    def left_over(self) -> Iterator[Change]:
        """Yield files that we wrote and that nothing needs any more: old addresses, images."""
        edition = self.edition
        needed = {*edition.places.values(), *edition.previews.values(), *edition.site_files(),
                  *edition.assets()}
        posts = edition.known.posts
        gone = {entry.address for id, entry in posts.items()
                if id not in edition.places and id not in edition.problems}
        moved = {entry.address: id for id, entry in posts.items() if id in edition.places}
        for key in sorted({*moved, *edition.known.files} - needed - gone):
            if not self.folder.look(key):
                continue
            kind: Kind = "preview" if key.startswith(PREVIEW) else "page"
            reason = "No post uses it any more." if ASSETS in key else "It is no longer needed."
            if key in moved:
                reason = f"The post is now at {page_key(edition.wanted[moved[key]].slug)}."
            yield self._removal(kind, key, key, reason)
