"""`copydesk claims withdraw`."""

from __future__ import annotations

from typing import Any

import click

from copydesk_plugins.claims.commands.asking import Given, agreed, fail, say, site_flags, yes_flag
from copydesk_plugins.claims.commands.desk import open_desk, refuse
from copydesk_plugins.claims.commands.showing import entry_lines, use_lines
from copydesk_plugins.claims.register.changing import with_withdrawal
from copydesk_plugins.claims.register.entry import Withdrawal
from copydesk_plugins.claims.register.uses import uses_in


def command() -> click.Command:
    """Return the command."""

    @click.command(
        "withdraw",
        epilog="Example: copydesk claims withdraw massage-back-pain "
        '--reason "The trial was retracted." --by mara',
    )
    @click.argument("id", metavar="ID")
    @click.option("--reason", required=True, metavar="TEXT", help="Why, in a sentence.")
    @click.option(
        "--by", required=True, metavar="NAME", help="Who withdraws it: a name of [people]."
    )
    @yes_flag
    @site_flags
    def withdraw(id: str, reason: str, by: str, yes: bool, **given: Any) -> int:
        """Take back an entry, and list every sentence that rests on it.

        The entry stays in the register as withdrawn, so that the same words are not approved
        again by mistake. Sentences that use it are findings from then on; published posts stay
        as they are until they are published anew.
        """
        desk = open_desk(None, Given(**given))
        entry, reason = desk.entry(id), " ".join(reason.split())
        withdrawal = Withdrawal(desk.person(by), desk.site.today, reason)
        if not reason:
            refuse("withdrawing an entry needs a reason", 'Say why in a sentence: --reason "..."')
        if entry.status == "withdrawn":
            refuse(f"{id} was withdrawn before", f"See `copydesk claims show {id}`.")
        text = with_withdrawal(desk.text, desk.place(id), withdrawal)
        after = entry._replace(status="withdrawn", withdrawal=withdrawal, sound=True)
        say(entry_lines(after, desk.site.people, desk.site.today))
        found = uses_in(desk.site, {id})
        say(use_lines(found.uses))
        posts = len({each.path for each in found.uses})
        number = len(found.uses)
        say(
            [
                f"{number} sentence{'' if number == 1 else 's'} in {posts} "
                f"post{'' if posts == 1 else 's'} will be findings."
            ]
        )
        if not agreed(desk.shown, yes):
            return 2
        desk.save(text, id)
        say([f"{by} withdrew {id} in {desk.shown}. Please commit the change."])
        return fail(found.failures)

    return withdraw
