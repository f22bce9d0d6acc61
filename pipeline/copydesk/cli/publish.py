"""`copydesk publish`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copydesk import plan_files
from copydesk.cli import publication
from copydesk.cli.common import check_options, fail, paths_argument
from copydesk.model.change import WRITES
from copydesk.model.finding import CopydeskError, Failure


@click.command("publish", epilog="Examples: copydesk publish   copydesk publish --plan plan.json")
@paths_argument
@click.option("--to", default="", metavar="TARGET", help="The target; else the default one.")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Carry out exactly this saved plan, or nothing.",
)
@check_options
def command(paths: tuple[Path, ...], to: str, plan_file: Path | None, **given: Any) -> int:
    """Publish posts, or carry out a saved plan.

    The plan is shown first. Posts with errors are held back. With --plan, nothing is written
    when a source or the target moved since the plan was saved.
    """
    try:
        saved = plan_files.load(plan_file) if plan_file else None
    except CopydeskError as error:
        return fail([error.failure])
    if saved is not None and not to:
        to = str(saved[0].get("target", "")) if saved else ""
    edition = publication.make(paths, given, to, previews=False)
    try:
        with publication.printed_to(given["output"]):
            _publish(edition, saved, given)
        return publication.done(edition)
    finally:
        edition.session.close()


def _publish(
    edition: publication.Edition, saved: list[dict[str, Any]] | None, given: dict[str, Any]
) -> None:
    as_json = given["output_format"] == "json"
    if not as_json:
        publication.show_findings(edition, given)
        publication.show_plan(edition, given["show_all"])
    problem = _moved(saved, edition) if saved is not None else None
    if problem is not None:
        edition.failures.append(problem)
    else:
        publication.apply(edition)
    if as_json:
        publication.write_json(edition)
    elif problem is None:
        written = sum(
            receipt.done and receipt.change.action in WRITES for receipt in edition.receipts
        )
        click.echo(f"Done: {written} {'file' if written == 1 else 'files'} written or removed.")


def _moved(saved: list[dict[str, Any]], edition: publication.Edition) -> Failure | None:
    """Return why a saved plan is no longer true, or None."""
    plans = [each.plan for each in edition.publications]
    if len(plans) != len(saved):
        return Failure(
            "site",
            "the saved plan is about other sites",
            "Run it from the same folder with the same paths, or make a new plan.",
        )
    found = [
        text for old, new in zip(saved, plans, strict=True) for text in plan_files.moved(old, new)
    ]
    if not found:
        return None
    more = f" and {len(found) - 5} more" if len(found) > 5 else ""
    return Failure(
        "site",
        "nothing was published, because things moved since the plan was "
        "saved: " + "; ".join(found[:5]) + more,
        "Look at the new plan above; save it with copydesk plan --out FILE.",
    )
