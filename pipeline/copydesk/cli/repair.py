"""`copydesk repair`."""

from __future__ import annotations

from typing import Any

import click

from copydesk.cli.at_target import carry_out, target_options
from copydesk.cli.order_options import to_option, yes_option
from copydesk.orders import Asked


@click.command("repair", epilog="Example: copydesk repair --to clinic")
@to_option
@yes_option
@target_options
def command(to: str, **given: Any) -> int:
    """Put the previous and next links right on a target, and change nothing else.

    The plan is shown, and you are asked. What `copydesk verify` says of links is mended by this.
    """
    return carry_out(given, to, Asked(repair=True))
