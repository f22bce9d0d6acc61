"""`copydesk check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import check_options, judge


@click.command("check", epilog="Examples: copydesk check   copydesk check clinics/north")
@click.argument(
    "sites",
    nargs=-1,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="[SITE]...",
)
@check_options
def command(sites: tuple[Path, ...], **given: Any) -> int:
    """Check whole sites against their policy, as CI does.

    SITE is a folder; without one, the current folder. All posts of the site are judged under
    `[check]` of its copydesk.toml. Exits with 0, 1 for findings that the policy counts, 2 when
    something could not be done.
    """
    return judge(sites, given)
