"""`copydesk check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import check_options, judge, paths_argument


@click.command(
    "check", epilog="Examples: copydesk check   copydesk check clinics/north --format json"
)
@paths_argument
@check_options
def command(paths: tuple[Path, ...], **given: Any) -> int:
    """Check a whole site against its policy, as CI does.

    PATH is a site's folder or a post; without one, the current folder. Posts are judged under
    `[check]` of the site's copydesk.toml. Exits with 0 when nothing counts, 1 for findings that
    the policy counts, 2 when something could not be done.
    """
    return judge(paths, given)
