"""Reads a pack as spreadsheet programs save it, and names what is wrong by row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.api import Failure, did_you_mean, harmless, words
from copydesk_plugins.claims.packs.table import TableError, rows
from copydesk_plugins.claims.packs.term import ABOUT, SLOTS, Term, Words

#: The columns that Copydesk reads; others are left to the people who keep the pack.
COLUMNS = ("slot", "term", "means", "of", "from", "note")
_NEEDED = ("slot", "term", "from")
#: A file that is no pack at all would else be told row by row.
_MOST_FAILURES = 20
_SHOWN = 60
#: Terms as nearly all are, whose words are those between the spaces.
_SIMPLE = re.compile(r"[a-z0-9]+(?:[ '-][a-z0-9]+)*")
#: `Term(...)` would do; this is the same without a call in between, for thousands of rows.
_NEW = tuple.__new__


class Pack(NamedTuple):
    """What a file holds: its terms in their order, and all that is wrong with it."""

    terms: tuple[Term, ...]
    failures: tuple[Failure, ...]


class _Row(NamedTuple):
    """The cells that Copydesk reads, in the order of COLUMNS."""

    number: int
    slot: str
    term: str
    means: str
    of: str
    source: str
    note: str


def read_pack(name: str, shown: str, text: str, any_slot: bool = False) -> Pack:
    """Read a pack; `shown` is what failures call the file, `any_slot` is for the core's own."""
    reading = _Reading(name, shown, any_slot)
    terms = reading.terms(text)
    failures = reading.failures
    if len(failures) > _MOST_FAILURES:
        more = len(failures) - _MOST_FAILURES
        kept = failures[:_MOST_FAILURES]
        rest = f"{more} more {'row' if more == 1 else 'rows'} cannot be used"
        failures = [*kept, _failure(shown, rest, "Mend the rows above first, then run again.")]
    return Pack(tuple(terms), tuple(failures))


class _Reading:
    """One pass over the rows of a file."""

    def __init__(self, name: str, shown: str, any_slot: bool) -> None:
        self.failures: list[Failure] = []
        self._name, self._shown, self._any_slot = name, shown, any_slot
        self._seen: dict[tuple[object, ...], _Row] = {}

    def terms(self, text: str) -> list[Term]:
        """Return the good rows, and note what is wrong with the others."""
        found = []
        for row in self._rows(text):
            term = self._term(row)
            if term is not None and self._is_new(row, term):
                found.append(term)
        return found

    def _rows(self, text: str) -> Iterator[_Row]:
        try:
            for cells in rows(text, COLUMNS, _NEEDED):
                yield _NEW(_Row, cells)
        except TableError as error:
            self._fail(error.message, error.help, error.row)

    def _term(self, row: _Row) -> Term | None:
        """Return the term of a row, or None and a failure for the first thing wrong with it."""
        slot, found = row.slot.strip().lower(), words_of(row.term, self._any_slot)
        of, source = row.of and _plain(row.of), row.source.strip()
        if slot not in SLOTS and not (self._any_slot and slot):
            wrong = f"{_quoted(row.slot)} is not a slot" if slot else "is empty"
            self._bad(row, "slot", wrong, did_you_mean(slot[:_SHOWN], SLOTS))
        elif isinstance(found, str):
            self._bad(row, "term", found, "A term is one word or a few, such as knee pain.")
        elif slot in ABOUT and not of:
            wrong = f"is empty, and a row of the slot {slot} needs it"
            self._bad(row, "of", wrong, f"Name the treatment that this {slot} belongs to.")
        elif not source:
            help = "Say where the term comes from: own, site, or an address on the web."
            self._bad(row, "from", "is empty", help)
        else:
            means = (row.means and _plain(row.means)) or " ".join(found).replace("*", "")
            note = row.note.strip()
            return _NEW(Term, (slot, found, means, of, source, note, self._name, row.number))
        return None

    def _is_new(self, row: _Row, term: Term) -> bool:
        """Say whether a term is the first of its kind in this file; note it where it is not."""
        key: tuple[object, ...] = term.words
        if term.slot in ABOUT:
            key = (term.slot, term.of, *term.words)
        elif self._any_slot:
            key = (term.slot, *term.words)
        before = self._seen.setdefault(key, row)
        if before is row:
            return True
        slot = before.slot.strip().lower()
        if slot != term.slot:
            what = f"{_quoted(row.term)} is {term.slot} here and {slot} in row {before.number}"
            self._bad(row, "term", what, "Keep the row that fits best and delete the other one.")
        elif _plain(row.term) == _plain(before.term):
            what = f"{_quoted(row.term)} stands in row {before.number} already"
            self._bad(row, "term", what, "Delete one of the two rows.")
        return False  # else written otherwise, as "st john's" and "st. john's": a text has both

    def _bad(self, row: _Row, column: str, what: str, help: str) -> None:
        self._fail(f'row {row.number}, column "{column}": {what}', help, row.number)

    def _fail(self, message: str, help: str, row: int) -> None:
        self.failures.append(_failure(self._shown, message, help, row))


def words_of(text: str, gaps: bool = False) -> Words | str:
    """Return the words of a term as texts have them, or what is wrong with it.

    `gaps` allows a `*` alone, which stands for up to three words: our own files use it.
    """
    if _SIMPLE.fullmatch(text):
        return tuple(text.split(" "))
    plain = _plain(text)
    if not plain:
        return "is empty"
    found: list[str] = []
    for part in plain.split(" "):
        if gaps and part == "*":
            found.append(part)
            continue
        stem = part.removesuffix("*")
        if "*" in stem:
            return f"{_quoted(text)} has a * inside a word; it may only end one"
        inside = [each.text for each in words(stem)]
        if not inside and stem != part:
            return f"{_quoted(text)} has a * alone; it may only end a word"
        if inside and stem != part:
            inside[-1] += "*"
        found += inside
    return tuple(found) or f"{_quoted(text)} holds no letter and no digit"


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _quoted(text: str) -> str:
    short = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return f'"{harmless(short)}"'


def _failure(shown: str, message: str, help: str, row: int = 0) -> Failure:
    return Failure("config", message, help, shown, line=row)
