"""`copydesk claims sheet`."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from copydesk.api import CopydeskError, Failure, OpenedSite, open_sites
from copydesk_plugins.claims.commands.asking import Given, fail, say, site_flags, yes_flag
from copydesk_plugins.claims.commands.desk import refuse

_SEPARATORS = {"comma": ",", "semicolon": ";"}


def command() -> click.Command:
    """Return the command."""

    @click.command(
        "sheet",
        epilog="Example: copydesk claims sheet posts/first-visit.md --output for-mara",
    )
    @click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
    @click.option(
        "--output",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("claims-sheet"),
        show_default=True,
        metavar="FOLDER",
        help="Write the sheet into this folder.",
    )
    @click.option(
        "--separator",
        type=click.Choice(tuple(_SEPARATORS)),
        default="comma",
        show_default=True,
        help="What stands between cells; some spreadsheets outside Britain and America want "
        "semicolons.",
    )
    @click.option(
        "--apply",
        "sheet",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Read a sheet that came back, and put what was approved into the register.",
    )
    @yes_flag
    @site_flags
    def sheet_command(
        paths: tuple[Path, ...], output: Path, separator: str, sheet: Path | None, **given: Any
    ) -> int:
        """Write what posts claim as a sheet for the person who signs, or read one back.

        The sheet is a page to print and a spreadsheet with the same rows: each statement with
        its places, its sources and its evidence, boxes to tick, and a line for name and date.
        With --apply, ticked rows of the spreadsheet become approved entries of claims.toml. A
        row whose wording moved since, or that was edited, cut or doubled, refuses the whole
        sheet, so that nothing is approved by accident. Posts that were named when the sheet was
        written are named again.
        """
        flags = Given(given["config"], given["now"])
        if sheet is not None:
            from copydesk_plugins.claims.commands.sheet_apply import apply

            return apply(sheet, _site(paths, flags), given["yes"])
        return _write(_site(paths, flags), paths, output, _SEPARATORS[separator])

    return sheet_command


def _site(paths: Sequence[Path], given: Given) -> OpenedSite:
    """Return the one site that the paths lie in; raises CopydeskError."""
    found: list[OpenedSite] = []
    for each in open_sites(paths, given.config, given.now):
        if isinstance(each, Failure):
            raise CopydeskError(each)
        found.append(each)
    if len(found) != 1:
        refuse(
            "no site was found here" if not found else f"these posts lie in {len(found)} sites",
            "Write a sheet for each site by itself, in its folder.",
        )
    return found[0]


def _write(site: OpenedSite, paths: Sequence[Path], output: Path, separator: str) -> int:
    """Write page and spreadsheet; nothing that is there is written over."""
    from copydesk_plugins.claims.review.gathering import gather
    from copydesk_plugins.claims.review.page import as_page
    from copydesk_plugins.claims.review.sheet import numbered, site_mark
    from copydesk_plugins.claims.review.spreadsheet import as_csv

    gathered = gather(site)
    if gathered.failures:  # a sheet that lacks posts would look like the whole
        fail(gathered.failures)
        say(["No sheet was written, because not every post could be read."])
        return 2
    read = len(gathered.asked) - len(gathered.foreign)
    code = _foreign(gathered.foreign)
    if not read:
        say(["No sheet was written: there is no post that can be looked through."])
        return 2
    if not gathered.rows:
        say([f"{_posts(read)} read, and nothing in them needs support."])
        return code
    rows = list(numbered(gathered.rows, site_mark(site)))
    names = [output / f"claims-{site.today.isoformat()}{end}" for end in (".html", ".csv")]
    _keep(site, output, names)
    name = site.settings.title or site.settings.url or site.root.name
    page = as_page(rows, name, site.today, gathered.foreign).encode("utf-8")
    for path, data in zip(names, (page, as_csv((r.cells for r in rows), separator)), strict=True):
        _save(path, data)
    bare = sum(not row.row.entry.evidence for row in rows)
    told = f"{_posts(read)}, {_statements(len(rows))}"
    back = shlex.join(["copydesk", "claims", "sheet", *map(str, paths), "--apply", str(names[1])])
    say(
        [
            f"Written: {names[0]} to print, and {names[1]} to fill in.",
            f"{told}; without evidence, so that nobody can approve them yet: {bare}.",
            f"When it comes back: {back}",
        ]
    )
    return code


def _foreign(paths: Sequence[str]) -> int:
    """Name the posts that were not looked through; return the exit code."""
    message = "is in another language, so its statements are not on the sheet"
    help = "Have somebody who reads it look for them."
    return fail([Failure("file", message, help, path) for path in paths])


def _keep(site: OpenedSite, output: Path, names: Sequence[Path]) -> None:
    """Raise CopydeskError where the sheet would become a post or take the place of a file."""
    for folder in site.post_folders:
        if output.resolve().is_relative_to(folder.resolve()):
            refuse(
                f"{output} lies among the posts, so the page would become a post",
                f"Name a folder outside of {folder} with --output.",
            )
    for path in names:
        if path.exists():
            refuse(
                f"{path} is there already, and somebody may have filled it in",
                "Move it away, or name another folder with --output.",
            )


def _save(path: Path, data: bytes) -> None:
    """Write a new file; raises CopydeskError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        refuse(f"{path} could not be written: {reason}", "Name another folder with --output.")


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"


def _statements(count: int) -> str:
    return "1 statement" if count == 1 else f"{count} statements"
