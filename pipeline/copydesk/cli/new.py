"""`copydesk new TITLE`."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path

import click

from copydesk.cli.common import Time, fail
from copydesk.config import Flags
from copydesk.imports.site import ImportSite
from copydesk.new_draft import Wish, one_line, write_draft
from copydesk.sources import shown_path
from copydesk.terminal import harmless

_PATH = click.Path(path_type=Path)


@click.command("new", epilog='Example: copydesk new "What a first visit is like"')
@click.argument("title")
@click.option("--to", type=_PATH, metavar="FOLDER", help="Where it goes; else the site's posts.")
@click.option("--name", default="", metavar="NAME", help="Call the file so; else by the title.")
@click.option("--author", default="", metavar="NAME", help="Who writes it.")
@click.option("--config", type=_PATH, metavar="FILE", help="Use this configuration.")
@click.option("--now", type=Time(), metavar="TIME", help="Take this as the present, for tests.")
def command(
    title: str,
    to: Path | None,
    name: str,
    author: str,
    config: Path | None,
    now: datetime | None,
) -> int:
    """Start a draft with a TITLE, from the site's template where it has one.

    The draft gets an id that no other post has. Nothing that is there already is overwritten.
    """
    wish = Wish(one_line(title), one_line(name), one_line(author))
    if not wish.title:
        raise click.UsageError('Give the draft a title, such as: copydesk new "Our fees"')
    now = now or datetime.now(UTC)
    site = ImportSite(to, config, Flags(), now)
    fail(site.failures)
    shown = shown_path(write_draft(site, wish, now))
    click.echo(harmless(f"wrote {shown}"))
    click.echo(harmless(f"Next: write your text into it, then: copydesk lint {shlex.quote(shown)}"))
    return 2 if site.failures else 0
