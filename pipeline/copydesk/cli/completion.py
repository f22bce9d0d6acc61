"""`copydesk completion`."""

from __future__ import annotations

import click


@click.command("completion", epilog='Example: eval "$(copydesk completion bash)"')
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def command(shell: str) -> int:
    """Print the completion script for a shell; your shell's start-up file evaluates it."""
    from click.shell_completion import get_completion_class

    from copydesk.cli.main import cli

    found = get_completion_class(shell)
    if found is None:
        raise click.ClickException(f"there is no completion for {shell}")
    click.echo(found(cli, {}, "copydesk", "_COPYDESK_COMPLETE").source())
    return 0
