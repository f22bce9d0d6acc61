"""`copydesk import`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from copydesk.cli import import_export
from copydesk.cli.common import Time, fail
from copydesk.cli.import_run import ImportRun, say
from copydesk.config import Flags, all_failures
from copydesk.discover import key_of
from copydesk.imports import inputs
from copydesk.imports.site import ImportSite
from copydesk.imports.steps import Choices, Importing
from copydesk.model.finding import CopydeskError, Failure
from copydesk.runner import Options

_PATH = click.Path(path_type=Path)


@click.command(
    "import",
    epilog="Examples: copydesk import visit.docx   copydesk import old-blog/ --to posts/   "
    "copydesk import --from clinic   copydesk import --from-wxr export.xml",
)
@click.argument("files", nargs=-1, metavar="[FILE... | -]")
@click.option(
    "--from",
    "target",
    default="",
    metavar="TARGET",
    help="Take over all posts of a target, such as a WordPress or a Ghost.",
)
@click.option(
    "--from-wxr",
    "archive",
    type=_PATH,
    metavar="FILE",
    help="Take over all posts of an export of WordPress or Squarespace.",
)
@click.option("--to", type=_PATH, metavar="FOLDER", help="Where drafts go; else the site's posts.")
@click.option(
    "--as",
    "importer",
    default="",
    metavar="NAME",
    help="Their kind, such as pasted.",
)
@click.option("--name", default="", metavar="NEW-NAME", help="Call the draft of one input so.")
@click.option("--keep-state", is_flag=True, help="Keep scheduled and published posts as they are.")
@click.option(
    "--prefer",
    type=click.Choice(["document", "draft"]),
    help="Who wins where draft and document both changed a passage.",
)
@click.option(
    "--pictures",
    is_flag=True,
    help="Bring along the pictures that lie on the blog's own host; else they stay there.",
)
@click.option("--yes", is_flag=True, help="Write merges without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
@click.option("--config", type=_PATH, metavar="FILE", help="Use this configuration.")
@click.option(
    "--plugin",
    "plugin_files",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Load importers from a Python file. May be repeated.",
)
@click.option("--no-external-plugins", is_flag=True, help="Use only what comes with Copydesk.")
@click.option("--now", type=Time(), metavar="TIME", help="Take this as the present, for tests.")
def command(files: tuple[str, ...], **given: Any) -> int:
    """Turn Word, HTML, Markdown or pasted text into drafts, or take over a blog.

    Each file becomes a draft in Markdown with complete front matter; a folder stands for all
    files below it, and - for standard input. With --from or --from-wxr each post of a blog that
    is online becomes a file and keeps its state. Nothing is lost: what cannot be in the draft is
    named, with the reason, on the screen and in a file beside the draft. Importing again what
    has changed shows a merge and asks before it is written.
    """
    _check_arguments(files, given)
    flags = Flags(
        plugin_files=tuple(given["plugin_files"]),
        external_plugins=not given["no_external_plugins"],
    )
    now = given["now"] or datetime.now(UTC)
    site = ImportSite(given["to"], given["config"], flags, now)
    keep_state = given["keep_state"] or not files
    choices = Choices(given["importer"], given["name"], keep_state, given["prefer"] or "")
    run = ImportRun(site, Importing(site, choices, now), given)
    if given["archive"] is not None:
        return import_export.from_archive(run, given["archive"], given["pictures"])
    if given["target"]:
        options = Options(flags, given["config"], now)
        return import_export.from_target(run, given["target"], given["pictures"], options)
    return _files(run, files)


def _check_arguments(files: tuple[str, ...], given: dict[str, Any]) -> None:
    """Raise click.UsageError where it is not clear what is to be imported."""
    ways = bool(files) + bool(given["target"]) + (given["archive"] is not None)
    if ways == 0:
        raise click.UsageError(
            "Nothing to import was named. Name files, or a blog with --from TARGET or "
            "--from-wxr FILE."
        )
    if ways > 1:
        raise click.UsageError("Import files, --from or --from-wxr: one of them at a time.")
    if given["name"] and len(files) != 1:
        raise click.UsageError("--name is for a single input. Import that one by itself.")
    if given["importer"] and not files:
        raise click.UsageError("--as is for files. Leave it out here.")
    if given["pictures"] and files:
        raise click.UsageError("--pictures is for --from and --from-wxr. Leave it out here.")


def _files(run: ImportRun, files: tuple[str, ...]) -> int:
    """Import every input; one that fails does not stop the others."""
    site, used = run.site, set()
    for each in inputs.expand(files, site.config.outputs()):
        used.add(key_of(each.path, site.root) if each.path else "")
        try:
            plan = run.importing.plan(each)
            if plan is None:
                run.counts["left alone"] += 1
                say(f"left alone {each.shown}: no importer knows this kind of file.")
            else:
                run.take(plan)
        except CopydeskError as error:
            run.failed(all_failures(error))
    code = run.end(used)
    if run.counts.total() == run.counts["left alone"]:
        return fail([_nothing(files)])
    return code


def _nothing(files: tuple[str, ...]) -> Failure:
    return Failure(
        "arguments",
        "there was nothing to import",
        "Name files, or a folder that holds some.",
        ", ".join(files),
    )
