"""Entries of the register and their uses as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from copydesk.api import Person
from copydesk_plugins.claims.register.entry import Entry, hash_of
from copydesk_plugins.claims.register.signing import missing
from copydesk_plugins.claims.register.uses import Use


def standing_line(entry: Entry, people: Mapping[str, Person], today: date) -> str:
    """Return in a sentence how an entry stands."""
    standing = entry.standing(today)
    if standing == "approved":
        until = f" until {entry.expires.isoformat()}" if entry.expires else ""
        return f"approved{until}"
    if standing == "draft":
        return f"draft: it has {missing(entry, people) or 'its approvals, but is not in force'}"
    if standing == "expired" and entry.expires is not None:
        return f"ended on {entry.expires.isoformat()}"
    return "withdrawn" if standing == "withdrawn" else "not in order: it approves nothing"


def entry_lines(entry: Entry, people: Mapping[str, Person], today: date) -> Iterator[str]:
    """Yield an entry with its evidence and those who signed it."""
    yield f"{entry.id}   {standing_line(entry, people, today)}"
    yield f"  statement   “{entry.statement}”"
    for each in entry.variants:
        yield f"  variant     “{each}”"
    rows = (
        ("product", entry.product),
        ("condition", entry.condition),
        ("strength", f"at most {entry.strength}"),
        ("needs", f"“{entry.required_text}” in the post" if entry.required_text else ""),
        ("market", ", ".join(entry.markets)),
        ("expires", entry.expires.isoformat() if entry.expires else ""),
    )
    for name, value in rows:
        if value:
            yield f"  {name:<11} {value}"
    yield from evidence_lines(entry)
    valid = entry.valid
    for approval in entry.approvals:
        shown = people[approval.by].shown if approval.by in people else approval.by
        stale = "" if approval in valid else " (of another wording; it does not count)"
        yield f"  approved by {shown} on {approval.date.isoformat()}{stale}"
    if entry.withdrawal is not None:
        gone = entry.withdrawal
        yield f"  withdrawn by {gone.by} on {gone.date.isoformat()}: {gone.reason}"


def evidence_lines(entry: Entry) -> Iterator[str]:
    """Yield the evidence of an entry, each source with its quote."""
    if not entry.evidence:
        yield "  evidence    none yet"
    for each in entry.evidence:
        yield f"  evidence    {each.shown}"
        if each.quote:
            yield f"              “{each.quote}”"


def use_lines(uses: Iterable[Use]) -> Iterator[str]:
    """Yield each use with its place and where the post is public."""
    for each in uses:
        how = "" if each.by == "text" else "   (in other words)"
        yield f"  {each.path}:{each.line}:{each.column}   “{each.quote}”{how}"
        for public in each.published:
            yield f"      public on {public.target}: {public.address}"


def entry_json(entry: Entry, today: date) -> dict[str, Any]:
    """Return an entry as reports hold it."""
    return {
        "id": entry.id,
        "statement": entry.statement,
        "variants": list(entry.variants),
        "product": entry.product,
        "condition": entry.condition,
        "strength": entry.strength,
        "required_text": entry.required_text,
        "market": list(entry.markets),
        "standing": entry.standing(today),
        "expires": entry.expires.isoformat() if entry.expires else None,
        "evidence": [each._asdict() for each in entry.evidence],
        "approvals": [
            {"by": each.by, "date": each.date.isoformat(), "valid": each in entry.valid}
            for each in entry.approvals
        ],
        "hash": hash_of(entry),
        "line": entry.line,
    }
