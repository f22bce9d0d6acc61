"""Reading a sheet that came back: what Excel and LibreOffice save, row by row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from copydesk.api import CopydeskError, Failure
from copydesk_plugins.claims.review.cells import CODE, COLUMNS, MARKS, NAME, NUMBER, STATEMENT

#: A thousand propositions make about a megabyte.
MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
_SEPARATORS = (",", ";", "\t")
_NEEDED = (STATEMENT, *MARKS, NAME, CODE)
_NOT_TEXT = {
    b"PK\x03\x04": "is a workbook of Excel or LibreOffice, not CSV",
    b"\xd0\xcf\x11\xe0": "is an old workbook of Excel, not CSV",
    b"%PDF": "is a PDF, not CSV",
}


class Line(NamedTuple):
    """A row as the spreadsheet counts it (the header is row 1), with its cells by column."""

    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """Return what stands in a column, on one line; empty where the sheet lacks it."""
        return " ".join(self.cells.get(column, "").split())


class Sheet(NamedTuple):
    """A sheet as it was saved. `exact` is false where signs may have been lost on the way."""

    shown: str
    lines: tuple[Line, ...]
    exact: bool

    def failure(self, line: Line, message: str, help: str) -> Failure:
        """Return what is wrong with a row."""
        number = line.cell(NUMBER)
        name = f" (No. {number})" if number.isdigit() else ""
        return Failure("arguments", f"row {line.number}{name} {message}", help, self.shown)


def read_sheet(path: Path) -> Sheet:
    """Read a sheet; raises CopydeskError where the file cannot be one."""
    shown = str(path)
    text, exact = _decoded(_bytes(path, shown), shown)
    text = text.removeprefix("sep=" + text[4:5] + "\n") if text.startswith("sep=") else text
    separator = max(_SEPARATORS, key=lambda each: text.partition("\n")[0].count(each))
    rows = list(islice(_rows(text, separator, shown), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise _refused(shown, f"has more than {MOST_ROWS:,} rows", "Is it the right file?")
    names = _header(rows[0] if rows else [], shown)
    lines = [
        Line(number, {name: row[at] for at, name in names if at < len(row)})
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    return Sheet(shown, tuple(lines), exact)


def _bytes(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise _refused(shown, f"could not be read: {reason}", "Check the path.") from None
    if len(data) > MOST_BYTES:
        raise _refused(shown, f"is larger than {MOST_BYTES:,} bytes", "Is it the right file?")
    for beginning, what in _NOT_TEXT.items():
        if data.startswith(beginning):
            raise _refused(shown, what, "Open it and save it as “CSV UTF-8”, then give that file.")
    return data


def _decoded(data: bytes, shown: str) -> tuple[str, bool]:
    """Return the text, with one kind of line end, and whether all signs are sure to be there."""
    forms = (("utf-16", True),) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ()
    for encoding, exact in (*forms, ("utf-8-sig", True), ("cp1252", False)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n"), exact
    raise _refused(shown, "is no text that a spreadsheet saves", "Save it as “CSV UTF-8”.")


def _rows(text: str, separator: str, shown: str) -> Iterator[list[str]]:
    csv.field_size_limit(MOST_BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise _refused(
            shown,
            f"is not whole: {error}",
            "Open it in the spreadsheet and save it as “CSV UTF-8” again.",
        ) from None


def _header(row: list[str], shown: str) -> list[tuple[int, str]]:
    """Return where each of our columns stands; others are left out."""
    ours = {name.casefold(): name for name in COLUMNS}
    found = [(at, ours.get(" ".join(cell.split()).casefold(), "")) for at, cell in enumerate(row)]
    names = Counter(name for _, name in found if name)
    if CODE not in names and STATEMENT not in names:
        raise _refused(
            shown,
            "is no review sheet of Copydesk",
            "Give the CSV file that `copydesk claims sheet` wrote, as it came back.",
        )
    for name in _NEEDED:
        if name not in names:
            raise _refused(
                shown, f"has no column “{name}”", "Put it back, or start from a new sheet."
            )
    for name, count in names.items():
        if count > 1:
            raise _refused(shown, f"has {count} columns “{name}”", "Take the added one out.")
    return [(at, name) for at, name in found if name]


def _refused(shown: str, message: str, help: str) -> CopydeskError:
    return CopydeskError(Failure("arguments", message, help, shown))
