"""`copydesk run`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from copydesk.cli import publication
from copydesk.cli.common import check_options, paths_argument
from copydesk.model.change import WRITES
from copydesk.terminal import harmless


@click.command("run", epilog="Examples: copydesk run posts   copydesk run .")
@paths_argument
@click.option("--to", default="", metavar="TARGET", help="The target; else the default one.")
@check_options
def command(paths: tuple[Path, ...], to: str, **given: Any) -> int:
    """Check, link and publish everything that is due.

    PATH is a post or a folder; without one, the current folder. Posts with errors are held
    back; drafts and posts held back become previews beside the site. Exits with 1 when a post
    that is due was held back, 2 when something could not be done.
    """
    edition = publication.make(paths, given, to, previews=True)
    try:
        with publication.printed_to(given["output"]):
            _publish(edition, given)
        return publication.done(edition)
    finally:
        edition.session.close()


def _publish(edition: publication.Edition, given: dict[str, Any]) -> None:
    if given["output_format"] == "json":
        publication.apply(edition)
        publication.write_json(edition)
        return
    publication.show_findings(edition, given)
    publication.show_plan(edition, given["show_all"])
    publication.apply(edition)
    _say_where(edition)


def _say_where(edition: publication.Edition) -> None:
    """Say in plain words what is online now and which page to open."""
    for each in edition.publications:
        public = sum(
            change.kind == "post"
            and change.action in ("create", "update", "links only", "unchanged", "kept")
            for change in each.plan.changes
        )
        written = sum(receipt.done and receipt.change.action in WRITES for receipt in each.receipts)
        folder = each.settings.path
        posts = "post is" if public == 1 else "posts are"
        files = "file" if written == 1 else "files"
        site = edition.name_of(each.view.site.root)
        about = f"Done, {harmless(site)}" if site else "Done"
        click.echo(f"{about}: {public} {posts} on the site; {written} {files} written or removed.")
        if folder is not None:
            _open(folder / "index.html", "Open")
            _open(folder.with_name(folder.name + "-preview") / "index.html", "Previews")


def _open(page: Path, word: str) -> None:
    if page.is_file():
        relative = os.path.relpath(page)
        click.echo(f"{word}: {page if relative.startswith('..') else relative}")
