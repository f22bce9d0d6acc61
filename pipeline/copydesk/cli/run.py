"""`copydesk run`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from copydesk.cli import edition as editions
from copydesk.cli import publication
from copydesk.cli.common import check_options, fail, posts_argument
from copydesk.cli.order_options import asked_of, order_options, to_option, yes_option
from copydesk.terminal import harmless


@click.command("run", epilog="Examples: copydesk run posts   copydesk run .")
@posts_argument
@to_option
@order_options
@yes_option
@check_options
def command(paths: tuple[Path, ...], to: str, **given: Any) -> int:
    """Check, link and publish everything that is due.

    POST is a post, by its path or its id, or a folder; without one, the current folder. Posts
    with errors are held back; drafts and posts held back become previews beside the site. Exits
    with 1 when a post that is due was held back, 2 when something could not be done.
    """
    orders = asked_of(given).resolve
    edition = editions.make(paths, given, to, orders, previews=True, may_idle=True)
    try:
        with publication.printed_to(given["output"]):
            _publish(edition, given)
        return publication.done(edition)
    finally:
        edition.session.close()


def _publish(edition: editions.Edition, given: dict[str, Any]) -> None:
    if given["output_format"] == "json":
        publication.carry_out(edition, given)
        return
    if edition.idle:
        fail(edition.checked_failures())
        return
    publication.show_findings(edition, given)
    publication.show_plan(edition, given["show_all"])
    publication.carry_out(edition, given, files_too=False)
    _say_where(edition)


def _say_where(edition: editions.Edition) -> None:
    """Say in plain words what is online now and which page to open."""
    for each in edition.publications:
        if each.opened.drafts:
            continue
        public = sum(
            change.kind == "post"
            and change.action in ("create", "update", "links only", "unchanged", "kept")
            for change in each.plan.changes
        )
        folder = each.settings.path
        posts = "post is" if public == 1 else "posts are"
        site = edition.name_of(each.view.site.root)
        about = f"Done, {harmless(site)}" if site else "Done"
        files = publication.written([each])
        # Where a person carries posts over, nobody here knows how many are on the site.
        known = "" if each.opened.takes_orders else f"{public} {posts} on the site; "
        click.echo(f"{about}: {known}{files} written or removed.")
        if folder is not None:
            _open(folder / "index.html", "Open")
            _open(folder.with_name(folder.name + "-preview") / "index.html", "Previews")


def _open(page: Path, word: str) -> None:
    if page.is_file():
        relative = os.path.relpath(page)
        click.echo(f"{word}: {page if relative.startswith('..') else relative}")
