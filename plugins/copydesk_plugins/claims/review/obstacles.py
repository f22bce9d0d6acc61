"""What keeps a row from being approved with a sheet, whatever is ticked: it is told beforehand."""

from __future__ import annotations

from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.matching import is_open
from copydesk_plugins.claims.review.rows import Row, shown

#: As many wordings, places and sources are named one by one in a cell.
MOST = 20


def obstacle(row: Row) -> tuple[str, str] | None:
    """Return why a row cannot be approved with a sheet and what to do, or None."""
    entry = row.entry
    if not entry.evidence:
        where = f"to {entry.id} in the register" if entry.id else "to the sentence"
        return (
            "has no evidence, so it cannot be approved",
            f"Add a source {where}, then write a new sheet; or change or remove the sentence.",
        )
    if not entry.id and any(is_open(each.claim) for each in row.found):
        return (
            "does not say in its own words of what it is said, so it cannot be approved here",
            "Name that in the sentence, or add it with `copydesk claims add --product`.",
        )
    if not _is_whole(row):
        return (
            "is longer than the sheet could show, so it cannot be approved here",
            "Add it with `copydesk claims add` and sign it with `copydesk claims approve`.",
        )
    return None


def said_of(entry: Entry) -> list[str]:
    """Return the line that names the product and the condition of an entry, or none."""
    named = ", ".join(each for each in (entry.product, entry.condition) if each)
    return [f"Said of: {named}."] if named else []


def evidence_of(entry: Entry) -> list[str]:
    """Return each source of an entry with its quote."""
    return [each.shown + (f": “{each.quote}”" if each.quote else "") for each in entry.evidence]


def _is_whole(row: Row) -> bool:
    """Say whether the sheet shows all that a tick would sign, with nothing of it cut off."""
    entry = row.entry
    texts = (*entry.wordings, *row.others, *said_of(entry), *evidence_of(entry))
    few = max(len(row.others), len(entry.variants) + 2, len(entry.evidence)) <= MOST
    return few and all(shown(each) == shown(each, len(each) + 1) for each in texts)
