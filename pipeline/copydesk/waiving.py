"""`copydesk waive`: adds the waiver of a finding to `waivers.toml`, once it is known to hold."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from copydesk import waivers
from copydesk.config_files import ConfigFile
from copydesk.config_schema import did_you_mean
from copydesk.files import in_turn, why, write_whole
from copydesk.model.finding import Finding
from copydesk.sources import shown_path
from copydesk.toml_text import quoted
from copydesk.waivable import Case, refuse

_HEADER = (
    "# Findings that people have accepted. `copydesk waive` adds to this file; each entry can be\n"
    "# edited or deleted by hand. See docs/waivers.md of Copydesk.\n"
)


class Draft(NamedTuple):
    """What people say about a waiver; `until` is None where it has no last day."""

    reason: str
    by: tuple[str, ...]
    until: date | None = None
    recorded_by: str = ""


class Waived(NamedTuple):
    """What was written, where, and how the post stands now.

    `others` holds the other findings of the post that the same words settle.
    """

    path: str
    text: str
    others: tuple[Finding, ...]
    errors: int


def check(case: Case, draft: Draft) -> None:
    """Raise CopydeskError for the first thing that would keep a waiver from holding."""
    rule = case.finding.rule
    people = tuple(case.checked.config.get("people"))
    if not draft.reason.strip():
        refuse("a waiver needs a reason", 'Say why in a sentence: --reason "..."')
    for name in draft.by:
        if people and name not in people:
            refuse(f"{name} is not among [people]", did_you_mean(name, people))
    named = len(set(draft.by) - {""})
    if named < case.approvers:
        needed = "one person" if case.approvers == 1 else f"{_number(case.approvers)} people"
        refuse(
            f"a waiver of {rule} needs {needed}, and {named or 'nobody'} "
            f"{'is' if named < 2 else 'are'} named",
            f"Name each with --by{_known(people)}.",
        )
    if draft.until is not None and draft.until < case.today:
        refuse(
            f"{draft.until.isoformat()} is over, so the waiver would not hold",
            f"Give a day after {case.today.isoformat()}.",
        )


def _number(number: int) -> str:
    return {2: "two", 3: "three"}.get(number, str(number))


def _known(people: tuple[str, ...]) -> str:
    """Return what that looks like with people of the site; other names would be taken for some."""
    shown = " ".join(f"--by {each}" for each in people[:3])
    return f": {shown}" if shown else ""


def write(case: Case, draft: Draft) -> Waived:
    """Add the waiver to the site's `waivers.toml`, once it is known to hold.

    Every byte that stands there is kept. Raises CopydeskError and writes nothing where that
    cannot be done.
    """
    check(case, draft)
    path = case.checked.config.root / waivers.FILE_NAME
    block = _block(case, draft)
    with in_turn(path.parent):  # else one of two waivers at once would be lost
        data, text = _joined(path, block)
        settled = _tried(case, path, text)
        try:
            write_whole(path, data)
        except OSError as error:
            reason = why(error)
            refuse(f"could not be written: {reason}", "Check who may write there.", path)
    before = {each.fingerprint for each in case.result.findings if each.waived}
    others = tuple(
        each
        for each in settled
        if each.waived
        and each.fingerprint not in before
        and each.fingerprint != case.finding.fingerprint
    )
    errors = sum(each.severity == "error" and not each.waived for each in settled)
    return Waived(shown_path(path), block, others, errors)


def _block(case: Case, draft: Draft) -> str:
    """Return the entry as it is written."""
    post = case.result.post
    if not post or sum(entry.id == post for entry in case.checked.index) > 1:
        post = case.result.key
    lines = [
        "[[waiver]]",
        f"post = {quoted(post)}",
        f"rule = {quoted(case.finding.rule)}",
        f"quote = {quoted(case.quote)}",
        f"reason = {quoted(' '.join(draft.reason.split()))}",
    ]
    if draft.until is not None:
        lines.append(f"until = {draft.until.isoformat()}")
    lines.append(f"by = [{', '.join(map(quoted, draft.by))}]")
    if draft.recorded_by:
        lines.append(f"recorded-by = {quoted(draft.recorded_by)}")
    return "\n".join([*lines, ""])


def _joined(path: Path, block: str) -> tuple[bytes, str]:
    """Return the file with the entry at its end: its bytes, and its text."""
    try:
        old = path.read_bytes() if path.exists() else b""
    except OSError as error:
        reason = why(error)
        refuse(f"could not be read: {reason}", "Check who may read the file.", path)
    newline = b"\r\n" if b"\r\n" in old else b"\n"
    head = b"" if old else _HEADER.encode()
    gap = b"" if not old or old.endswith(b"\n") else newline
    added = ("\n" + block).encode().replace(b"\n", newline)
    data = head + old + gap + added
    return data, data.decode("utf-8-sig")


def _tried(case: Case, path: Path, text: str) -> tuple[Finding, ...]:
    """Read the file that is to be written and return the post's findings as it leaves them."""
    checked = case.checked
    try:
        read = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        refuse(
            "has a form that nothing can be added to at its end",
            "Head each entry with [[waiver]] on a line of its own.",
            path,
        )
    file = ConfigFile(path, shown_path(path), text, read)
    accepted = waivers.entries_of(file, checked.config, checked.registry)
    approvers = {rule.id: rule.approvers for rule in checked.registry.rules.values()}
    bare = tuple(each._replace(waived="") for each in case.result.findings)
    settled = accepted.apply(bare, case.result.key, case.result.post, case.today, approvers)
    if not any(each.waived and each.fingerprint == case.finding.fingerprint for each in settled):
        refuse("the waiver would not hold, so it was not written", "Please report this.", path)
    return settled
