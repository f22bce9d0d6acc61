"""What the commands of the register share: its file in a site, read once and written once."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, NoReturn

from copydesk.api import CopydeskError, Failure, OpenedSite, did_you_mean
from copydesk_plugins.claims.commands.asking import Given, sites_of
from copydesk_plugins.claims.register.book import Book, read_book
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.places import FILE_NAME, EntryAt, places_of


class Desk(NamedTuple):
    """A site with its register as read: its text, the way its path is shown, what it holds."""

    site: OpenedSite
    shown: str
    text: str
    book: Book

    def entry(self, id: str) -> Entry:
        """Return the entry of an id; raises CopydeskError where there is none."""
        found = self.book.find(id)
        if found is None:
            ids = tuple(each.id for each in self.book.entries)
            hint = did_you_mean(id, ids) if ids else "The register is empty: `copydesk claims add`."
            refuse(f"there is no entry {id} in {self.shown}", hint)
        return found

    def place(self, id: str) -> EntryAt:
        """Return where an entry stands."""
        line = self.entry(id).line
        places = places_of(self.text, self.shown)
        return next(
            each for each in places.entries if places.lines.position(each.start).line == line
        )

    def person(self, key: str) -> str:
        """Return the key of a person; raises CopydeskError for others than the site's people."""
        if key not in self.site.people:
            known = tuple(self.site.people)
            refuse(
                f"{key} is not among [people] of copydesk.toml",
                did_you_mean(key, known) if known else "Add [people] with those who sign.",
            )
        return key

    def save(self, text: str, *ids: str) -> None:
        """Write the register, once it is known that no other entry is other than before."""
        people = self.site.people
        after = read_book(text, self.shown, people)
        mine = [failure for of, failure in after.unsigned if of in ids]
        before = [each._replace(line=0) for each in self.book.entries if each.id not in ids]
        left = [each._replace(line=0) for each in after.entries if each.id not in ids]
        there = {each.id for each in after.entries}.issuperset(ids)
        if after.failures or mine or before != left or not there:
            why = next(iter((*after.failures, *mine)), None)
            refuse(
                "the change would not leave the register in order, so nothing was written"
                + (f": {why.message}" if why else ""),
                why.help if why else "Please report this.",
            )
        with self.site.in_turn():
            _unmoved(self)
            self.site.write(FILE_NAME, text)


def _unmoved(desk: Desk) -> None:
    """Raise CopydeskError where the file is another than the one that was shown."""
    path = desk.site.root / FILE_NAME
    try:
        now = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        now = None
    if now != desk.text:
        refuse(f"{desk.shown} was changed meanwhile, so nothing was written", "Run this again.")


def open_desk(path: Path | None, given: Given, *, whole: bool = True) -> Desk:
    """Open the register of the site of a path, or of the working folder.

    With `whole`, raises CopydeskError where anything is wrong with the shape of the file: what
    cannot be read for certain is not changed.
    """
    return desk_of(sites_of(path, given), whole=whole)


def desk_of(site: OpenedSite, *, whole: bool = True) -> Desk:
    """Open the register of a site, like `open_desk`."""
    shown = site.records.shown(FILE_NAME)
    text = site.records.read(FILE_NAME)
    book = read_book(text, shown, site.people)
    if whole and book.failures:
        raise CopydeskError(book.failures[0])
    return Desk(site, shown, text or "", book)


def refuse(message: str, help: str) -> NoReturn:
    """Raise CopydeskError for what keeps a command from being carried out."""
    raise CopydeskError(Failure("arguments", message, help)) from None
