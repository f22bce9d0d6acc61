"""Tables of a page as rows of cells, where a Markdown table can hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bs4.element import NavigableString, PageElement, Tag

from copydesk_plugins.readers.html_tree import PlacedTag
from copydesk_plugins.readers.imports.blocks import Block
from copydesk_plugins.readers.imports.inline import Run

if TYPE_CHECKING:
    from copydesk_plugins.readers.imports.html_walk import Reading

#: What no cell of a Markdown table can hold; a table with them lays out a page.
_LAYOUT = [
    *("table", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("pre", "blockquote", "hr", "caption", "form"),
]
_MAX_SPAN = 50
_MAX_WIDTH = 200
Rows = Sequence[Sequence[Sequence[Sequence[Run]]]]


def rows_of(table: PlacedTag, reading: Reading) -> Rows | None:
    """Return the cells of a table row by row, each a list of lines, or None for a layout."""
    if table.find(_LAYOUT) is not None or _has_loose_text(table):
        grid: list[list[PlacedTag]] = []
    else:
        grid = _grid(table)
    if max((len(row) for row in grid), default=0) < 2:
        reading.say("A table that lays out the page came over as its texts, one by one.")
        return None
    if table.find(["ul", "ol"]) is not None:
        reading.say("Lists inside a table came over as lines.")
    rows, spanned = _filled(grid, reading)
    if max(len(row) for row in rows) > _MAX_WIDTH:
        return None
    if spanned:
        reading.say("Cells of a table that reached over several came over as one and empty ones.")
    if not _has_head(grid):
        reading.say("The first row of a table became its head.")
    return rows


def _grid(table: PlacedTag) -> list[list[PlacedTag]]:
    rows = []
    for row in table.find_all("tr"):
        cells = [
            each
            for each in row.contents
            if isinstance(each, PlacedTag) and each.name in ("td", "th")
        ]
        if cells:
            rows.append(cells)
    return rows


def _has_loose_text(table: Tag) -> bool:
    """Say whether text stands between the cells, where browsers move it in front of the table."""
    stack: list[PageElement] = [table]
    while stack:
        each = stack.pop()
        if isinstance(each, NavigableString) and each.strip():
            return True
        if isinstance(each, Tag) and each.name not in ("td", "th"):
            stack.extend(each.contents)
    return False


def _filled(grid: list[list[PlacedTag]], reading: Reading) -> tuple[Rows, bool]:
    """Return the cells' lines, with empty cells for what is spanned."""
    # For columns that a cell further up reaches into: for how many rows it still does.
    below: dict[int, int] = {}
    rows = []
    spanned = False
    for cells in grid:
        row: list[Sequence[Sequence[Run]]] = []
        taken, below = below, {at: left - 1 for at, left in below.items() if left > 1}
        for cell in cells:
            while len(row) in taken:
                row.append(())
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            spanned = spanned or across > 1 or down > 1
            if down > 1:
                below.update(dict.fromkeys(range(len(row), len(row) + across), down - 1))
            row.append(_lines(cell, reading))
            row.extend([()] * (across - 1))
        rows.append(row)
    return rows, spanned


def _span(cell: PlacedTag, key: str) -> int:
    said = cell.get(key)
    if not isinstance(said, str) or not said.strip().isdecimal() or len(said) > 8:
        return 1
    return min(max(1, int(said)), _MAX_SPAN)


def _lines(cell: PlacedTag, reading: Reading) -> list[Sequence[Run]]:
    from copydesk_plugins.readers.imports.html_walk import Walk

    events = Walk(reading).walk(cell)
    return [each.runs for each in events if isinstance(each, Block) and each.kind != "rule"]


def _has_head(grid: list[list[PlacedTag]]) -> bool:
    """Say whether the first row is marked as the head, or wholly in bold."""
    first = grid[0]
    if all(cell.name == "th" for cell in first):
        return True
    if first[0].find_parent(["thead", "table"]).name == "thead":  # type: ignore[union-attr]
        return True
    return all(cell.find(["b", "strong"]) is not None for cell in first if cell.get_text().strip())
