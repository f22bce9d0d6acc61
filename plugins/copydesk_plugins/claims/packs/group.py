"""`copydesk packs`: list, check and grow the vocabulary of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.api import Failure, harmless

if TYPE_CHECKING:
    import click


def load() -> click.Command:
    """Return the group with its commands; click is imported here and not before."""
    import click

    from copydesk_plugins.claims.packs.check_command import command as check
    from copydesk_plugins.claims.packs.grow_command import command as grow
    from copydesk_plugins.claims.packs.list_command import command as show

    @click.group("packs")
    def packs() -> None:
        """List, check and grow the words that claims are found by.

        A pack is a spreadsheet of terms: treatments, conditions, parts of the body, outcomes.
        docs/packs.md says how to edit one and how to add your own.
        """

    for make in (show, check, grow):
        packs.add_command(make())
    return packs


def told(failure: Failure) -> str:
    """Return a failure as a line for people."""
    place = f"{failure.place} " if failure.place else ""
    return harmless(f"failed {place}{failure.message}. {failure.help}")


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with the noun that it counts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
