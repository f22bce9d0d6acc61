"""`copydesk new-plugin DIR`."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.model.finding import CopydeskError
from copydesk.new_plugin import write_plugin


@click.command("new-plugin", epilog="Example: copydesk new-plugin my-rules")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def command(folder: Path) -> int:
    """Start a plugin of your own in DIR: one rule, its tests, and how to install it.

    Nothing that is there already is overwritten.
    """
    try:
        written = write_plugin(folder)
    except CopydeskError as error:
        raise click.ClickException(f"{error.failure.message}. {error.failure.help}") from None
    for path in written:
        click.echo(f"wrote {path}")
    rule_file = written[0]
    click.echo(f"Try it: copydesk lint posts --plugin {rule_file}")
    return 0
