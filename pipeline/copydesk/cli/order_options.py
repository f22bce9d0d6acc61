"""The flags by which a person says what a run is to do beyond bringing posts to a target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from copydesk.orders import Asked

Command = TypeVar("Command", bound=Callable[..., Any])

to_option = click.option(
    "--to", default="", metavar="TARGET", help="The target; else the default one."
)
yes_option = click.option(
    "--yes",
    is_flag=True,
    help="Write without asking; needed without a terminal. A folder is never asked about.",
)
_ORDER = (
    click.option(
        "--go-live",
        is_flag=True,
        help="Make drafts on the target public, once they were read back and found right.",
    ),
    click.option(
        "--due",
        is_flag=True,
        help="Only scheduled posts whose hour has come, and the links around them; for cron.",
    ),
    click.option(
        "--overwrite",
        multiple=True,
        metavar="POST",
        help="Write over what a person changed in this post there. May be repeated.",
    ),
    click.option(
        "--take-theirs",
        multiple=True,
        metavar="POST",
        help="Let stand what a person changed in this post there. May be repeated.",
    ),
)


def order_options(command: Command) -> Command:
    """Add the flags that `plan`, `publish` and `run` share."""
    for option in reversed(_ORDER):
        command = option(command)
    return command


def asked_of(given: dict[str, Any]) -> Asked:
    """Return what the flags of `order_options` ask for."""
    overwrite, theirs = tuple(given["overwrite"]), tuple(given["take_theirs"])
    return Asked(given["go_live"], given["due"], overwrite, theirs)
