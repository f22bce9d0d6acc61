"""The review sheet of a site: numbered rows with their codes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copydesk.api import OpenedSite
from copydesk_plugins.claims.review.cells import Code, cells_of
from copydesk_plugins.claims.review.rows import Row


class Numbered(NamedTuple):
    """A row with what tells it apart and what is shown of it, by column."""

    row: Row
    code: Code
    cells: dict[str, str]


def site_mark(site: OpenedSite) -> str:
    """Return what tells a site from others on its sheets: of its address, title or folder."""
    settings = site.settings
    name = settings.url or settings.title or site.root.resolve().name
    return hashlib.sha256(f"site {name}".encode()).hexdigest()[:8]


def numbered(rows: Sequence[Row], mark: str) -> Iterator[Numbered]:
    """Yield the rows of a sheet in order."""
    checks = [row.check for row in rows]
    sheet = hashlib.sha256("\n".join([mark, *checks]).encode()).hexdigest()[:8]
    for number, (row, check) in enumerate(zip(rows, checks, strict=True), start=1):
        code = Code(mark, sheet, number, len(rows), check)
        yield Numbered(row, code, cells_of(row, code))
