"""One write: look before, note it, send it once, look after. Never a second try without a look."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from copydesk.api import CopydeskError, Failure, LocalFile
from copydesk_plugins.publishers.cms import last_seen
from copydesk_plugins.publishers.cms.digests import seen
from copydesk_plugins.publishers.cms.journal import Journal, Written
from copydesk_plugins.publishers.cms.remote import (
    Difference,
    File,
    Held,
    Moved,
    NotDone,
    Refused,
    Remote,
    State,
    Unclear,
    Wish,
)
from copydesk_plugins.publishers.cms.standing import Standing, as_it_stood, standing_of
from copydesk_plugins.publishers.filling import still_true

T = TypeVar("T")
#: How often a write is sent at most, each time only after a look showed that it is not there.
_TRIES = 4
#: Looks after a write of which nobody knows: a slow system may still be at work on it.
_LOOKS = (1.0, 2.0, 4.0)
_LONGEST = 60.0


class NotAsSent(CopydeskError):
    """A post was written and read back, and is not what was sent.

    `ours` says that its text was in that write; if not, it must have been somebody else's.
    """

    def __init__(self, failure: Failure, held: Held, ours: bool = True) -> None:
        super().__init__(failure)
        self.held = held
        self.ours = ours


class Writer:
    """Writes to one system, and tells the journal."""

    def __init__(
        self, remote: Remote, journal: Journal, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._remote, self._journal, self._sleep = remote, journal, sleep

    def create(self, wish: Wish, anew: bool = False) -> Held:
        """Make a draft, or find the one that an earlier run made, and return it as read back.

        Raises Refused where the post lies in the bin there, unless it is to be made `anew`.
        """
        held = self._ours(wish, anew)
        if held is not None:
            if not self._hard(held, wish):
                return held
            return self.update(standing_of(held, self._remote), wish)
        number = self._journal.intend("create", wish.key, None, self._remote)

        def send() -> Held:
            return self._read(self._remote.create(wish), wish.key)

        held = self._once(send, lambda: self._ours(wish, anew))
        self._journal.done(number, held)
        if held.slug != wish.slug:
            self._refuse_twin(wish, held)
        return self._as_sent(held, wish)

    def update(self, standing: Standing, wish: Wish) -> Held:
        """Write a post's text, unless somebody was there first; return it as read back."""
        return self._update(self.guard(standing), wish)

    def _update(self, held: Held, wish: Wish) -> Held:
        number = self._journal.intend("update", wish.key, held, self._remote)

        def send() -> Held:
            self._remote.update(held, wish)
            return self._read(held.remote, wish.key)

        def look() -> Held | None:
            return self._settled(held, lambda now: not self._hard(now, wish))

        after = self._once(send, look)
        self._journal.done(number, after)
        return self._as_sent(after, wish)

    def relink(
        self, standing: Standing, key: str, block: str, data: tuple[str, ...] | None = None
    ) -> Held:
        """Write what stands below a post and nothing else; return it as read back.

        Structured data stay as they are unless there are others, or they tell of a past review.
        """
        held = self.guard(standing)
        if data is None:
            data = tuple(each for each in held.data.splitlines() if still_true(each, block))
        number = self._journal.intend("links", key, held, self._remote)

        def right(now: Held) -> bool:
            return now.block.strip() == block.strip()

        def send() -> Held:
            # A post that was there before Copydesk gets our id together with our block.
            self._remote.relink(held._replace(key=held.key or key), block, data)
            return self._read(held.remote, key)

        after = self._once(send, lambda: self._settled(held, right))
        self._journal.done(number, after)
        if not right(after):
            raise NotAsSent(
                Failure("target", "its previous and next links are not there as sent", _ASK), after
            )
        if seen(after) != standing.seen:
            raise NotAsSent(
                Failure("target", "its text changed while its links were written", _LOOK),
                after,
                ours=False,
            )
        return after

    def go_live(self, standing: Standing, wish: Wish) -> Held:
        """Make a draft public; return it as read back.

        It is looked at once more: one that is not just as it is to be is written and read back
        first, as an earlier run may have died before it could look, or addresses are known by now.
        """
        held = self.guard(standing)
        if held.state != "public" and not held.bar and self._hard(held, wish):
            held = self._update(held, wish)
        return self._set_state(held, wish, "public")

    def set_state(self, standing: Standing, wish: Wish, state: State) -> Held:
        """Make a post public as it is, or take it back; return it as read back."""
        return self._set_state(self.guard(standing), wish, state)

    def _set_state(self, held: Held, wish: Wish, state: State) -> Held:
        if held.state == state:
            return held
        if held.bar:
            raise Refused(Failure("target", held.bar, _BARRED))
        number = self._journal.intend(state, wish.key, held, self._remote)

        def send() -> Held:
            self._remote.set_state(held, state, wish.published)
            return self._read(held.remote, wish.key)

        after = self._once(send, lambda: self._settled(held, lambda now: now.state == state))
        self._journal.done(number, after)
        if after.state != state:
            what = f"it was to be {state}, but is {after.state}"
            raise NotAsSent(Failure("target", what, _LOOK), after)
        if after.slug != held.slug:
            self._refuse_twin(wish._replace(slug=held.slug), after)
        return after

    def restore(self, standing: Standing, written: Written) -> Held:
        """Write back what an earlier run found; return it as read back."""
        key = written.post
        held = self.guard(standing)
        if held.bar and held.state != "public":
            raise Refused(Failure("target", held.bar, _BARRED))
        number = self._journal.intend("restore", key, held, self._remote)

        def send() -> Held:
            self._remote.restore(held, written.before)
            return self._read(held.remote, key)

        def differing(now: Held) -> list[str]:
            texts = last_seen.texts_of(now, self._remote)
            found = [name for name, text in written.texts.items() if texts.get(name) != text]
            return found if now.state == written.state else [*found, "state"]

        after = self._once(send, lambda: self._settled(held, lambda now: not differing(now)))
        self._journal.done(number, after)
        if wrong := differing(after):
            what = f"it is not as it was before that run: {', '.join(wrong)}"
            raise NotAsSent(Failure("target", what, _ASK), after)
        return after

    def upload(self, file: LocalFile, key: str) -> File:
        """Bring a file there once, whatever happens on the way; return it as it is there."""
        found = self._remote.find_file(file)
        if found is not None:
            return found
        self._journal.intend("upload", key, None, self._remote)

        def send() -> File:
            return self._remote.upload(file)

        return self._once(send, lambda: self._remote.find_file(file))

    def describe(self, file: File, alt: str) -> File:
        """Give a file its alternative text; doing it twice does no harm."""
        return self._once(lambda: self._remote.describe(file, alt), lambda: None)

    def guard(self, standing: Standing) -> Held:
        """Read a post right before it is written; raises Moved where it is not as it was."""
        held = self._remote.read(standing.remote)
        if held is None or held.state == "trashed":
            raise Moved(Failure("target", "a person deleted it there just now", _LOOK))
        if not as_it_stood(held, standing):
            raise Moved(
                Failure(
                    "target", "a person changed it there just now, so it was not written", _LOOK
                )
            )
        return held

    def _once(self, send: Callable[[], T], look: Callable[[], T | None]) -> T:
        """Send something; where nobody knows what came of it, look before it is sent again."""
        for tried in range(1, _TRIES + 1):
            try:
                return send()
            except Unclear as error:
                # What was surely not carried out needs one look, as another run may have been here.
                pauses = (_LOOKS[tried - 1 : tried] or _LOOKS[-1:]) if _sure(error) else _LOOKS
                for pause in pauses:
                    self._sleep(min(max(pause, error.pause), _LONGEST))
                    found = look()
                    if found is not None:
                        return found
                if tried == _TRIES:
                    raise
        raise AssertionError("unreachable: the last try returns or raises")

    def _read(self, id: str, key: str) -> Held:
        held = self._remote.read(id)
        if held is None:
            raise Refused(Failure("target", "it was written and is not there any more", _LOOK))
        return held

    def _ours(self, wish: Wish, anew: bool) -> Held | None:
        """Return the post that carries our id, or None; raises Refused where that is not clear."""
        found = self._remote.find(wish.key, wish.slug)
        ours = [each for each in found if each.key == wish.key and each.state != "trashed"]
        others = [
            each
            for each in found
            if each.key != wish.key and each.slug == wish.slug and each.state != "trashed"
        ]
        if len(ours) > 1:
            raise Refused(_twins(wish, ours))
        if ours:
            return ours[0]
        if not anew and any(each.key == wish.key for each in found):
            help = f"Set its state to draft, or have it made anew: --overwrite {wish.key}."
            raise Refused(Failure("target", "a person moved it to the bin there", help))
        if others:
            what = f"the post {others[0].remote} there stands at “{wish.slug}” already"
            raise Refused(Failure("target", what, "Give one of the two another slug."))
        return None

    def _refuse_twin(self, wish: Wish, held: Held) -> None:
        """Raise Refused for a post that got another slug than it was to get."""
        found = self._remote.find(wish.key, wish.slug)
        same = [each for each in found if each.remote != held.remote]
        if same:
            raise Refused(_twins(wish, [*same, held]))
        what = f"it was to stand at “{wish.slug}”, but got “{held.slug}”"
        help = "The name is taken there, or reserved. Give the post another slug, then run again."
        raise NotAsSent(Failure("target", what, help), held)

    def _settled(self, before: Held, right: Callable[[Held], bool]) -> Held | None:
        """Return a post that is as it was to be, or None where the write never came."""
        now = self._remote.read(before.remote)
        if now is not None and right(now):
            return now
        if now is None or seen(now) != seen(before):
            raise Moved(Failure("target", "it is neither as it was nor as it was to be", _LOOK))
        return None

    def _hard(self, held: Held, wish: Wish) -> list[Difference]:
        return [each for each in self._remote.differences(held, wish) if not each.harmless]

    def _as_sent(self, held: Held, wish: Wish) -> Held:
        """Return a post; raises NotAsSent where a field is not as it was sent."""
        hard = self._hard(held, wish)
        if hard:
            raise NotAsSent(_not_as_sent(hard), held)
        return held


_ASK = "Look at it there; a plugin or a firewall may rewrite posts. Then run again."
_LOOK = "Look at it there, then make a new plan."
_BARRED = (
    "Copydesk never sends mail, and opens nothing that a person closed. Change that there, then "
    "run again."
)


def _sure(error: Unclear) -> bool:
    return isinstance(error, NotDone)


def _twins(wish: Wish, held: Sequence[Held]) -> Failure:
    ids = " and ".join(each.remote for each in held)
    return Failure(
        "target",
        f"it is there more than once, as the posts {ids}, so it was not made public",
        "Something on the way sent a request twice. Delete one of them there, then run again.",
    )


def _not_as_sent(found: Sequence[Difference]) -> Failure:
    first = found[0]
    names = ", ".join(dict.fromkeys(each.field for each in found))
    return Failure(
        "target",
        f"it was written, but is not as it was sent: {names}",
        first.cause or _ASK,
    )
