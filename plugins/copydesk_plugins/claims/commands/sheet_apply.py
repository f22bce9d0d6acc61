"""`copydesk claims sheet --apply`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from copydesk.api import CopydeskError, OpenedSite
from copydesk_plugins.claims.commands.asking import agreed, fail, say
from copydesk_plugins.claims.commands.desk import Desk as Register
from copydesk_plugins.claims.commands.desk import desk_of, refuse
from copydesk_plugins.claims.review import signing_off
from copydesk_plugins.claims.review.cells import APPROVE, CHANGE, REMOVE
from copydesk_plugins.claims.review.gathering import gather
from copydesk_plugins.claims.review.obstacles import said_of
from copydesk_plugins.claims.review.rows import shown
from copydesk_plugins.claims.review.sheet import site_mark
from copydesk_plugins.claims.review.sheet_judging import Decision, Desk, Verdict, judge
from copydesk_plugins.claims.review.sheet_reading import Sheet, read_sheet
from copydesk_plugins.claims.review.signing_off import Signed, Signing, signing_of

#: As many refused rows are named; where there are more, the whole file is amiss.
_MOST = 100


def apply(path: Path, site: OpenedSite, given_yes: bool) -> int:
    """Show what a sheet that came back does, ask, and write the register; return the exit code."""
    sheet = read_sheet(path)
    register = desk_of(site)
    verdict = _judged(sheet, site)
    signing = signing_of(
        [each for each in verdict.decisions if each.mark == APPROVE],
        register.book,
        site.people,
        site.today,
    )
    failures = [*verdict.failures]
    failures += [sheet.failure(each.line, *problem) for each, problem in signing.refused]
    if failures:
        fail(failures[:_MOST])
        if len(failures) > _MOST:
            say([f"{len(failures) - _MOST} more rows are refused."])
        say(["Nothing was approved: a sheet is applied as a whole or not at all."])
        return 2
    say(_told(verdict, signing, register))
    if not signing.sign_offs:
        say(["Nothing was written: no row of the sheet approves anything new."])
        return 0
    text = signing_off.with_sign_offs(register.text, register.shown, signing.sign_offs)
    if not agreed(register.shown, given_yes):
        return 2
    register.save(text, *(each.done.entry.id for each in signing.sign_offs))
    count = len(signing.sign_offs)
    approved = "1 approval" if count == 1 else f"{count} approvals"
    say([f"{approved} written to {register.shown}. Please commit the change."])
    return 0


def _judged(sheet: Sheet, site: OpenedSite) -> Verdict:
    """Hold a sheet against the site; raises CopydeskError where the site cannot be read whole."""
    if not site.people:
        refuse(
            "nobody is named under [people] in copydesk.toml, so nobody can have signed",
            "Add [people.NAME] with name, role and credential for each who signs.",
        )
    gathered = gather(site, every=True)
    if gathered.failures:
        raise CopydeskError(gathered.failures[0])
    rows = {row.check: row for row in gathered.rows}
    return judge(sheet, Desk(site_mark(site), rows, site.people, site.today))


def _told(verdict: Verdict, signing: Signing, register: Register) -> Iterator[str]:
    """Yield what the sheet does and what people have to do themselves."""
    for each in signing.sign_offs:
        yield from _approved(each, register)
    for decision, why in signing.settled:
        yield f"row {decision.line.number}   nothing to do: {why}"
    for mark, what in ((CHANGE, "to change"), (REMOVE, "to remove")):
        for decision in verdict.decisions:
            if decision.mark == mark:
                yield from _asked_for(decision, what)
    yield from verdict.notes


def _approved(sign_off: Signed, register: Register) -> Iterator[str]:
    done, line = sign_off.done, sign_off.decision.line
    entry, by = done.entry, register.site.people[done.approval.by].shown
    what = "new entry" if sign_off.new else "entry"
    yield f"row {line.number}   approved by {by} on {done.approval.date}: {what} {entry.id}"
    for text in entry.wordings:
        yield f"       “{shown(text)}”"
    for text in said_of(entry):
        yield f"       {shown(text)}"
    for each in entry.evidence:
        yield f"       evidence: {shown(each.shown)}"
    if done.lacking:
        yield f"       It is not in force yet: it has {done.lacking}."
    if sign_off.decision.comment:
        yield f"       comment: {shown(sign_off.decision.comment)}"


def _asked_for(decision: Decision, what: str) -> Iterator[str]:
    yield f"row {decision.line.number}   {what}: “{shown(decision.row.statement)}”"
    for each in decision.row.found:
        yield f"       {each.place}"
    if decision.comment:
        yield f"       comment: {shown(decision.comment)}"
