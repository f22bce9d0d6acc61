"""The first look at a run: a row for each file, and what is counted over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from copydesk.api import FileResult, Results
from copydesk_plugins.reporters.page.told import sort_out
from copydesk_plugins.reporters.page.words import counted

#: In which part of the page a file stands.
PARTS = ("With errors", "With warnings", "Nothing to mend was found")


class Row(NamedTuple):
    """A file in the list of posts."""

    number: int
    path: str
    title: str
    state: str
    errors: int
    warnings: int
    notes: int
    settled: int

    @property
    def anchor(self) -> str:
        """The name of its place on the page."""
        return f"post-{self.number}"

    @property
    def part(self) -> int:
        """Which of `PARTS` it stands in."""
        return 0 if self.errors else 1 if self.warnings else 2

    @property
    def counts(self) -> str:
        """What was found, in words."""
        found = [counted(self.errors, "error"), counted(self.warnings, "warning")]
        if self.notes:
            found.append(counted(self.notes, "note"))
        if self.settled:
            found.append(f"{self.settled:,} waived or accepted")
        return ", ".join(found)


@dataclass
class Overview:
    """The rows in the order of the files, and sums over all posts.

    `claims` adds up the measures of claims; `counted_claims` and `graded` are the numbers of
    posts for which there are such numbers, `too_hard` those above the limit that holds for them.
    """

    rows: list[Row] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    counted_claims: int = 0
    graded: int = 0
    too_hard: int = 0

    def of_part(self, part: int) -> Iterator[Row]:
        """Yield the rows of one part of the page."""
        return (row for row in self.rows if row.part == part)


def look_at(results: Results) -> Overview:
    """Go through all files once and keep a row of each."""
    overview = Overview()
    for number, result in enumerate(results.files(), 1):
        overview.rows.append(row_of(number, result))
        overview.rules.update(each.rule for each in result.findings)
        _add_measures(overview, result)
    return overview


def row_of(number: int, result: FileResult) -> Row:
    """Return the row of a file."""
    found = sort_out(result)
    errors = sum(each.severity == "error" for each in found.open)
    return Row(
        number,
        result.path,
        result.title or Path(result.path).name,
        state_of(result),
        errors,
        len(found.open) - errors,
        len(found.notes),
        len(found.waived) + len(found.accepted),
    )


def state_of(result: FileResult) -> str:
    """Return the state of a post in words; what is no post has none."""
    if result.state == "scheduled":
        return "scheduled, due now" if result.due else "scheduled, not yet due"
    return result.state


def _add_measures(overview: Overview, result: FileResult) -> None:
    if "claims" in result.measures:
        overview.counted_claims += 1
        for name, value in result.measures.items():
            if name.startswith("claims") and isinstance(value, int):
                overview.claims[name] += value
    grade = result.series.get("flesch-kincaid-grade")
    if grade is not None and grade.limit is not None and not isinstance(grade.value, str):
        overview.graded += 1
        overview.too_hard += grade.value > grade.limit
