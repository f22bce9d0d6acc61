"""What the tests of reviews and sheets share: a small site on disk, and its commands."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from copydesk.cli.main import run
from copydesk.testing import NOW

CONFIG = """root = true
site-title = "Lantern Street Practice"
site-url = "https://lantern.example/"

[people.mara]
name = "Dr Mara Ellison"
role = "physician"
credential = "MD"

[people.june]
name = "June Abara"
role = "nurse"
credential = "RN"

[people.tom]
name = "Tom Reyes"
role = "editor"
"""
POST = """---
title: {title}
id: {id}
state: published
published: 2026-03-01T09:00:00Z
description: How we work here.
---

{body}
"""
#: A claim with a source beside it, in our own words.
SOURCED = "Ketamine eases depression within hours ([trial](https://doi.org/10.5555/12345678))."
BARE = "Massage reduces back pain after surgery."
AT = ("--now", NOW.isoformat())


class Ran(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


class Site:
    """A site in a folder, which is the working folder."""

    def __init__(self, root: Path, capture: Callable[[], tuple[str, str]]) -> None:
        self.root = root
        self._capture = capture
        self.write("copydesk.toml", CONFIG)

    def write(self, name: str, text: str) -> Path:
        """Write a file below the root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        return path

    def read(self, name: str) -> str:
        """Return the text of a file, or nothing where there is none."""
        path = self.root / name
        return path.read_bytes().decode("utf-8") if path.exists() else ""

    def post(self, name: str, body: str, title: str = "How it works") -> None:
        """Write a post; its id is its name."""
        self.write(f"posts/{name}.md", POST.format(title=title, id=name, body=body))

    def run(self, *arguments: str) -> Ran:
        """Run the command line in this process, on the day of all tests unless one is given."""
        self._capture()
        when = () if "--now" in arguments else AT
        code = run([*arguments, *when])
        out, err = self._capture()
        return Ran(code, out, err)

    def sheet(self, *arguments: str) -> list[dict[str, str]]:
        """Write a sheet into a folder and return its rows."""
        ran = self.run("claims", "sheet", *arguments)
        assert ran.code == 0, ran.err
        return rows_of(self.csv.read_bytes())

    @property
    def csv(self) -> Path:
        """The spreadsheet of the day of all tests."""
        return self.root / "claims-sheet" / f"claims-{NOW.date()}.csv"

    def save(self, rows: list[dict[str, str]], encoding: str = "utf-8-sig", by: str = ",") -> str:
        """Save rows as a spreadsheet does, and return the name of the file."""
        path = self.root / "back.csv"
        path.write_bytes(text_of(rows, by).encode(encoding, "replace"))
        return path.name

    def apply(self, rows: list[dict[str, str]], *more: str) -> Ran:
        """Save rows and apply them."""
        return self.run("claims", "sheet", "--apply", self.save(rows), *more)


def rows_of(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a sheet by column."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def text_of(rows: list[dict[str, str]], by: str = ",") -> str:
    """Return rows as the text of a CSV file; the columns are those of the first row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=by, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def ticked(row: Mapping[str, str], column: str = "Approve", **cells: str) -> dict[str, str]:
    """Return a row with a tick and the name of Mara; cells may be set as well."""
    return {**row, column: "x", "Name": "Dr Mara Ellison", **cells}
