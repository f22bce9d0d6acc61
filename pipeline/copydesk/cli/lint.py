"""`copydesk lint`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import check_options, judge, paths_argument


@click.command("lint", epilog="Examples: copydesk lint posts/fees.md   copydesk lint drafts/ --all")
@paths_argument
@check_options
def command(paths: tuple[Path, ...], **given: Any) -> int:
    """Check drafts while you write.

    PATH is a post or a folder of posts; without one, the current folder. Says where each
    finding is, what is wrong, and the way out. Exits with 0 when there is no
    error, 1 for errors (or what --fail-on says), 2 when something could not be done.
    """
    return judge(paths, given)
