"""Reads the rows of a spreadsheet as Excel and LibreOffice save it, by the names of its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

#: What parts the cells, in the order in which a tie is settled.
_DELIMITERS = ",;\t"
#: What spreadsheet programs write for an apostrophe, a space and a place to part a word.
_STRAIGHT = {"’": "'", "ʼ": "'", "‘": "'", "\xa0": " ", "\xad": ""}


class TableError(Exception):
    """A file of which no further row can be read; says in which row, and what to do."""

    def __init__(self, row: int, message: str, help: str) -> None:
        super().__init__(message)
        self.row, self.message, self.help = row, f"row {row}: {message}", help


def rows(text: str, columns: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield each row that is not empty: its number, then the cells of some columns.

    Rows are counted as the spreadsheet shows them; the first names the columns, in any order and
    any case, among others. A cell that is not there is empty. Raises TableError.
    """
    text = text.removeprefix("\ufeff")
    for odd, straight in _STRAIGHT.items():
        text = text.replace(odd, straight)
    header = next(io.StringIO(text, newline=""), "")
    delimiter = max(_DELIMITERS, key=header.count)
    # Strict, so that a quotation mark that is never closed is told and not guessed at.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        places = _places(next(reader, []), columns, needed)
        number, pick = 1, itemgetter(*places)
        # Cells for a row that ends early; the last is what a column finds that is not there.
        more = [""] * (max(places) + 2)
        for number, cells in enumerate(reader, 2):
            cells += more
            if any(map(str.strip, cells)):
                yield (number, *pick(cells))
    except csv.Error:
        raise TableError(
            number + 1,
            "a quotation mark is not closed, or stands where none may",
            "Open the file in a spreadsheet program, look at this row and the ones below it, "
            "and save it as CSV again.",
        ) from None


def _places(header: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> list[int]:
    """Return where each column stands, -1 for one that is not there."""
    names = [each.strip().lower() for each in header]
    for name in columns:
        if names.count(name) > 1:
            raise TableError(
                1, f'two columns are called "{name}"', "Give one of them another name."
            )
    missing = [f'"{name}"' for name in needed if name not in names]
    if missing:
        several = len(missing) > 1
        raise TableError(
            1,
            f"the {'columns' if several else 'column'} {', '.join(missing)} "
            f"{'are' if several else 'is'} missing",
            f"The first row names the columns: {', '.join(columns)}. Save the spreadsheet as "
            "CSV, not as a workbook.",
        )
    return [names.index(name) if name in names else -1 for name in columns]
