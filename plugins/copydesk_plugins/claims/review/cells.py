"""What the review sheet says of a row, in words: the same on paper and in the spreadsheet."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.review.obstacles import MOST, evidence_of, obstacle, said_of
from copydesk_plugins.claims.review.rows import Row, shown
from copydesk_plugins.claims.support import Support

#: The columns of the spreadsheet, in the order in which they are written.
NUMBER, STATEMENT, OTHERS, STRENGTH = "No.", "Statement", "Also written as", "Strength"
WHERE, SOURCES, EVIDENCE, REGISTER = "Where", "Sources in the posts", "Evidence", "Register"
APPROVE, CHANGE, REMOVE = "Approve", "Change", "Remove"
COMMENT, NAME, DATE, CODE = "Comment", "Name", "Date", "Copydesk (leave as it is)"
COLUMNS = (
    NUMBER,
    STATEMENT,
    OTHERS,
    STRENGTH,
    WHERE,
    SOURCES,
    EVIDENCE,
    REGISTER,
    APPROVE,
    CHANGE,
    REMOVE,
    COMMENT,
    NAME,
    DATE,
    CODE,
)
MARKS = (APPROVE, CHANGE, REMOVE)
#: What people sign: these cells come back as they were written, or the row is refused.
SIGNED = (STATEMENT, OTHERS, STRENGTH, SOURCES, EVIDENCE)
NO_EVIDENCE = "None. It cannot be approved before a source is given."
#: The version of the sheet's form that this code writes and reads.
VERSION = 1
_CODE = re.compile(
    r"copydesk-sheet-(?P<version>\d{1,4}) site (?P<site>[0-9a-f]{8}) sheet (?P<sheet>[0-9a-f]{8}) "
    r"row (?P<number>\d{1,6}) of (?P<total>\d{1,6}) check (?P<check>[0-9a-f]{64})"
)
_OURS = re.compile(r"copydesk-sheet-(\d{1,4})\b")


class Code(NamedTuple):
    """What tells a row apart: its site, its sheet, its number there, and what was shown."""

    site: str
    sheet: str
    number: int
    total: int
    check: str

    @property
    def text(self) -> str:
        """The code as it stands in the last column."""
        return (
            f"copydesk-sheet-{VERSION} site {self.site} sheet {self.sheet} "
            f"row {self.number} of {self.total} check {self.check}"
        )


def version_of(text: str) -> int:
    """Return the version that a code says it has, or 0 where it is none."""
    found = _OURS.match(text.strip())
    return int(found[1]) if found else 0


def read_code(text: str) -> Code | None:
    """Return the code in a cell, or None where there is none that this version reads."""
    found = _CODE.fullmatch(" ".join(text.split()))
    if found is None or int(found["version"]) != VERSION:
        return None
    return Code(
        found["site"], found["sheet"], int(found["number"]), int(found["total"]), found["check"]
    )


def cells_of(row: Row, code: Code) -> dict[str, str]:
    """Return the cells of a row by column; those to fill in are empty."""
    return {
        **dict.fromkeys(COLUMNS, ""),
        NUMBER: str(code.number),
        STATEMENT: statement_in_words(row),
        OTHERS: _several([shown(each) for each in row.others]),
        STRENGTH: row.strength,
        WHERE: _several([each.place for each in row.found]),
        SOURCES: _several([source_in_words(each) for each in row.sources]) or "None.",
        EVIDENCE: evidence_in_words(row.entry) or NO_EVIDENCE,
        REGISTER: register_in_words(row),
        CODE: code.text,
    }


def statement_in_words(row: Row) -> str:
    """Return what a tick would sign, and of what it is said where its own words leave that out."""
    return "\n".join([shown(row.statement), *map(shown, said_of(row.entry))])


def source_in_words(source: Support) -> str:
    """Return a source that stands in a post, and what it is worth as a place to look."""
    name = f"doi:{source.doi}" if source.doi else f"PMID {source.pmid}" if source.pmid else ""
    worth = "a source is given" if source.level == "cited" else "weak source"
    near = ", beside the paragraph" if source.probable else ""
    address = shown(source.href, 300)
    return f"{name or address}: {worth}{near}" + (f" ({address})" if name and address else "")


def evidence_in_words(entry: Entry) -> str:
    """Return the evidence that a tick would sign; empty where there is none."""
    return _several([shown(each) for each in evidence_of(entry)])


def register_in_words(row: Row) -> str:
    """Return how the entry of a row stands in the register, or what keeps a tick from adding it."""
    entry, why = row.entry, obstacle(row)
    if not entry.id and why and entry.evidence:
        return f"Not in the register. It {why[0]}."
    if not entry.id:
        return "Not in the register." + (" A tick adds it." if entry.evidence else "")
    until = f", until {entry.expires}" if entry.expires else ""
    needs = f" It needs in the post: “{entry.required_text}”" if entry.required_text else ""
    markets = f" For {', '.join(entry.markets)} only." if entry.markets else ""
    allowed = f"{entry.id} ({entry.status}, at most {entry.strength}{until}).{markets}{needs}"
    return _several([shown(each) for each in (allowed, *entry.wordings)])


def _several(texts: list[str]) -> str:
    more = [f"and {len(texts) - MOST} more"] if len(texts) > MOST else []
    return "\n".join([*texts[:MOST], *more])
