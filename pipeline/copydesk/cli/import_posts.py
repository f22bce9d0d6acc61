"""`copydesk import`."""

from __future__ import annotations

import shlex
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import Time, agreed, fail
from copydesk.config import Flags, all_failures
from copydesk.discover import key_of
from copydesk.imports import inputs
from copydesk.imports.plan import ImportPlan, carry_out
from copydesk.imports.report import report_path, told
from copydesk.imports.site import ImportSite
from copydesk.imports.steps import Choices, Importing
from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import shown_path
from copydesk.terminal import harmless

#: What can become of an input, in the order in which the last line counts it.
_COUNTED = ("imported", "unchanged", "merged", "converted", "not written", "left alone", "failed")
_PATH = click.Path(path_type=Path)


@click.command(
    "import", epilog="Examples: copydesk import visit.docx   copydesk import old-blog/ --to posts/"
)
@click.argument("files", nargs=-1, required=True, metavar="FILE... | -")
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
    """Turn Word, HTML, Markdown or pasted text into drafts.

    Each file becomes a draft in Markdown with complete front matter; a folder stands for all
    files below it, and - for standard input. Nothing is lost: what cannot be in the draft is
    named, with the reason, on the screen and in a file beside the draft. Importing a changed
    file again shows a merge and asks before it is written.
    """
    if given["name"] and len(files) != 1:
        raise click.UsageError("--name is for a single input. Import that one by itself.")
    flags = Flags(
        plugin_files=tuple(given["plugin_files"]),
        external_plugins=not given["no_external_plugins"],
    )
    now = given["now"] or datetime.now(UTC)
    site = ImportSite(given["to"], given["config"], flags, now)
    choices = Choices(given["importer"], given["name"], given["keep_state"], given["prefer"] or "")
    return _Run(site, Importing(site, choices, now), given).all(files)


class _Run:
    """One call: each input by itself, what is said about it, and the counts at the end."""

    def __init__(self, site: ImportSite, importing: Importing, given: dict[str, Any]) -> None:
        self._site, self._importing = site, importing
        self._yes, self._dry = given["yes"], given["dry_run"]
        self._counts: Counter[str] = Counter()
        self._drafts: list[str] = []
        self._reports: list[str] = []
        self._inputs: set[str] = set()

    def all(self, files: tuple[str, ...]) -> int:
        """Import every input; one that fails does not stop the others."""
        code = fail(self._site.failures) if self._site.failures else 0
        for each in inputs.expand(files, self._site.config.outputs()):
            self._inputs.add(key_of(each.path, self._site.root) if each.path else "")
            try:
                plan = self._importing.plan(each)
                if plan is None:
                    self._counts["left alone"] += 1
                    _say(f"left alone {each.shown}: no importer knows this kind of file.")
                    continue
                self._one(plan)
            except CopydeskError as error:
                self._counts["failed"] += 1
                fail(all_failures(error))
        self._end()
        if self._counts.total() == self._counts["left alone"]:
            code = fail([_nothing(files)])
        return 2 if code or self._counts["failed"] or self._counts["not written"] else 0

    def _one(self, plan: ImportPlan) -> None:
        """Show a plan, ask where it asks, and carry it out."""
        if not plan.asks and not self._dry:
            carry_out(plan, self._site)  # before it is said to be done
        for line in _lines(plan, self._dry):
            _say(line)
        if plan.undecided:
            raise CopydeskError(_undecided(plan))
        if plan.asks and not self._dry:
            if not self._agreed(plan):
                self._counts["not written"] += 1
                return
            carry_out(plan, self._site)
        self._importing.remember(plan)
        self._counts[plan.kind] += 1
        self._counts["passages"] += len(plan.omissions)
        if plan.data is not None:
            self._drafts.append(plan.shown)
        if plan.report:
            self._reports.append(shown_path(report_path(plan.path)))

    def _agreed(self, plan: ImportPlan) -> bool:
        return self._yes or agreed(plan.shown)

    def _end(self) -> None:
        """Say the next step, and what was done and what was not."""
        passages = self._counts.pop("passages", 0)
        counted = [f"{self._counts[kind]} {kind}" for kind in _COUNTED if self._counts[kind]]
        left = [key for key in self._site.loose if key not in self._inputs]
        if left and self._drafts and not self._dry:
            more = f" and {len(left) - 3} more" if len(left) > 3 else ""
            _say(
                f"{shown_path(self._site.to)} is now the folder of posts. Files beside it count "
                f"as posts no longer: {', '.join(left[:3])}{more}. Move them there."
            )
        if self._drafts and not self._dry:
            target = self._drafts[0] if len(self._drafts) == 1 else shown_path(self._site.to)
            _say(f"Next: copydesk lint {shlex.quote(target)}")
        if not counted:
            return
        end = "."
        if passages:
            word = "passage" if passages == 1 else "passages"
            seen = self._reports[0] if len(self._reports) == 1 else "the files *.import.log"
            would = "" if self._dry else f", see {seen}"
            end = f"; {passages} {word} left out{would}."
        _say(("Nothing was written. It would be: " if self._dry else "") + ", ".join(counted) + end)


def _lines(plan: ImportPlan, dry: bool) -> list[str]:
    """Return what is said about one input."""
    if plan.kind == "unchanged":
        reason = " ".join(plan.lines) or f"{plan.origin} says nothing new."
        return [f"unchanged {plan.shown}: {reason}", *told(plan.omissions, plan.notes)]
    if plan.kind == "converted":
        head = f"{plan.shown} would be converted where it lies:"
    elif plan.asks:
        head = f"{plan.origin} changes {plan.shown}:"
    else:
        head = f"{'would import' if dry else 'imported'} {plan.shown} from {plan.origin}"
    return [head, *(f"  {line}" for line in plan.lines), *told(plan.omissions, plan.notes)]


def _undecided(plan: ImportPlan) -> Failure:
    passages = "a passage" if plan.undecided == 1 else f"{plan.undecided} passages"
    return Failure(
        "file",
        f"was not changed: the draft and {plan.origin} both changed {passages}",
        "Say whose words are to be taken: --prefer document or --prefer draft.",
        plan.shown,
    )


def _nothing(files: tuple[str, ...]) -> Failure:
    return Failure(
        "arguments",
        "there was nothing to import",
        "Name files, or a folder that holds some.",
        ", ".join(files),
    )


def _say(text: str) -> None:
    click.echo(harmless(text))
