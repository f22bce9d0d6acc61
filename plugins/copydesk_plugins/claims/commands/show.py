"""`copydesk claims show`."""

from __future__ import annotations

import json
from typing import Any

import click

from copydesk.api import did_you_mean, failure_to_json
from copydesk_plugins.claims.commands.asking import Given, fail, format_flag, say, site_flags
from copydesk_plugins.claims.commands.desk import Desk, open_desk, refuse
from copydesk_plugins.claims.commands.show_proposition import is_id, show_proposition
from copydesk_plugins.claims.commands.showing import entry_json, entry_lines
from copydesk_plugins.claims.register.entry import Entry


def command() -> click.Command:
    """Return the command."""

    @click.command(
        "show",
        epilog="Examples: copydesk claims show   copydesk claims show massage-back-pain   "
        "copydesk claims show 3f0c12ab",
    )
    @click.argument("id", required=False, metavar="[ID]")
    @format_flag
    @site_flags
    def show(id: str | None, form: str, **given: Any) -> int:
        """Show an entry of the register with its evidence and sign-off, or all entries.

        ID may also be that of a statement, as `copydesk lint` and `claims list --format json`
        name it: then all sentences of the site that say it are shown, with the ways out.
        Exits with 2 where something is wrong with the register; what is right is shown.
        """
        desk = open_desk(None, Given(**given), whole=False)
        if id and is_id(id) and desk.book.find(id) is None:
            return show_proposition(desk.site, id, form)
        entries = _chosen(desk, id)
        failures = desk.book.all_failures
        today = desk.site.today
        if form == "json":
            report = {
                "version": 1,
                "entries": [entry_json(each, today) for each in entries],
                "failures": [failure_to_json(each) for each in failures],
            }
            click.echo(json.dumps(report))
            return 2 if failures else 0
        for each in entries:
            say(entry_lines(each, desk.site.people, today))
        if id is None:
            number = len(entries)
            say([f"{number} {'entry' if number == 1 else 'entries'} in {desk.shown}"])
        return fail(failures)

    return show


def _chosen(desk: Desk, id: str | None) -> tuple[Entry, ...]:
    if id is None:
        return desk.book.entries
    found = desk.book.find(id)
    if found is None and desk.book.failures:
        fail(desk.book.failures)
        refuse(f"{id} is not among what can be read of {desk.shown}", "Mend what failed above.")
    if found is None:
        ids = tuple(each.id for each in desk.book.entries)
        hint = did_you_mean(id, ids) if ids else "Add one with `copydesk claims add`."
        refuse(f"there is no entry {id} in {desk.shown}", hint)
    return (found,)
