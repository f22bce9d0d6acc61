"""Carrying out a plan in its phases: texts, then what goes live, then links, then what goes down.

Nothing is linked before it is public, and nothing goes down while it is linked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from copydesk.api import Change, CopydeskError, Failure, LedgerEntry, Receipt, standing_post
from copydesk_plugins.publishers.cms import digests, last_seen, recording
from copydesk_plugins.publishers.cms.files import Files
from copydesk_plugins.publishers.cms.planning import Planner, moved
from copydesk_plugins.publishers.cms.remote import Held, Lost, Moved, Refused, Unclear
from copydesk_plugins.publishers.cms.standing import Standing, standing_of
from copydesk_plugins.publishers.cms.task import Task
from copydesk_plugins.publishers.cms.there import THEIRS
from copydesk_plugins.publishers.cms.wishes import Made, Wishes
from copydesk_plugins.publishers.cms.writing import NotAsSent, Writer

_LINKED = re.compile(r'href="copydesk:([A-Za-z0-9._-]+)')
#: Posts after which the record is saved: a crash loses nothing, as posts tell what they are.
_SAVE_EVERY = 50
Row = tuple[Change, Task]


class Applying:
    """One plan on its way."""

    def __init__(self, planner: Planner, writer: Writer, rows: Sequence[Row]) -> None:
        self._planner, self._writer, self._rows = planner, writer, rows
        self._view, self._there, self._remote = planner.view, planner.there, planner.remote
        self._live = dict(planner.live)
        self._failed: dict[str, str] = {}
        self._finished: set[str] = set()
        self._done: dict[str, list[str]] = {}
        self._count = 0
        #: Posts that were read in this run, and those of them that a person took down.
        self._sure: set[str] = set()
        self._hidden: set[str] = set()
        self.wishes = Wishes(self._view, self._there, self._remote, self.sure_address)
        self._files = Files(self._remote, writer, self.wishes, self._view.ledger)
        #: What people should know of a post that was written as asked, all the same.
        self._notes: dict[str, list[str]] = {}

    def address(self, id: str) -> str:
        """Return where a post stands for visitors now, or an empty text."""
        standing = self._there.posts.get(id)
        shown = standing is not None and standing.public and id not in self._hidden
        return standing.address if standing and shown else ""

    def sure_address(self, id: str) -> str:
        """Return the same for a link that is about to be written.

        A person may have taken the post down since the plan was made, which can be hours ago.
        """
        standing = self._there.posts.get(id)
        if standing and standing.public and id not in self._sure:
            self._sure.add(id)
            if not self._is_shown(standing.remote):
                self._hidden.add(id)
        return self.address(id)

    def _is_shown(self, remote: str) -> bool:
        """Say whether visitors see a post now; nobody links to one that cannot be read."""
        try:
            held = self._remote.read(remote)
        except Lost:
            raise
        except CopydeskError:
            return False
        return held is not None and held.state == "public"

    def run(self) -> Iterator[Receipt]:
        """Carry out the plan; yields a receipt for each row when it is finished.

        Raises CopydeskError where the system itself is gone, after the receipts.
        """
        self._view.ledger.posts = dict(self._planner.known.posts)
        try:
            yield from self._phase("restore", self._restored)
            yield from self._phase("accept", self._accepted)
            yield from self._phase("write", self._written)
            yield from self._phase("live", self._made_live)
            self._mend_chain()
            yield from self._phase("link", self._linked)
            yield from self._phase("down", self._taken_down)
            self._link_again()
            for change, task in self._rows:
                if task.id not in self._finished:
                    yield Receipt(change, True)
        except Lost as error:
            finished = len(self._finished - set(self._failed))
            yield from self._not_reached()
            raise _stopped(error, finished) from None
        finally:
            self._save()

    def _save(self) -> None:
        """Save the record; raises CopydeskError. What it lacks, the posts there tell themselves."""
        try:
            self._view.save_ledger()
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise CopydeskError(
                Failure(
                    "target",
                    f"the record of what is published could not be written: {reason}",
                    "What was done there is not lost. Allow writing there, or make room on the "
                    "disk, then run again.",
                    str(self._view.folder.with_suffix(".json")),
                )
            ) from None

    def _phase(self, name: str, work: Callable[[Task], None]) -> Iterator[Receipt]:
        """Do one phase of every post that has it; yields receipts of posts that end with it."""
        rows = [row for row in self._rows if name in row[1].phases]
        for change, task in sorted(rows, key=self._rank):
            if task.id in self._finished:
                continue
            try:
                work(task)
            except Lost:
                raise
            except CopydeskError as error:
                if isinstance(error, NotAsSent):
                    standing = standing_of(error.held, self._remote)
                    self._there.posts[task.id] = standing
                    recording.not_as_sent(
                        self._view, task.id, self.wishes.wanted.get(task.id), standing, error.ours
                    )
                elif isinstance(error, Moved):
                    self._look_again(task)
                yield self._receipt(change, False, _told(error))
                continue
            if task.phases[-1] == name:
                done = self._done.get(task.id, ())
                receipt = self._receipt(change, True, "; ".join(done))
                yield receipt._replace(wrote=bool(done))

    def _look_again(self, task: Task) -> None:
        """See where a post stands that a person just changed: others may be about to link to it."""
        held = self._remote.read(task.remote)
        if held is None or held.state == "trashed":
            self._there.posts.pop(task.id, None)
        else:
            self._there.posts[task.id] = standing_of(held, self._remote)

    def _rank(self, row: Row) -> tuple[int, str, str]:
        """Return the order in a phase: what comes online, what stays, what goes; oldest first.

        So nothing links to what is not there, and a blog grows in its own order.
        """
        change, task = row
        moves = next((new for name, _, new in change.fields if name == "state"), "")
        if task.live or (task.restore and moves == "public"):
            place = 0
        else:
            place = 2 if task.restore and moves else 1
        post = self._live.get(task.id)
        return (place, digests.as_text(post.published) if post else "", task.id)

    def _receipt(self, change: Change, done: bool, message: str) -> Receipt:
        self._finished.add(change.name)
        if not done:
            self._failed[change.name] = message
        self._count += 1
        if self._count % _SAVE_EVERY == 0:
            self._save()
        standing = self._there.posts.get(change.name)
        if standing is None:
            return Receipt(change, done, message)
        look = standing.address if standing.public else self._remote.editor(standing.remote)
        notes = tuple(self._notes.get(change.name, ()))
        return Receipt(change, done, message, standing.state, look, notes=notes)

    def _not_reached(self) -> Iterator[Receipt]:
        for change, task in self._rows:
            if task.id not in self._finished and task.writes:
                done = self._done.get(task.id, ())
                rest = "the rest was not reached in this run"
                message = "; ".join((*done, rest)) if done else "it was not reached in this run"
                yield self._receipt(change, False, message)

    def _written(self, task: Task) -> None:
        standing, entry = self._there.posts.get(task.id), self._planner.known.posts.get(task.id)
        public = standing is not None and standing.public
        made = self._made(task.id, standing, entry, public)
        wish = made.wish
        if standing is None or not task.remote:
            held = self._writer.create(wish, task.id in self._view.order.overwrite)
            self._say(task.id, "made as a draft")
        else:
            if public and self._unknown_neighbour(made):
                before = self._writer.guard(standing)
                wish = wish._replace(block=before.block, data=tuple(before.data.splitlines()))
            held = self._writer.update(standing, wish)
            self._say(task.id, "changed")
        self._note(task.id, held, made)

    def _made(
        self, id: str, standing: Standing | None, entry: LedgerEntry | None, public: bool
    ) -> Made:
        """Return the wish of a post about to be written, with files that are surely there."""
        made = self.wishes.make(id, standing, entry, public)
        moved = self._files.bring(made, id)
        return self.wishes.make(id, standing, entry, public) if moved else made

    def _unknown_neighbour(self, made: Made) -> bool:
        """Say whether a neighbour of a public post has yet to go live in this run."""
        return any(not self.address(id) for id in _LINKED.findall(made.body.links))

    def _made_live(self, task: Task) -> None:
        standing = self._there.posts[task.id]
        entry, made = self._view.ledger.posts[task.id], None
        if THEIRS in entry.remote:
            wish = recording.bare_wish(task.id, standing)
            held = self._writer.set_state(standing, wish, "public")
        else:
            made = self._made(task.id, standing, entry, public=False)
            held = self._writer.go_live(standing, made.wish)
        self._say(task.id, "public now")
        self._note(task.id, held, made)

    def _mend_chain(self) -> None:
        """Make links of the posts that are public now, where not all are as planned.

        New neighbours are looked at in their turn, until all of them are there.
        """
        stale = [id for id in self._failed if id in self._live and self.address(id)]
        while (missing := self._not_there()) or stale:
            for id in missing:
                del self._live[id]
            for id in stale:
                post = standing_post(self._view.ledger.posts[id])
                if post is not None:
                    self._live[id] = post
            stale = []
            self._view.chain(tuple(self._live[id] for id in sorted(self._live)))

    def _not_there(self) -> list[str]:
        """Return the posts of the chain that visitors do not see, after a look at new goals."""
        for _, task in self._rows:
            if task.link and task.id not in self._finished:
                for id in _LINKED.findall(self._view.links(task.id)):
                    self.sure_address(id)
        return [id for id in self._live if not self.address(id)]

    def _linked(self, task: Task) -> None:
        standing, id = self._there.posts[task.id], task.id
        if id in self._hidden:
            self._writer.guard(standing)  # raises, and says what a person did there
        if id not in self._live:
            return
        entry = self._view.ledger.posts.get(id)
        if id in self._planner.texts:
            made = self.wishes.make(id, standing, entry, public=True)
            theirs = entry is not None and THEIRS in entry.remote
            if entry is not None and moved(entry, standing, made):
                held = self._writer.update(standing, made.wish)
                self._say(id, "links written")
                self._note(id, held, made)
                return
            block, data = made.wish.block, None if theirs else made.wish.data
        else:
            block, data = self.wishes.block(self._view.links(id)), None
        same = data is None or digests.of_data(data) == standing.data
        if same and digests.digest(block) == standing.block:
            return
        held = self._writer.relink(standing, id, block, data)
        self._say(id, "links written")
        self._note(id, held, None)

    def _taken_down(self, task: Task) -> None:
        for other, each in tuple(self._there.posts.items()):
            address = self._there.posts[task.id].address
            if other == task.id or not each.public or address not in each.links:
                continue
            if not self._goes_down_too(other):
                what = f"“{each.title}” still links to it"
                help = (
                    "A person changed that post, or its links could not be written. Look at it "
                    "with `copydesk plan`, settle it, then run this again."
                )
                raise CopydeskError(Failure("target", what, help))
            # Two that go down together may link to each other: one loses its links first.
            self._note(other, self._writer.relink(each, other, ""), None)
        if task.before is not None:
            self._restored(task)
            return
        standing = self._there.posts[task.id]
        wish = recording.bare_wish(task.id, standing)
        held = self._writer.set_state(standing, wish, "draft")
        self._say(task.id, "a draft again")
        self._note(task.id, held, None)

    def _link_again(self) -> None:
        """Put links back around posts that were to go down and stayed, as far as that can be done.

        What cannot be written now is found by the next run; why they stayed was told already.
        """
        stayed = [
            task.id
            for _, task in self._rows
            if task.down and task.id in self._failed and self.address(task.id)
        ]
        posts = (standing_post(self._view.ledger.posts[id]) for id in stayed)
        back = {post.id: post for post in posts if post is not None and post.id not in self._live}
        if not back:
            return
        self._live.update(back)
        self._view.chain(tuple(self._live[id] for id in sorted(self._live)))
        for _, task in self._rows:
            if (task.link and task.id not in self._failed) or task.id in back:
                with suppress(Refused, Unclear, Moved, NotAsSent):
                    self._linked(task)

    def _goes_down_too(self, id: str) -> bool:
        return any(task.down and task.id == id for _, task in self._rows) and id not in self._failed

    def _restored(self, task: Task) -> None:
        assert task.before is not None, "only posts that a run wrote have this phase"
        held = self._writer.restore(self._there.posts[task.id], task.before)
        self._say(task.id, "as it was before that run")
        self._note(task.id, held, None)
        recording.put_back(self._view, task.id, task.before)

    def _accepted(self, task: Task) -> None:
        standing = self._there.posts[task.id]
        made = self.wishes.make(
            task.id, standing, self._planner.known.posts[task.id], standing.public
        )
        recording.accept(self._view, task.id, self.wishes.wanted.get(task.id), standing, made)
        held = self._remote.read(task.remote)
        if held is not None:
            last_seen.keep(self._view.folder, task.id, held, self._remote)
        self._say(task.id, "taken as it stands there")

    def _say(self, id: str, what: str) -> None:
        self._done.setdefault(id, []).append(what)

    def _note(self, id: str, held: Held, made: Made | None) -> None:
        """Remember how a post stands after a write."""
        standing = standing_of(held, self._remote)
        self._there.posts[id] = standing
        self._sure.add(id)
        self._hidden.discard(id)
        if made is not None:
            self._there.changed.discard(id)
            self._there.newer.discard(id)
            differing = self._remote.differences(held, made.wish)
            self._notes[id] = [each.tell for each in differing if each.tell]
        # As where one that a person changed is taken down.
        theirs = id in self._there.changed or id in self._there.newer
        recording.record(self._view, id, self.wishes.wanted.get(id), standing, made, theirs)
        if not theirs:
            last_seen.keep(self._view.folder, id, held, self._remote)


def _told(error: CopydeskError) -> str:
    failure = error.failure
    return f"{failure.message}. {failure.help}".strip() if failure.help else failure.message


def _stopped(error: Lost, finished: int) -> CopydeskError:
    failure = error.failure
    posts = "1 post was" if finished == 1 else f"{finished} posts were"
    return CopydeskError(
        failure._replace(
            help=f"{failure.help} {posts} finished; a new run goes on where this one "
            "stopped.".strip()
        )
    )
