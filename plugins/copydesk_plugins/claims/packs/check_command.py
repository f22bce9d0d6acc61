"""`copydesk packs check`: is what a pack says usable, at one with the others, and enough."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.api import Failure, OpenedSite, SiteRecords
from copydesk_plugins.claims.packs.around import NOTHING, Around, see
from copydesk_plugins.claims.packs.checking import Checked, check_packs
from copydesk_plugins.claims.packs.loading import built_in_names, is_path

if TYPE_CHECKING:
    import click


def command() -> click.Command:
    """Return the click command."""
    import click

    @click.command(
        "check",
        epilog="Examples: copydesk packs check dental   copydesk packs check packs/own.csv",
    )
    @click.argument("names", nargs=-1, metavar="[NAME|FILE]...")
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to show it.",
    )
    @click.option(
        "--config",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The configuration file to use.",
    )
    @click.pass_context
    def check(ctx: click.Context, names: tuple[str, ...], form: str, config: Path | None) -> None:
        """Check packs: rows that cannot be used, clashes, and how many examples are judged right.

        Without a NAME or FILE all built-in packs are checked, and those that the site of the
        current folder uses. The examples of packs/own.csv stand in packs/own.examples.csv.
        Which terms no example and no post of the site uses is shown for your information.
        Exits with 1 where a pack clashes with another or is right on less than 80 % of its
        examples, and with 2 where a file cannot be used.
        """
        from copydesk_plugins.claims.packs import check_report

        found, posts, failures = run(names, config)
        report = check_report.as_json if form == "json" else check_report.as_text
        click.echo(report(found, posts, failures))
        if form == "text":
            from copydesk_plugins.claims.packs.group import told

            for failure in failures:
                click.echo(told(failure), err=True)
        ctx.exit(2 if failures else 0 if all(each.good for each in found) else 1)

    return check


def run(names: Sequence[str], config: Path | None) -> tuple[list[Checked], int, list[Failure]]:
    """Check packs; return them, how many posts were looked at, and what could not be used."""
    around = Around([Path()], config)
    found: list[Checked] = []
    posts = 0
    for number, (site, asked) in enumerate(_asked(around, names)):
        seen = NOTHING if site is None else see(around, site)
        posts += seen.posts
        if not names:
            asked = [*(() if number else built_in_names()), *seen.own]
        beside = (*built_in_names(), *seen.own)
        records = SiteRecords() if site is None else site.records
        found += check_packs(asked, beside, records, seen.texts)
    # A post that cannot be read says nothing about packs; `lint` names it.
    failures = [each for each in around.failures if each.kind != "file"]
    return found, posts, failures + [each for pack in found for each in pack.failures]


def _asked(around: Around, names: Sequence[str]) -> list[tuple[OpenedSite | None, list[str]]]:
    """Return the names by site, a file by its path in the site; without names every site."""
    first = around.sites[0] if around.sites else None
    if not names:
        return [(site, []) for site in around.sites] or [(None, [])]
    found: list[tuple[OpenedSite | None, list[str]]] = []
    for name in dict.fromkeys(names):
        site = first
        if is_path(name):
            path = Path(os.path.abspath(name))
            site = around.site_of(path)
            name = path.relative_to(site.root).as_posix()
        for other, mine in found:
            if other is site:
                mine.append(name)
                break
        else:
            found.append((site, [name]))
    return found
