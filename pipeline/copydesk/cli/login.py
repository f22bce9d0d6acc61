"""`copydesk login NAME`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from copydesk import credentials
from copydesk.cli.sites import config_of
from copydesk.config import Flags
from copydesk.model.extension import TargetSettings
from copydesk.model.finding import CopydeskError, Failure

#: More than any secret has; what is longer is refused, not cut.
_MOST_BYTES = 8 * credentials.MOST_CHARACTERS


@click.command("login", epilog="Example: copydesk login clinic")
@click.argument("name")
@click.option("--remove", is_flag=True, help="Take the secret out of the keyring again.")
@click.option(
    "--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this configuration."
)
def command(name: str, remove: bool, config: Path | None) -> int:
    """Store the secret of the target NAME in the keyring of this system.

    The secret is bound to the address in copydesk.toml and is never sent anywhere else. It is
    typed without being shown, or read from standard input; it never stands in the command.
    """
    target = config_of(Path(), config, Flags()).target(name)
    if target.path is not None and not target.url:
        click.echo(f"{name} writes into a folder of this machine and needs no secret.")
        return 0
    if not target.url:
        raise CopydeskError(
            Failure(
                "target",
                f"targets.{name} has no url, so there is nowhere to send a secret",
                f'Write url = "https://..." below [targets.{name}] in copydesk.toml.',
            )
        )
    return _remove(target) if remove else _store(target)


def _store(target: TargetSettings) -> int:
    # Before anybody types a secret for nothing.
    origin = credentials.require_keyring(target.name, target.url)
    if sys.stdin.isatty():
        click.echo(f"The secret of {target.name} will be sent to {origin} and to no other host.")
        typed = click.prompt("Secret (it is not shown)", hide_input=True)
    else:
        typed = credentials.decode_secret(sys.stdin.buffer.read(_MOST_BYTES))
    credentials.store_secret(target.name, target.url, credentials.read_secret(typed))
    click.echo(f"Stored in the keyring: the secret of {target.name}, for {origin} only.")
    click.echo("Next: copydesk doctor")
    return 0


def _remove(target: TargetSettings) -> int:
    origin = credentials.remove_secret(target.name, target.url)
    if not origin:
        click.echo(f"The keyring holds no secret of {target.name} for its address.")
        return 0
    click.echo(f"Removed from the keyring: the secret of {target.name} for {origin}.")
    return 0
