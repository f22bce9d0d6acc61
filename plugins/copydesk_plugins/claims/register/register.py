"""The register as rules use it: which entry settles a claim, and which comes near."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from copydesk.api import PostContext, Unit
from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.register.book import Book, read_book
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.facts import PostFacts
from copydesk_plugins.claims.register.matching import (
    Near,
    Settled,
    difference,
    elsewhere,
    obstacle,
    same_slots,
    same_text,
)
from copydesk_plugins.claims.register.places import FILE_NAME
from copydesk_plugins.claims.register.reading import Wording, about
from copydesk_plugins.claims.register.wording import normal

if TYPE_CHECKING:
    from copydesk_plugins.claims.register.lookup import Lookup

#: The share of common words from which two wordings are near.
_NEAR = 0.5
#: As many wordings are compared with a claim, so that long registers stay fast.
_MOST = 64


class Register:
    """The register of a site, as it holds for one post and day."""

    def __init__(self, book: Book, read: Callable[[], Lookup], today: Callable[[], date]) -> None:
        self.book = book
        self._read = read
        self._today = today

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries whose shape is right, also those that approve nothing."""
        return self.book.entries

    def settles(self, claim: Claim, facts: PostFacts) -> Settled | Near | None:
        """Return the entry that settles a claim, else one that comes near, else None."""
        if not self.entries:
            return None
        near: Near | None = None
        for found in self.saying(claim, facts):
            why = obstacle(found.entry, claim, facts, self._day(found.entry))
            if not why and found.by == "text":
                why = elsewhere(claim, self._read().of_entry(found.entry), facts)
            if not why:
                return found
            near = near or Near(found.entry, why)
        return near or self._near(claim, facts)

    def saying(self, claim: Claim, facts: PostFacts) -> Iterator[Settled]:
        """Yield the entries that say what a claim says, in force or not, by text first."""
        if not self.entries:
            return
        lookup, told = self._read(), set()
        texts = {normal(claim.unit.text), normal(facts.spoken(claim.unit))}
        for wording in (each for text in sorted(texts) for each in lookup.by_text.get(text, ())):
            if wording.entry.id not in told and same_text(claim, wording, facts):
                told.add(wording.entry.id)
                yield Settled(wording.entry, "text")
        for wording in lookup.by_said.get(claim.said, ()):
            if wording.entry.id not in told and same_slots(claim, wording, facts):
                told.add(wording.entry.id)
                yield Settled(wording.entry, "slots")

    def meant(self, claim: Claim, facts: PostFacts) -> Iterator[Entry]:
        """Yield the entries that say what a claim says, and of the same thing, in force or not."""
        for found in self.saying(claim, facts):
            wordings = self._read().of_entry(found.entry)
            if found.by != "text" or not elsewhere(claim, wordings, facts):
                yield found.entry

    def worded(self, unit: Unit, facts: PostFacts) -> Iterator[Entry]:
        """Yield the entries with a wording that is the text of a unit, be it a claim or not."""
        if not self.entries:
            return
        for text in dict.fromkeys((normal(unit.text), normal(facts.spoken(unit)))):
            yield from dict.fromkeys(each.entry for each in self._read().by_text.get(text, ()))

    def nearest(self, claim: Claim) -> Entry | None:
        """Return the entry that comes nearest to a claim, or None; it settles nothing."""
        wording = self._nearest(claim)
        return None if wording is None else wording.entry

    def _day(self, entry: Entry) -> date:
        """Return the day of the run; it is asked for only where an entry has a last day."""
        return date.min if entry.expires is None else self._today()

    def _near(self, claim: Claim, facts: PostFacts) -> Near | None:
        wording = self._nearest(claim)
        return None if wording is None else Near(wording.entry, difference(claim, wording, facts))

    def _nearest(self, claim: Claim) -> Wording | None:
        if not self.entries:
            return None
        mine = about(claim.unit.text, claim)
        best: tuple[float, Wording] | None = None
        for number in self._candidates(mine):
            each = self._read().wordings[number]
            shared = len(mine & each.about)
            score = shared / (len(mine) + len(each.about) - shared) + _akin(claim, each)
            if score >= _NEAR and (best is None or score > best[0]):
                best = score, each
        return None if best is None else best[1]

    def _candidates(self, mine: frozenset[str]) -> list[int]:
        """Return the wordings that share a word, the rarest words first, and not too many."""
        by_word = self._read().by_word
        found: dict[int, None] = {}
        for postings in sorted((by_word[each] for each in mine if each in by_word), key=len):
            found.update(dict.fromkeys(postings[: _MOST - len(found)]))
            if len(found) >= _MOST:
                break
        return list(found)


def _akin(claim: Claim, wording: Wording) -> bool:
    """Say whether a claim and a wording share a treatment and a condition."""
    if wording.claim is None:
        return False
    mine, theirs = claim.said, wording.claim.said
    treatments = set(mine.treatments) & set(theirs.treatments)
    return bool(treatments and set(mine.conditions) & set(theirs.conditions))


_known: WeakKeyDictionary[PostContext, Register] = WeakKeyDictionary()


def register_of(ctx: PostContext) -> Register:
    """Return the register of a context's site; each entry that is wrong fails the run.

    What is wrong is noted with `ctx.failed`, so rules go on: such an entry approves nothing.
    """
    found = _known.get(ctx)
    if found is None:
        text = ctx.site_text(FILE_NAME)
        book = Book() if text is None else read_book(text, ctx.site_path(FILE_NAME), ctx.people)
        for failure in book.all_failures:
            ctx.failed(failure)
        # Not the context itself, which remembers the register and would never be freed.
        here = ctx.beside(ctx.post)
        found = Register(book, lambda: _looked_up(book, here), lambda: here.today)
        _known[ctx] = found
    return found


def _looked_up(book: Book, ctx: PostContext) -> Lookup:
    from copydesk_plugins.claims.register.lookup import lookup_of  # for sites with a register

    return lookup_of(book, ctx)
