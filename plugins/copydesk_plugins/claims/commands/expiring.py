"""`copydesk claims expiring`."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click

from copydesk.api import failure_to_json
from copydesk_plugins.claims.commands.asking import Given, fail, format_flag, say, site_flags
from copydesk_plugins.claims.commands.desk import open_desk
from copydesk_plugins.claims.commands.showing import use_lines
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.uses import Uses, uses_in


def command() -> click.Command:
    """Return the command."""

    @click.command(
        "expiring",
        epilog="Examples: copydesk claims expiring   copydesk claims expiring --within 90",
    )
    @click.option(
        "--within",
        type=click.IntRange(0, 36500),
        default=60,
        show_default=True,
        metavar="DAYS",
        help="How many days to look ahead.",
    )
    @format_flag
    @site_flags
    def expiring(within: int, form: str, **given: Any) -> int:
        """List approved entries that end soon or have ended, with the posts that use them.

        Exits with 1 where an entry has ended: its sentences are findings again.
        """
        desk = open_desk(None, Given(**given))
        today = desk.site.today
        entries = _ending(desk.book.entries, today, within)
        found = uses_in(desk.site, {each.id for each in entries}) if entries else Uses((), ())
        failures = [*desk.book.all_failures, *found.failures]
        ended = any(each.standing(today) == "expired" for each in entries)
        if form == "json":
            report = {
                "version": 1,
                "entries": [_json(each, found, today) for each in entries],
                "failures": [failure_to_json(each) for each in failures],
            }
            click.echo(json.dumps(report))
            return 2 if failures else int(ended)
        for each in entries:
            say([f"{each.id}   {_when(each, today)}   “{each.statement}”"])
            say(use_lines(found.of(each.id)))
        number = len(entries) or "No"
        plural = "entry ends" if number == 1 else "entries end"
        say([f"{number} {plural} within {within} days or ended before"])
        return fail(failures) or int(ended)

    return expiring


def _ending(entries: tuple[Entry, ...], today: date, within: int) -> list[Entry]:
    """Return the approved entries that end within some days, the first to end first."""
    found = [
        each
        for each in entries
        if each.status == "approved"
        and each.expires is not None
        and (each.expires - today).days <= within
    ]
    return sorted(found, key=lambda each: (each.expires or today, each.id))


def _when(entry: Entry, today: date) -> str:
    day = entry.expires.isoformat() if entry.expires else ""
    return f"ended on {day}" if entry.standing(today) == "expired" else f"ends on {day}"


def _json(entry: Entry, found: Uses, today: date) -> dict[str, Any]:
    return {
        "id": entry.id,
        "statement": entry.statement,
        "expires": entry.expires.isoformat() if entry.expires else None,
        "expired": entry.standing(today) == "expired",
        "uses": [each.as_json for each in found.of(entry.id)],
    }
