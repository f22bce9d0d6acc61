"""`copydesk unpublish`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from copydesk.cli.at_target import carry_out, target_options
from copydesk.cli.order_options import to_option, yes_option
from copydesk.orders import Asked


@click.command(
    "unpublish",
    epilog="Examples: copydesk unpublish fees --to clinic   "
    "copydesk unpublish posts/fees.md --to clinic --yes",
)
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@to_option
@yes_option
@target_options
def command(posts: tuple[str, ...], to: str, **given: Any) -> int:
    """Take posts that are public on a target back to draft.

    POST is a post, by its path or its id; its source may be gone. The plan is shown, and you are
    asked. First the links of its neighbours are changed, then the post goes back to draft. Nothing
    is deleted, and the source stays as it is: change its state, or the next publish with --go-live
    brings it back.
    """
    paths = [Path(each) for each in posts if os.path.lexists(each)]
    if len(paths) < len(posts):
        paths.append(Path())
    return carry_out(given, to, Asked(unpublish=posts), paths)
