"""`copydesk check`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import check_options, judge, paths_argument


class _Check(click.Command):
    """`check`, with a REF that cannot be taken for another option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse `--changed=--other`, of which click would make two options."""
        given = args[: args.index("--")] if "--" in args else args
        for each in given:
            name, _, ref = each.partition("=")
            if name == "--changed" and ref.startswith("-"):
                raise click.UsageError(
                    f"{ref!r} is no revision. Name a branch, a tag or a commit: origin/main.", ctx
                )
        return super().parse_args(ctx, args)


@click.command(
    "check",
    cls=_Check,
    epilog="Examples: copydesk check   copydesk check clinics/north --format json   "
    "copydesk check --changed origin/main",
)
@paths_argument
@click.option("--no-baseline", is_flag=True, help="Count the findings from before, too.")
@click.option(
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[REF]",
    help="Judge only posts that changed since a git revision, such as origin/main; without one, "
    "what is not committed yet. Before a path, write --changed=HEAD.",
)
@check_options
def command(paths: tuple[Path, ...], no_baseline: bool, **given: Any) -> int:
    """Check a whole site against its policy, as CI does.

    PATH is a site's folder or a post; without one, the current folder. A folder that is no site
    but holds some means all of them. Posts are judged under `[check]` of the site's copydesk.toml.
    Findings that the site's baseline.json accepts do not count. Exits with 0 when nothing counts
    (with --changed also when no post changed), 1 for findings that the policy counts, 2 when
    something could not be done.
    """
    return judge(paths, given, use_baseline=not no_baseline)
