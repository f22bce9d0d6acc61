"""`copydesk baseline write` and `copydesk baseline show`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from copydesk import accepting, baseline
from copydesk.cli.common import fail, options, options_of, paths_argument, progress
from copydesk.config import Flags
from copydesk.model.finding import CopydeskError
from copydesk.runner import Session
from copydesk.site_search import find_sites
from copydesk.terminal import harmless


@click.group("baseline")
def command() -> None:
    """Accept what old posts hold today, so that `check` counts only what is new.

    The baseline stands in baseline.json at the site's root and belongs into git. It never grows:
    each time something is mended it gets shorter.
    """


@command.command(
    "write", epilog="Examples: copydesk baseline write   copydesk baseline write clinics/north"
)
@paths_argument
@options("config", "plugin", "no-external-plugins", "no-cache", "now", "jobs")
def write(paths: tuple[Path, ...], **given: Any) -> int:
    """Accept today's findings, or drop those that are mended.

    PATH is a site's folder or a post; without one, the current folder. Where there is no
    baseline yet, all findings of these posts are accepted, errors, warnings and notes, but for
    those with a waiver. Where there is one, findings that are gone are dropped from it and none
    is added. Exits with 2, and says why, when something could not be judged; what is accepted of
    such posts stays.
    """
    from copydesk.results import RunResults

    session = Session(options_of({**given, "select": (), "ignore": (), "fail_on": ""}))
    try:
        with progress("Checking") as tick:
            session.check(paths, tick)
        results = RunResults(session, use_baseline=True)
        code = fail(results.failures) if results.failures else 0
        for number, checked in enumerate(session.sites):
            try:
                done = accepting.write(results, number, checked)
                click.echo(harmless(f"{done.path}: {done.message}"))
            except CopydeskError as error:
                code = fail([error.failure])
        return code
    finally:
        session.close()


@command.command("show", epilog="Example: copydesk baseline show")
@paths_argument
@click.option(
    "--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this configuration."
)
def show(paths: tuple[Path, ...], config: Path | None) -> int:
    """Show how many findings are accepted, of which rules, and in which posts."""
    found = find_sites(paths, config, Flags())
    code = fail(found.all_failures()) if found.all_failures() else 0
    for settings, _ in found.sites:
        try:
            for line in accepting.shown(baseline.load(settings.root)):
                click.echo(harmless(line))
        except CopydeskError as error:
            code = fail([error.failure])
    return code
