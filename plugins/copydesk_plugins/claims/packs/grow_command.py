"""`copydesk packs grow`: words of the site's own posts that no pack knows, for people to accept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.api import CopydeskError, Failure
from copydesk_plugins.claims.packs.around import Around, own_packs, packs_of
from copydesk_plugins.claims.packs.growing import Growth, as_csv
from copydesk_plugins.claims.packs.loading import built_in_names, is_path, load_packs

if TYPE_CHECKING:
    import click

#: So that Excel reads the file as UTF-8.
_MARK = "\ufeff"


def command() -> click.Command:
    """Return the click command."""
    import click

    @click.command(
        "grow", epilog="Examples: copydesk packs grow   copydesk packs grow --output new-terms.csv"
    )
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the rows to a file of the site.",
    )
    @click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
    @click.option(
        "--config",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The configuration file to use.",
    )
    @click.pass_context
    def grow(
        ctx: click.Context,
        paths: tuple[Path, ...],
        output: Path | None,
        overwrite: bool,
        config: Path | None,
    ) -> None:
        """Propose words for a pack: those that your posts use often and no pack knows.

        They are written as rows of a pack, most frequent first, with the slot where the shape of
        the word tells it and one place as an example in the note. No pack is changed: look at
        the rows, fill in the slot, and paste those that are right into your pack. A word is
        proposed when it stands in three places and two posts at least.
        """
        from copydesk_plugins.claims.packs.group import counted, told

        around = Around(paths or [Path()], config)
        place = None if output is None else _Place(around, output, overwrite)
        text, number = propose(around)
        if place is None:
            click.echo(text, nl=False)
        else:
            place.write(text)
        to = "" if output is None else f" to {output}"
        click.echo(f"{counted(number, 'row')} proposed{to}; no pack was changed", err=True)
        for failure in around.failures:
            click.echo(told(failure), err=True)
        ctx.exit(2 if around.failures else 0)

    return grow


def propose(around: Around) -> tuple[str, int]:
    """Return the rows for the posts of some sites, and how many there are."""
    growth = Growth()
    for site in around.sites:
        own: dict[str, None] = {}
        for shown, context in around.posts(site):
            own.update(dict.fromkeys(filter(is_path, packs_of(context))))
            growth.read(shown, context)
        growth.forget(load_packs((*built_in_names(), *own), site.records.read))
    found = growth.candidates()
    return as_csv(found), len(found)


class _Place:
    """The file to write, looked at before the work begins."""

    def __init__(self, around: Around, output: Path, overwrite: bool) -> None:
        path = Path(os.path.abspath(output))
        self._site = around.site_of(path)
        self._name = path.relative_to(self._site.root).as_posix()
        if not is_path(self._name):
            raise _refused(output, "is not the name of a spreadsheet", "End it with .csv.")
        if path.exists() and not overwrite:
            help = "Give another name, or add --overwrite if it may be replaced."
            raise _refused(output, "is there already", help)
        if path.exists() and path.resolve() in self._packs():
            help = "Give another name, and paste the rows that are right into the pack."
            raise _refused(output, "is a pack of the site", help)

    def _packs(self) -> set[Path]:
        """Return the files of all packs that any post of the site uses."""
        root = self._site.root
        return {(root / name).resolve() for name in own_packs(self._site) if "\0" not in name}

    def write(self, text: str) -> None:
        """Write the rows whole."""
        self._site.write(self._name, _MARK + text)


def _refused(output: Path, why: str, help: str) -> CopydeskError:
    message = f"{why}, so nothing was written"
    return CopydeskError(Failure("arguments", message, help, str(output)))
