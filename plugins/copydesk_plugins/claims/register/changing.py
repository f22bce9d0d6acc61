"""Changes to `claims.toml` as text: an entry added, signed or withdrawn; no other byte moves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from copydesk.api import CopydeskError, Edit, Failure, TableAt, quoted
from copydesk_plugins.claims.register.entry import Approval, Entry, Evidence, Status, Withdrawal
from copydesk_plugins.claims.register.places import HEAD, EntryAt

_OPENING = (
    "# Claims that this practice has approved, with their evidence. `copydesk claims` adds to\n"
    "# this file. It may be edited by hand; an entry that was changed needs a new sign-off.\n"
    "# See docs/register.md of Copydesk.\n"
)


def with_entry(text: str, entry: Entry) -> str:
    """Return a register with an entry at its end."""
    gap = "" if not text or text.endswith("\n") else "\n"
    return (text or _OPENING) + _styled(text, f"{gap}\n{block_of(entry)}")


def with_sign_off(
    text: str,
    at: EntryAt,
    approval: Approval,
    dropped: Collection[int],
    status: Status,
    expires: date | None = None,
) -> str:
    """Return a register in which an entry has one approval more.

    `dropped` are the numbers of its approvals that count no longer. With `expires` it gets that
    last day. Raises CopydeskError where the approvals stand in a form that cannot be added to.
    """
    tables = at.below("approval")
    if dropped and max(dropped) >= len(tables):
        raise CopydeskError(_inline())
    edits = [_lines(text, tables[number]) for number in dropped]
    edits.append(_set(at, "status", quoted(status), text))
    if expires is not None:
        edits.append(_set(at, "expires", expires.isoformat(), text))
    block = (
        f"\n[[{HEAD}.approval]]\n"
        f"by = {quoted(approval.by)}\n"
        f"date = {approval.date.isoformat()}\n"
        f"hash = {quoted(approval.hash)}\n"
    )
    edits.append(_after(text, at.end, block))
    return _edited(text, edits)


def with_withdrawal(text: str, at: EntryAt, withdrawal: Withdrawal) -> str:
    """Return a register in which an entry is withdrawn."""
    said = (
        f"withdrawal = {{ by = {quoted(withdrawal.by)}, date = {withdrawal.date.isoformat()}, "
        f"reason = {quoted(withdrawal.reason)} }}\n"
    )
    status = at.place("status")
    return _edited(
        text, [_set(at, "status", quoted("withdrawn"), text), _after(text, status.end, said)]
    )


def block_of(entry: Entry) -> str:
    """Return an entry as it is written."""
    lines = [f"[[{HEAD}]]", f"id = {quoted(entry.id)}", f"statement = {quoted(entry.statement)}"]
    if entry.variants:
        lines += ["variants = [", *(f"  {quoted(each)}," for each in entry.variants), "]"]
    for key, value in (("product", entry.product), ("condition", entry.condition)):
        lines += [f"{key} = {quoted(value)}"] if value else []
    lines.append(f"strength = {quoted(entry.strength)}")
    if entry.required_text:
        lines.append(f"required-text = {quoted(entry.required_text)}")
    if entry.markets:
        lines.append(f"market = [{', '.join(map(quoted, entry.markets))}]")
    lines.append(f"status = {quoted(entry.status)}")
    if entry.expires is not None:
        lines.append(f"expires = {entry.expires.isoformat()}")
    if entry.recorded_by:
        lines.append(f"recorded-by = {quoted(entry.recorded_by)}")
    return "\n".join([*lines, ""]) + "".join(map(_evidence, entry.evidence))


def _evidence(evidence: Evidence) -> str:
    lines = [f"\n[[{HEAD}.evidence]]"]
    for key in ("doi", "pmid", "url", "quote", "design"):
        value = getattr(evidence, key)
        lines += [f"{key} = {quoted(value)}"] if value else []
    lines.append(f"direct = {str(evidence.direct).lower()}")
    lines += ["head-to-head = true"] if evidence.head_to_head else []
    return "\n".join([*lines, ""])


def _set(at: EntryAt, key: str, value: str, text: str) -> Edit:
    """Return the edit that gives a key of an entry a value, also where it has none yet."""
    values = at.tables[0].values
    if key in values:
        return Edit(*values[key], value)
    return _after(text, values["status"].end, f"{key} = {value}\n")


def _after(text: str, offset: int, block: str) -> Edit:
    """Return the edit that puts lines below the line of an offset."""
    line_end = text.find("\n", offset)
    if line_end == -1:
        return Edit(len(text), len(text), "\n" + block)
    return Edit(line_end + 1, line_end + 1, block)


def _lines(text: str, table: TableAt) -> Edit:
    """Return the edit that takes the lines of a table out, with the empty one above."""
    start = text.rfind("\n", 0, table.header.start) + 1
    above = text.rfind("\n", 0, max(start - 1, 0)) + 1
    if start and not text[above:start].strip():
        start = above
    line_end = text.find("\n", table.end)
    return Edit(start, len(text) if line_end == -1 else line_end + 1, "")


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made; those at one place stay in their order."""
    numbered = sorted(enumerate(edits), key=lambda pair: (pair[1].start, pair[1].end, pair[0]))
    for _, edit in reversed(numbered):
        text = text[: edit.start] + _styled(text, edit.text) + text[edit.end :]
    return text


def _styled(text: str, added: str) -> str:
    return added.replace("\n", "\r\n") if "\r\n" in text else added


def _inline() -> Failure:
    return Failure(
        "config",
        "has approvals in a form that cannot be changed",
        f"Head each approval with [[{HEAD}.approval]] on a line of its own.",
        "claims.toml",
    )
