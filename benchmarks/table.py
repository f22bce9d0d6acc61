"""The one table that comes out."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One figure with its unit (`x` counts empty Python runs) and its budget, if it has one."""

    name: str
    figure: float
    unit: str
    budget: float | None


def lines(rows: Iterable[Row]) -> Iterable[str]:
    """Yield the table in Markdown, row by row as the figures come in."""
    yield f"Python {platform.python_version()}; x = CPU time of `python -c pass`"
    yield ""
    yield f"| {'what':<52} | {'measured':>10} | {'budget':>9} | |"
    yield f"| {'-' * 52} | {'-' * 9}: | {'-' * 8}: | --- |"
    for row in rows:
        budget = "" if row.budget is None else f"{row.budget:.3g} {row.unit}"
        verdict = "" if row.budget is None else "ok" if row.figure <= row.budget else "over"
        figure = f"{row.figure:.3g} {row.unit}"
        yield f"| {row.name:<52} | {figure:>10} | {budget:>9} | {verdict} |"
