"""The register as it stands in `claims.toml`: its entries, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from copydesk.api import Failure, Person
from copydesk_plugins.claims.register.entry import Entry


class Book(NamedTuple):
    """What a register holds.

    `entries` are those whose shape is right. `failures` holds what is wrong with the shape of
    the file or an entry; `unsigned` what is wrong with the sign-off of an entry, by its id.
    """

    entries: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()
    unsigned: tuple[tuple[str, Failure], ...] = ()

    @property
    def all_failures(self) -> tuple[Failure, ...]:
        """Everything that is wrong, in the order of the file."""
        found = [*self.failures, *(failure for _, failure in self.unsigned)]
        return tuple(sorted(found, key=lambda each: each.line))

    def find(self, id: str) -> Entry | None:
        """Return the entry of an id, or None."""
        return next((each for each in self.entries if each.id == id), None)


def read_book(text: str | None, shown: str, people: Mapping[str, Person]) -> Book:
    """Read a register; None is one without entries. The same text is read once."""
    if text is None:
        return Book()
    from copydesk_plugins.claims.register.from_toml import book_from  # most sites have none

    return book_from(text, shown, tuple(sorted(people.values())))
