"""`copydesk publish`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from copydesk import plan_files
from copydesk.cli import edition as editions
from copydesk.cli import publication
from copydesk.cli.common import check_options, fail, posts_argument
from copydesk.cli.order_options import asked_of, order_options, to_option, yes_option
from copydesk.model.change import Order
from copydesk.model.finding import CopydeskError, Failure
from copydesk.orders import Asked, agree
from copydesk.plan_files import Saved
from copydesk.runner import CheckedSite


@click.command(
    "publish",
    epilog="Examples: copydesk publish --to clinic   copydesk publish --plan plan.json   "
    "copydesk publish --to clinic --due --go-live --yes",
)
@posts_argument
@to_option
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Carry out exactly this saved plan, or nothing.",
)
@order_options
@yes_option
@check_options
def command(paths: tuple[Path, ...], to: str, plan_file: Path | None, **given: Any) -> int:
    """Publish posts, or carry out a saved plan.

    POST is a post, by its path or its id, or a folder; without one, the current folder. The plan
    is shown first. Posts with errors are held back. A content management system gets drafts,
    unless --go-live says otherwise, and you are asked before anything is written there. With
    --plan, nothing is written when a source or the target moved since the plan was saved.
    """
    asked = asked_of(given)
    try:
        saved = plan_files.load(plan_file) if plan_file else None
    except CopydeskError as error:
        return fail([error.failure])
    orders: editions.Orders = asked.resolve
    if saved is not None:
        to = to or next((each.target for each in saved), "")
        paths = paths or tuple(path for each in saved for path in each.paths)
        orders = _orders_of(saved, asked)
    edition = editions.make(paths, given, to, orders, may_idle=saved is None)
    try:
        with publication.printed_to(given["output"]):
            _publish(edition, saved, given)
        return publication.done(edition)
    finally:
        edition.session.close()


def _publish(
    edition: editions.Edition, saved: Sequence[Saved] | None, given: dict[str, Any]
) -> None:
    if given["output_format"] == "text":
        if edition.idle:
            fail(edition.checked_failures())
            return
        publication.show_findings(edition, given)
        publication.show_plan(edition, given["show_all"])
    problem = _moved(saved, edition) if saved is not None else None
    if problem is None:
        publication.carry_out(edition, given)
        return
    edition.failures.append(problem)
    if given["output_format"] == "json":
        publication.write_json(edition)


def _orders_of(saved: Sequence[Saved], asked: Asked) -> editions.Orders:
    """Return what gives each site the order that its saved plan was made for.

    It raises CopydeskError where the plan is about other sites, or other flags were given.
    """

    def orders(sites: Sequence[CheckedSite], to: str) -> list[Order]:
        if len(sites) != len(saved):
            raise CopydeskError(_other_sites())
        for given, each in zip(asked.resolve(sites, to), saved, strict=True):
            if not agree(given, each.order):
                message = "nothing was published, because the plan was saved for something else"
                help = "Leave out the flags that it was not made with, or make a new plan."
                raise CopydeskError(Failure("arguments", message, help))
        return [each.order for each in saved]

    return orders


def _other_sites() -> Failure:
    return Failure(
        "site",
        "the saved plan is about other sites",
        "Run it from the same folder with the same paths, or make a new plan.",
    )


def _moved(saved: Sequence[Saved], edition: editions.Edition) -> Failure | None:
    """Return why a saved plan is no longer true, or None."""
    plans = [each.plan for each in edition.publications]
    if len(plans) != len(saved):
        return _other_sites()
    found = [
        text
        for old, new in zip(saved, plans, strict=True)
        for text in plan_files.moved(old.plan, new)
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
