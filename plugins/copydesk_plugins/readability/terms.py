"""Terms with their explanations, from a spreadsheet: the built-in list and a site's glossary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from copydesk.api import Hit, Phrases, words

COLUMNS = ("term", "explanation")
#: Parts the forms of one term: "titration / titrate / titrated".
_FORMS = " / "


class Term(NamedTuple):
    """A term as it is listed, the forms it is found by, and what it means in plain words."""

    name: str
    forms: tuple[str, ...]
    explanation: str


class TermsError(Exception):
    """A list of terms of which a row cannot be used: says which, why, and what to do."""

    def __init__(self, row: int, message: str, help: str) -> None:
        super().__init__(message)
        self.row, self.message, self.help = row, f"row {row}: {message}", help


class Terms:
    """Terms that can be found in the words of a text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.by_name = {term.name: term for term in terms}

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases({term.name: term.forms for term in self.by_name.values()})

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(form.split()[0] for term in self.by_name.values() for form in term.forms)

    def hits(self, keys: list[str]) -> list[tuple[Hit, Term]]:
        """Return where terms stand in the words of a sentence."""
        if self._openings.isdisjoint(keys):
            return []  # so it is with nearly all sentences, and this is told at once
        found = self._phrases.find(keys)
        return [(hit, self.by_name[name]) for name, hits in found.items() for hit in hits]


def read_terms(text: str) -> tuple[Term, ...]:
    """Read a table with the columns "term" and "explanation"; raises TermsError.

    Rows are counted as a spreadsheet shows them. Commas, semicolons or tabs part the cells.
    """
    found: dict[str, Term] = {}
    for row, name, explanation in _rows(text.removeprefix("\ufeff")):
        if name and not explanation:
            raise TermsError(row, f"“{name}” has no explanation", "Say in plain words what it is.")
        forms = tuple(each for form in name.split(_FORMS) for each in _forms(form))
        if explanation and not forms:
            raise TermsError(row, "the term is empty", "Name the term, or delete the row.")
        if forms:
            found.setdefault(name, Term(name, forms, explanation))
    return tuple(found.values())


def _rows(text: str) -> Iterator[tuple[int, str, str]]:
    header = next(io.StringIO(text, newline=""), "")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True
    )
    try:
        names = [each.strip().lower() for each in next(reader, [])]
        if any(name not in names for name in COLUMNS):
            raise TermsError(
                1, "it does not name the columns", f"Let it say: {', '.join(COLUMNS)}."
            )
        places = [names.index(name) for name in COLUMNS]
        for row, cells in enumerate(reader, 2):
            term, explanation = (cells[at] if at < len(cells) else "" for at in places)
            yield row, " ".join(term.split()), " ".join(explanation.split()).rstrip(".")
    except csv.Error:
        raise TermsError(
            reader.line_num,
            "a quotation mark is not closed, or stands where none may",
            "Open the file in a spreadsheet program and save it as CSV again.",
        ) from None


def _forms(form: str) -> Iterator[str]:
    """Yield a form as the words of a text have it, and its plural."""
    parts = [word.text.lower().replace("’", "'") for word in words(form)]
    if not parts:
        return
    whole = " ".join(parts)
    yield whole
    if whole[-1].isalpha() and not whole.endswith("s"):
        yield whole + "s"
