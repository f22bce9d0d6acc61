"""`copydesk plan`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copydesk import plan_files
from copydesk.cli import edition as editions
from copydesk.cli import publication
from copydesk.cli.common import check_options, fail, posts_argument
from copydesk.cli.order_options import asked_of, order_options, to_option
from copydesk.model.finding import CopydeskError
from copydesk.publishing import Publication
from copydesk.sources import shown_path


@click.command(
    "plan", epilog="Examples: copydesk plan   copydesk plan --to clinic --go-live --out plan.json"
)
@posts_argument
@to_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Save the plan for `publish --plan FILE`.",
)
@order_options
@check_options
def command(paths: tuple[Path, ...], to: str, out: Path | None, **given: Any) -> int:
    """Show what publishing would change, and write nothing.

    POST is a post, by its path or its id, or a folder; without one, the current folder. Exits
    with 1 when a post that is due is held back, 2 when something could not be done.
    """
    edition = editions.make(paths, {**given, "out": out}, to, asked_of(given).resolve)
    try:
        with publication.printed_to(given["output"]):
            if given["output_format"] == "json":
                publication.write_json(edition)
            else:
                publication.show_findings(edition, given)
                publication.show_plan(edition, given["show_all"])
        if out is not None:
            plan_files.save(out, [_saved(each) for each in edition.publications])
            click.echo(f"Saved. `copydesk publish --plan {out}` carries it out.", err=True)
        return publication.done(edition)
    except CopydeskError as error:
        return fail([error.failure])
    finally:
        edition.session.close()


def _saved(each: Publication) -> plan_files.Saved:
    asked = None if each.asked is None else tuple(each.asked)
    plan = plan_files.plan_to_json(each.plan)
    return plan_files.Saved(shown_path(each.view.site.root), asked, each.view.order, plan)
