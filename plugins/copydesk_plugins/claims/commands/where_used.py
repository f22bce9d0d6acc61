"""`copydesk claims where-used`."""

from __future__ import annotations

import json
from typing import Any

import click

from copydesk.api import failure_to_json
from copydesk_plugins.claims.commands.asking import Given, fail, format_flag, say, site_flags
from copydesk_plugins.claims.commands.desk import open_desk
from copydesk_plugins.claims.commands.showing import use_lines
from copydesk_plugins.claims.register.uses import uses_in


def command() -> click.Command:
    """Return the command."""

    @click.command("where-used", epilog="Example: copydesk claims where-used massage-back-pain")
    @click.argument("id", metavar="ID")
    @format_flag
    @site_flags
    def where_used(id: str, form: str, **given: Any) -> int:
        """List every sentence that says what an entry says, and where its post is public.

        All posts of the site are looked at, drafts too.
        """
        desk = open_desk(None, Given(**given))
        entry = desk.entry(id)
        found = uses_in(desk.site, {id})
        failures = [*desk.book.all_failures, *found.failures]
        if form == "json":
            report = {
                "version": 1,
                "entry": entry.id,
                "uses": [each.as_json for each in found.uses],
                "failures": [failure_to_json(each) for each in failures],
            }
            click.echo(json.dumps(report))
            return 2 if failures else 0
        say(use_lines(found.uses))
        number, posts = len(found.uses), len({each.path for each in found.uses})
        sentences = f"{number} sentence{'' if number == 1 else 's'}"
        say([f"{id}: {sentences} in {posts} post{'' if posts == 1 else 's'}"])
        return fail(failures)

    return where_used
