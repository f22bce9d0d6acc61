"""The wordings of a register by what is looked for: text, meaning, and single words."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.api import PostContext
from copydesk_plugins.claims.claim import Said
from copydesk_plugins.claims.register.book import Book
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.reading import Wording, tells, wordings_of

#: As many registers and ways to read them are remembered; most runs are about one site.
_MOST = 8


class Lookup(NamedTuple):
    """All wordings, and where among them each text, meaning and word is found."""

    wordings: tuple[Wording, ...]
    by_text: dict[str, list[Wording]]
    by_said: dict[Said, list[Wording]]
    by_word: dict[str, list[int]]

    def of_entry(self, entry: Entry) -> list[Wording]:
        """Return the wordings of an entry."""
        return [each for each in self.wordings if each.entry.id == entry.id]


_recent: list[tuple[Book, object, Lookup]] = []


def lookup_of(book: Book, ctx: PostContext) -> Lookup:
    """Return what is looked up in a book, read once for all posts with the same packs."""
    packs = _packs(ctx)
    for known, digest, lookup in _recent:
        if known is book and digest == packs:
            return lookup
    made = _made(book, ctx)
    _recent.insert(0, (book, packs, made))
    del _recent[_MOST:]
    return made


def _packs(ctx: PostContext) -> object:
    """Return what tells apart the ways in which the engine reads: packs, and files of the site."""
    try:
        named: object = ctx.option("packs")
    except KeyError:
        named = ()
    files = {name: told for name, told in ctx.asked.items() if name.startswith("file:")}
    return named, files


def _made(book: Book, ctx: PostContext) -> Lookup:
    found = Lookup(
        tuple(each for entry in book.entries for each in wordings_of(entry, ctx)), {}, {}, {}
    )
    for number, wording in enumerate(found.wordings):
        found.by_text.setdefault(wording.plain, []).append(wording)
        if wording.claim is not None and tells(wording.claim.said):
            found.by_said.setdefault(wording.claim.said, []).append(wording)
        for word in wording.about:
            found.by_word.setdefault(word, []).append(number)
    return found
