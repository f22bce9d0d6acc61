"""`copydesk claims`: one group, whose commands are imported only when they are called."""

from __future__ import annotations

from importlib import import_module

import click

#: Each command's module, which has a function `command()` that returns it; in the order of help.
PARTS: dict[str, str] = {
    "list": "copydesk_plugins.claims.commands.list_claims",
    "show": "copydesk_plugins.claims.commands.show",
    "add": "copydesk_plugins.claims.commands.add",
    "approve": "copydesk_plugins.claims.commands.approve",
    "withdraw": "copydesk_plugins.claims.commands.withdraw",
    "where-used": "copydesk_plugins.claims.commands.where_used",
    "expiring": "copydesk_plugins.claims.commands.expiring",
    "sources": "copydesk_plugins.claims.commands.sources",
    "sheet": "copydesk_plugins.claims.commands.sheet",
    "review": "copydesk_plugins.claims.commands.review",
}


class ClaimsGroup(click.Group):
    """Finds its commands by name in `PARTS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in PARTS:
            return None
        command = import_module(PARTS[cmd_name]).command()
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; an unknown one gets a hint at the nearest."""
        from copydesk.api import did_you_mean

        if args and args[0] not in PARTS and not args[0].startswith("-"):
            raise click.UsageError(
                f"No such command {args[0]!r}. {did_you_mean(args[0], tuple(PARTS))}", ctx
            )
        return super().resolve_command(ctx, args)


def command() -> click.Command:
    """Return the group."""
    return ClaimsGroup(
        "claims",
        help="Find claims, and keep the register of those that people have approved.\n\n"
        "The register is claims.toml at the site's root: statements with their evidence, who "
        "approved them, and until when they hold. It belongs into git.",
        epilog="Example: copydesk claims expiring",
    )
