"""The review sheet as a spreadsheet: CSV that Excel and LibreOffice open with a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from copydesk_plugins.claims.review.cells import COLUMNS, NUMBER

#: A cell that begins with one of these is a formula for a spreadsheet, also in its wide form.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(rows: Iterable[Mapping[str, str]], separator: str = ",") -> bytes:
    """Return rows as the bytes of a CSV file, with a mark by which Excel knows that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([row[name] if name == NUMBER else guarded(row[name]) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, a number or a date."""
    formula = cell.startswith(_FORMULAS) or cell.lstrip().startswith(_FORMULAS)
    number = any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))
    return f"'{cell}" if formula or number else cell


def unguarded(cell: str) -> str:
    """Return a cell without the sign that `guarded` put before it."""
    bare = cell.removeprefix("'")
    return bare if bare != cell and guarded(bare) == cell else cell
