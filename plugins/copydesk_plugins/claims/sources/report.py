"""Sources as people and programs read them: state, day, what each is cited for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from copydesk_plugins.claims.sources.cited import Use
from copydesk_plugins.claims.sources.lock import write_lock
from copydesk_plugins.claims.sources.standing import GRACE_DAYS, Standing, standing_of
from copydesk_plugins.claims.sources.told import Fact, Shown
from copydesk_plugins.claims.sources.updating import can_be_asked

_LONGEST = 90
_ERRORS = frozenset({"retracted", "not-found", "title-mismatch"})
_MOST_USES = 3


class Row(NamedTuple):
    """A source with its state; `note` says what is to be known besides."""

    name: str
    state: Shown
    fact: Fact | None
    note: str
    uses: tuple[Use, ...]
    too_old: bool = False

    @property
    def is_error(self) -> bool:
        """Whether the source cannot stay as it is."""
        return self.state in _ERRORS or self.too_old


def rows_of(sources: Mapping[str, list[Use]], facts: Mapping[str, Fact], today: date) -> list[Row]:
    """Return a row for each source, those to be mended first, then by name."""
    rows = [_row(name, uses, facts.get(name), today) for name, uses in sources.items()]
    return sorted(rows, key=lambda row: (not row.is_error, row.state != "concern", row.name))


def _row(name: str, uses: list[Use], fact: Fact | None, today: date) -> Row:
    if fact is None:
        note = "" if can_be_asked(name) else "Only sources with a DOI or PMID can be looked up."
        return Row(name, "unverified", None, note, tuple(uses))
    standings = [standing_of(use.source, fact) for use in uses if use.source is not None]
    # One place that names another document is enough to call it so.
    worst = next((each for each in standings if each.state == "title-mismatch"), None)
    state: Shown = worst.state if worst else fact.told.state
    note = fact.told.note
    if worst is not None:
        where = next(use for use in uses if use.source is worst.source)
        note = f"It is cited as another document in {where.path}:{where.line}."
    too_old, age = _age(standings, fact, today)
    return Row(name, state, fact, " ".join(filter(None, (note, age))), tuple(uses), too_old)


def _age(standings: list[Standing], fact: Fact, today: date) -> tuple[bool, str]:
    if today <= fact.until:
        return False, ""
    late = (today - fact.until).days > GRACE_DAYS
    return late, f"Its answer held until {fact.until.isoformat()}: run this with --update."


def row_lines(row: Row) -> Iterator[str]:
    """Yield a source with its uses, as text."""
    day = f"   looked up {row.fact.asked.isoformat()}" if row.fact else ""
    yield f"{row.state:<15} {row.name}{day}"
    if row.fact is not None and row.fact.told.title:
        yield f"  “{row.fact.told.title}”"
    if row.note:
        yield f"  {row.note}"
    for use in row.uses[:_MOST_USES]:
        words = f" for “{_short(use.words)}”" if use.words else ""
        yield f"  cited in {use.path}:{use.line}{words}"
    if len(row.uses) > _MOST_USES:
        yield f"  and in {len(row.uses) - _MOST_USES} more places"


def row_json(row: Row) -> dict[str, Any]:
    """Return a source as reports hold it."""
    fact = row.fact
    return {
        "source": row.name,
        "state": row.state,
        "title": fact.told.title if fact else None,
        "note": row.note,
        "asked": fact.asked.isoformat() if fact else None,
        "until": fact.until.isoformat() if fact else None,
        "by": fact.told.by if fact else None,
        "cited": [{"path": use.path, "line": use.line, "for": use.words} for use in row.uses],
    }


def changes(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Iterator[str]:
    """Yield the lines of the lock that come and go."""
    old, new = write_lock(before).splitlines(), write_lock(after).splitlines()
    for line in difflib.unified_diff(old, new, lineterm="", n=1):
        if not line.startswith(("---", "+++", "@@")):
            yield line


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
