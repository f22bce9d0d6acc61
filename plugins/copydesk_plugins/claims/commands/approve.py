"""`copydesk claims approve`."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from copydesk.api import Person
from copydesk_plugins.claims.commands.asking import (
    Day,
    Given,
    agreed,
    say,
    site_flags,
    yes_flag,
)
from copydesk_plugins.claims.commands.desk import Desk, open_desk, refuse
from copydesk_plugins.claims.commands.showing import entry_lines
from copydesk_plugins.claims.register.changing import with_sign_off
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.sign_off import SignOff, signed
from copydesk_plugins.claims.register.signing import missing


def command() -> click.Command:
    """Return the command."""

    @click.command(
        "approve",
        epilog="Example: copydesk claims approve massage-back-pain --by mara",
    )
    @click.argument("id", metavar="ID")
    @click.option(
        "--by", required=True, metavar="NAME", help="Who approves it: a name of [people]."
    )
    @click.option("--expires", type=Day(), metavar="DAY", help="A new last day for the entry.")
    @yes_flag
    @site_flags
    def approve(id: str, by: str, expires: date | None, yes: bool, **given: Any) -> int:
        """Sign an entry of the register, after a look at its words and evidence.

        The sign-off holds for the entry as it is shown: whoever changes a word of it later
        undoes it. Promises without a limit, and whatever speaks of suicide, need two people; for
        the latter one of them is a clinician. With --expires an entry that ends is renewed, and
        those who signed before sign again.
        """
        desk = open_desk(None, Given(**given))
        plan = _planned(desk, desk.entry(id), desk.person(by), expires)
        text = with_sign_off(
            desk.text,
            desk.place(id),
            plan.approval,
            plan.dropped,
            plan.entry.status,
            expires,
        )
        _show(desk, plan)
        if not agreed(desk.shown, yes):
            return 2
        desk.save(text, id)
        said = "is in force" if not plan.lacking else f"has {plan.lacking}"
        say([f"{by} approved {id} in {desk.shown}; it {said}. Please commit the change."])
        return 0

    return approve


def _planned(desk: Desk, entry: Entry, by: str, expires: date | None) -> SignOff:
    """Return what the sign-off does; raises CopydeskError where it must not be given."""
    after = entry._replace(expires=expires or entry.expires)
    _check(desk, after, by)
    return signed(after, by, desk.site.today, desk.site.people)


def _check(desk: Desk, entry: Entry, by: str) -> None:
    if entry.status == "withdrawn":
        refuse(
            f"{entry.id} was withdrawn, so nobody can approve it",
            "Add a new entry with `copydesk claims add`.",
        )
    if not entry.evidence:
        refuse(
            f"{entry.id} has no evidence, so there is nothing to approve it by",
            f"Add a [[claim.evidence]] with doi, pmid or url below it in {desk.shown}.",
        )
    if entry.expires is not None and entry.expires < desk.site.today:
        refuse(
            f"{entry.id} ended on {entry.expires.isoformat()}, so it would not hold",
            "Look at the evidence again and give a new last day with --expires.",
        )
    if any(each.by == by for each in entry.valid):
        refuse(
            f"{by} approved {entry.id} already, and one person counts once",
            f"Its sign-off has {missing(entry, desk.site.people) or 'all it needs'}.",
        )


def _show(desk: Desk, plan: SignOff) -> None:
    """Show what is signed: every word that the sign-off is about."""
    people: dict[str, Person] = dict(desk.site.people)
    say(entry_lines(plan.entry, people, desk.site.today))
    for each in plan.gone:
        day = each.date.isoformat()
        say([f"The approval of {each.by} from {day} counts no longer; it is taken out."])
