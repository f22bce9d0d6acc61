"""`copydesk undo`."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any, NamedTuple

import click

from copydesk.cli import at_target, publication
from copydesk.cli.common import fail
from copydesk.cli.edition import Edition
from copydesk.cli.order_options import to_option, yes_option
from copydesk.codec import failure_to_json
from copydesk.model.change import Order
from copydesk.model.extension import Run, Undoes
from copydesk.model.finding import CopydeskError
from copydesk.orders import Asked, refuse_unfit
from copydesk.publishing import open_target, standing_view
from copydesk.sources import shown_path
from copydesk.terminal import harmless


class _Listed(NamedTuple):
    site: str
    target: str
    run: Run


@click.command("undo", epilog="Examples: copydesk undo --to clinic   copydesk undo RUN --to clinic")
@click.argument("run", default="", metavar="[RUN]")
@to_option
@yes_option
@at_target.target_options
def command(run: str, to: str, **given: Any) -> int:
    """Take back what a run wrote to a target; without RUN, list the runs.

    Posts that the run changed get their text back, posts that it made go back to draft. What a
    person changed there since is left alone. The plan is shown, and you are asked. Your sources
    stay as they are.
    """
    if run:
        return at_target.carry_out(given, to, Asked(undo=run))
    edition = at_target.look(given)
    try:
        found = _runs(edition, to)
        with publication.printed_to(given["output"]):
            if given["output_format"] == "json":
                _write_json(edition, found)
            else:
                _show(edition, found)
        fail([*edition.checked_failures(), *edition.failures])
        return edition.exit_code()
    finally:
        edition.session.close()


def _runs(edition: Edition, to: str) -> list[_Listed]:
    """Return the runs of each site's target, the newest first; no host is asked."""
    found = []
    for checked in edition.session.sites:
        root = checked.site.root
        try:
            opened = open_target(checked, to)
            name, target = opened.settings.name, opened.target
            refuse_unfit(Order(undo="any"), name, isinstance(target, Undoes))
            if isinstance(target, Undoes):
                runs = target.runs(standing_view(checked, opened))
                found += [_Listed(shown_path(root), name, each) for each in runs]
        except CopydeskError as error:
            edition.fail(root, error)
    return found


def _show(edition: Edition, found: list[_Listed]) -> None:
    many = len(edition.session.sites) > 1
    for each in found:
        when = f"{each.run.when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        site = f"{each.site}  " if many else ""
        click.echo(harmless(f"{site}{each.run.id}   {when}   {each.run.what}"))
    if found:
        click.echo(harmless(f"To take one back: copydesk undo RUN --to {found[0].target}"))
    elif not edition.failures:
        click.echo("There is no run that could be taken back.")


def _write_json(edition: Edition, found: list[_Listed]) -> None:
    runs = [
        {
            "site": each.site,
            "target": each.target,
            "id": each.run.id,
            "when": each.run.when.astimezone(UTC).isoformat(),
            "what": each.run.what,
        }
        for each in found
    ]
    failures = [*edition.checked_failures(), *edition.failures]
    value = {"version": 1, "runs": runs, "failures": [failure_to_json(each) for each in failures]}
    click.echo(json.dumps(value, indent=1))
