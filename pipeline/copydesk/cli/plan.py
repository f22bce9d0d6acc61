"""`copydesk plan`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copydesk import plan_files
from copydesk.cli import publication
from copydesk.cli.common import check_options, fail, paths_argument
from copydesk.model.finding import CopydeskError


@click.command("plan", epilog="Examples: copydesk plan   copydesk plan --out plan.json")
@paths_argument
@click.option("--to", default="", metavar="TARGET", help="The target; else the default one.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Save the plan for `publish --plan FILE`.",
)
@check_options
def command(paths: tuple[Path, ...], to: str, out: Path | None, **given: Any) -> int:
    """Show what publishing would change, and write nothing.

    PATH is a post or a folder; without one, the current folder. Exits with 1 when a post that
    is due is held back, 2 when something could not be done.
    """
    edition = publication.make(paths, {**given, "out": out}, to, previews=False)
    try:
        with publication.printed_to(given["output"]):
            if given["output_format"] == "json":
                publication.write_json(edition)
            else:
                publication.show_findings(edition, given)
                publication.show_plan(edition, given["show_all"])
        if out is not None:
            plan_files.save(out, [each.plan for each in edition.publications])
            click.echo(f"Saved. `copydesk publish --plan {out}` carries it out.", err=True)
        return publication.done(edition)
    except CopydeskError as error:
        return fail([error.failure])
    finally:
        edition.session.close()
