"""What a sheet that came back says: a decision for each row with a mark, or why it is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from copydesk.api import Failure, Person
from copydesk_plugins.claims.review.cells import (
    APPROVE,
    CHANGE,
    CODE,
    COMMENT,
    DATE,
    MARKS,
    NAME,
    REMOVE,
    SIGNED,
    VERSION,
    Code,
    cells_of,
    read_code,
    version_of,
)
from copydesk_plugins.claims.review.rows import Row
from copydesk_plugins.claims.review.sheet_reading import Line, Sheet
from copydesk_plugins.claims.review.signers import NO_NAME, days_in, signer
from copydesk_plugins.claims.review.spreadsheet import guarded, unguarded

#: Not ✗ and ✘, which say no to many people.
_TICKS = frozenset({"x", "✓", "✔", "☑", "☒", "yes", "y", "true", "1", "ok"})
_EMPTY = frozenset({"", "no", "n", "false", "0", "☐"})
_WORDS = {
    APPROVE: frozenset({"approve", "approved"}),
    CHANGE: frozenset({"change", "changed"}),
    REMOVE: frozenset({"remove", "removed"}),
}
_NEW_SHEET = "Write a new sheet with `copydesk claims sheet` and have it signed."
_SAVE = "If nobody changed it, save the sheet as “CSV UTF-8” again; else write a new one."


class Decision(NamedTuple):
    """What somebody decided about a row. `by` is the key of a person where it was approved."""

    line: Line
    row: Row
    mark: str
    comment: str
    by: str = ""
    on: date | None = None


class Verdict(NamedTuple):
    """The decisions of a sheet in its order; notes that change nothing; and why it is refused."""

    decisions: tuple[Decision, ...]
    notes: tuple[str, ...]
    failures: tuple[Failure, ...]


class Desk(NamedTuple):
    """What a sheet is held against: the site's mark, rows as they are now, people and the day."""

    site: str
    rows: Mapping[str, Row]
    people: Mapping[str, Person]
    today: date


class _Coded(NamedTuple):
    line: Line
    code: Code


def judge(sheet: Sheet, desk: Desk) -> Verdict:
    """Hold a sheet against the site as it is now; any failure refuses the sheet as a whole."""
    coded, failures = _coded(sheet, desk)
    failures += _counted(sheet, coded)
    if failures:
        return Verdict((), (), tuple(failures))
    decisions: list[Decision] = []
    notes: list[str] = []
    named = {name: None for each in coded if (name := each.line.cell(NAME))}
    only = next(iter(named)) if len(named) == 1 else ""
    for each in coded:
        mark, problem = mark_of(each.line)
        if problem:
            failures.append(sheet.failure(each.line, *problem))
            continue
        row = desk.rows.get(each.code.check)
        if row is None:
            if mark:
                failures.append(sheet.failure(each.line, *_moved()))
            else:
                notes.append(f"Row {each.line.number} has no mark, and its wording moved since.")
            continue
        if column := _edited(each, row, sheet.exact):
            said = f"was edited in the sheet: “{column}” is not what Copydesk wrote"
            failures.append(sheet.failure(each.line, said, _SAVE))
        elif mark:
            decided = _decided(each.line, row, mark, only, desk)
            if isinstance(decided, Decision):
                decisions.append(decided)
            else:
                failures.append(sheet.failure(each.line, *decided))
    return Verdict(tuple(decisions), tuple(notes), tuple(failures))


def _coded(sheet: Sheet, desk: Desk) -> tuple[list[_Coded], list[Failure]]:
    """Return the rows with their codes, and rows that are not of this sheet and site."""
    coded: list[_Coded] = []
    failures: list[Failure] = []
    for line in sheet.lines:
        text = unguarded(line.cell(CODE))
        code = read_code(text)
        if code is None:
            failures.append(sheet.failure(line, *_no_code(text)))
        elif code.site != desk.site:
            failures.append(
                sheet.failure(
                    line,
                    "is from the sheet of another site",
                    "Apply it in the folder of the site that it was written for.",
                )
            )
        elif coded and code.sheet != coded[0].code.sheet:
            failures.append(
                sheet.failure(line, "is from another sheet", "Apply each sheet by itself.")
            )
        else:
            coded.append(_Coded(line, code))
    if not coded and not failures:
        failures.append(
            Failure("arguments", "holds no row", "Give the sheet as it came back.", sheet.shown)
        )
    return coded, failures


def _no_code(text: str) -> tuple[str, str]:
    if version_of(text) > VERSION:
        return (
            "was written by a newer version of Copydesk",
            "Update Copydesk, or write a new sheet with this version.",
        )
    return (
        f"has no code in “{CODE}” that Copydesk wrote, so nobody knows which claim it is",
        "Put the row back as it was. Remarks belong into the column Comment.",
    )


def _counted(sheet: Sheet, coded: list[_Coded]) -> Iterator[Failure]:
    """Yield the rows that stand twice or were cut."""
    lines: dict[int, list[Line]] = defaultdict(list)
    for each in coded:
        lines[each.code.number].append(each.line)
    for number, same in sorted(lines.items()):
        if len(same) > 1:
            others = ", ".join(str(line.number) for line in same[:-1])
            yield sheet.failure(
                same[-1],
                f"is claim {number} of the sheet, and so is row {others}",
                "Take the copy out, so that each claim stands once.",
            )
    total = max((each.code.total for each in coded), default=0)
    cut = [number for number in range(1, total + 1) if number not in lines]
    if cut:
        shown = ", ".join(map(str, cut[:12])) + (", ..." if len(cut) > 12 else "")
        what = f"claim {shown} was" if len(cut) == 1 else f"{len(cut)} claims were"
        yield Failure(
            "arguments",
            f"{what} cut from the sheet" + ("" if len(cut) == 1 else f": No. {shown}"),
            "Put the rows back. A row without a mark is left alone.",
            sheet.shown,
        )


def mark_of(line: Line) -> tuple[str, tuple[str, str] | None]:
    """Return the column that is ticked in a row, or what is wrong with its marks."""
    ticked = []
    for column in MARKS:
        cell = unguarded(line.cell(column)).casefold()
        if cell in _TICKS or cell in _WORDS[column]:
            ticked.append(column)
        elif cell not in _EMPTY:
            said = f"has a mark that is not known in “{column}”: {cell[:40]!r}"
            return "", (said, "Put an x there or leave it empty. Remarks belong into Comment.")
    if len(ticked) > 1:
        return "", (
            f"is marked both “{ticked[0]}” and “{ticked[1]}”",
            "Ask whoever signed it which one is meant.",
        )
    return (ticked[0] if ticked else ""), None


def _moved() -> tuple[str, str]:
    return (
        "cannot be applied, because the wording in the posts, its sources or its entry in the "
        "register moved since the sheet was written",
        _NEW_SHEET,
    )


def _edited(each: _Coded, row: Row, exact: bool) -> str:
    """Return the column that says something else than was written, or nothing."""
    wanted = cells_of(row, each.code)
    for column in SIGNED:
        written = " ".join(guarded(wanted[column]).split())
        found = each.line.cell(column)
        if _same(unguarded(found), exact) != _same(unguarded(written), exact):
            return column
    return ""


def _same(text: str, exact: bool) -> object:
    """Return a cell as it compares; a file in an old encoding has a ? for signs it cannot hold."""
    return text if exact else text.encode("cp1252", "replace")


def _decided(line: Line, row: Row, mark: str, only: str, desk: Desk) -> Decision | tuple[str, str]:
    comment = unguarded(line.cell(COMMENT))
    if mark != APPROVE:
        return Decision(line, row, mark, comment)
    person, problem = signer(unguarded(line.cell(NAME) or only), desk.people)
    if person is None:
        return problem if line.cell(NAME) or only else NO_NAME
    day, problem = days_in(line.cell(DATE), desk.today)
    if problem[0]:
        return problem
    return Decision(line, row, mark, comment, person.key, day)
