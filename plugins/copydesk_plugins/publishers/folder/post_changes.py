"""The plan's rows for posts: one for each post of the site, and for those that have to go."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Action, Body, Change, Hashes, LedgerEntry, Wanted
from copydesk_plugins.publishers import filling
from copydesk_plugins.publishers.disk import digest, is_hash
from copydesk_plugins.publishers.folder import marks
from copydesk_plugins.publishers.folder.differences import differences
from copydesk_plugins.publishers.folder.edition import Edition
from copydesk_plugins.publishers.folder.removal import removal

GONE = {
    "draft": "",
    "held": "It is held back now.",
    "not yet due": "",
}


def _why_links(old: str, new: str) -> str:
    if marks.lines(old) == marks.lines(new):
        return "Only its neighbours changed."
    return "Only what stands below it changed."


class PostChanges:
    """Compares the posts that are wanted with their pages in the folder."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.folder = edition.folder
        self._notes: list[str] = []
        known = edition.known.posts.values()
        self._leaving = {entry.address for entry in known} - set(edition.places.values())

    def notes(self) -> list[str]:
        """Return what people should know beside the changes, each once."""
        return list(dict.fromkeys(self._notes))

    def posts(self) -> Iterator[Change]:
        """Yield a row for every post of the site that is not going to be removed."""
        known = self.edition.known.posts
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
        hashes = Hashes(
            entry.hashes.content if entry else "", "", self.folder.look(key) if key else ""
        )
        return Change(action, "post", wanted.id, wanted.title, wanted.path, key, reason, hashes)

    def _live(self, wanted: Wanted) -> Change:
        key = self.edition.places[wanted.id]
        entry = self.edition.known.posts.get(wanted.id)
        state = self.folder.look(key)
        data, body = self.edition.live(wanted.id)
        self._note_body(wanted, body)
        hashes = Hashes(body.content, digest(data), state)

        def change(
            action: Action, reason: str, entry: LedgerEntry | None = None, old: str = ""
        ) -> Change:
            fields = (
                differences(self.edition, entry, wanted, key, old, data.decode()) if entry else ()
            )
            return Change(
                action, "post", wanted.id, wanted.title, wanted.path, key, reason, hashes, fields
            )

        if state == hashes.sent:
            return change("unchanged", "")
        if entry is None:
            return change("create", wanted.reason)
        if entry.address == key and not state:
            return change("create", f"Its page {key} was no longer in the folder.")
        old = self._old_page(entry)
        if entry.address != key:
            return change("update", f"It moves from {entry.address} to {key}.", entry, old)
        if marks.same_but_reviews(self._only_links(old, body), data.decode()):
            return change("links only", _why_links(old, data.decode()), entry, old)
        return change("update", wanted.reason, entry, old)

    def _only_links(self, old: str, body: Body) -> str:
        """Return the page as it stands with nothing new but what stands below the post."""
        address = self.edition.address
        pairs = marks.neighbour_files(body.links, address)
        return marks.with_links(old, marks.fill(body.links, address), pairs, body.content)

    def _old_page(self, entry: LedgerEntry) -> str:
        state = self.folder.look(entry.address)
        return self.folder.read(entry.address) if is_hash(state) else ""

    def _kept(self, wanted: Wanted) -> Change:
        key, entry = self.edition.places[wanted.id], self.edition.known.posts[wanted.id]
        state = self.folder.look(key)
        data = self.edition.kept(wanted.id)
        sent = digest(data)
        for other in sorted(marks.local_links(data.decode()) & self._leaving):
            self._notes.append(
                f"{key} stays as it was published before and links to {other}, which will be gone."
            )
        action: Action = "kept" if sent == state else "links only"
        fields = (
            ()
            if sent == state
            else differences(self.edition, entry, None, key, self.folder.read(key), data.decode())
        )
        return Change(
            action,
            "post",
            wanted.id,
            entry.title,
            wanted.path,
            key,
            wanted.reason,
            Hashes(entry.hashes.content, sent, state),
            fields,
        )

    def _note_body(self, wanted: Wanted, body: Body) -> None:
        self._notes += [f"{wanted.path}: {note}" for note in body.notes]
        for id in filling.addressed(body.html) + filling.addressed(body.links):
            if not self.edition.address(id):
                self._notes.append(
                    f"{wanted.path} links to the post {id}, which is not public: "
                    "the words stay, without the link."
                )

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
            yield removal(
                self.edition,
                "post",
                id,
                entry.address,
                reason,
                entry.title,
                post.path if post else "",
            )
