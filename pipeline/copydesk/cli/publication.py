"""What `plan`, `publish` and `run` share: check, plan, show, apply, and the numbers at the end."""

from __future__ import annotations

import io
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from copydesk import plan_files, plan_text
from copydesk.cli.common import fail, keep_posts, options_of, progress, report
from copydesk.cli.output import destination
from copydesk.codec import failure_to_json
from copydesk.config import all_failures
from copydesk.config_schema import did_you_mean
from copydesk.decisions import NOT_ASKED
from copydesk.model.change import Receipt
from copydesk.model.extension import FileResult
from copydesk.model.finding import CopydeskError, Failure
from copydesk.publishing import Publication
from copydesk.results import RunResults
from copydesk.runner import Session
from copydesk.sources import shown_path
from copydesk.terminal import harmless

#: What `--format` takes here; the other formats are about findings only.
FORMATS = ("text", "json")


@dataclass
class Edition:
    """The sites of a run on their way to a target, and all that failed on the way."""

    session: Session
    results: RunResults
    publications: list[Publication] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def receipts(self) -> list[Receipt]:
        """What came of the changes so far, of all sites."""
        return [receipt for each in self.publications for receipt in each.receipts]

    def name_of(self, root: Path) -> str:
        """Return how to call a site: by its path, or not at all where it is the only one."""
        many = len(self.session.sites) + len(self.session.unread) > 1
        return shown_path(root) if many else ""

    def fail(self, root: Path, error: CopydeskError) -> None:
        """Note what failed in a site; what names no place is about the site as a whole."""
        self.failures += [
            each if each.place else each._replace(path=self.name_of(root))
            for each in all_failures(error)
        ]

    def exit_code(self) -> int:
        """Return 2 where anything could not be done, 1 where a due post was held back, else 0."""
        undone = any(not receipt.done for receipt in self.receipts)
        changes = [change for each in self.publications for change in each.plan.changes]
        if (
            self.failures
            or self.results.failures
            or undone
            or not self.results.summary["posts"]
            or any(change.action == "conflict" for change in changes)
        ):
            return 2
        held = (
            wanted.decision in ("held", "kept") and wanted.reason != NOT_ASKED
            for each in self.publications
            for wanted in each.view.wanted
        )
        return int(any(held))


class DueOnly:
    """Results of the posts that are due: what `run` shows in full; drafts are counted."""

    def __init__(self, results: RunResults) -> None:
        self._results = results
        self.failures = results.failures
        self.plugins = results.plugins
        self.rules = results.rules
        self.fail_on = results.fail_on

    @property
    def summary(self) -> Mapping[str, Any]:
        """The counts of the run; findings are those of due posts, the others are a note."""
        shown = Counter(
            "waived" if finding.waived else finding.severity
            for each in self.files()
            for finding in each.findings
        )
        counts = dict(self._results.summary)
        others = counts["errors"] + counts["warnings"] - shown["error"] - shown["warning"]
        counts.update(errors=shown["error"], warnings=shown["warning"], infos=shown["info"])
        counts["waived"] = shown["waived"]
        counts["sites"] = self._results.rows(due_only=True)
        if others:
            words = "error or warning" if others == 1 else "errors and warnings"
            counts["note"] = f"{others} more {words} in posts that are not due"
        return counts

    def files(self) -> Any:
        """Yield the files that are due to be public, and waivers."""
        return (each for each in self._results.files() if each.due or not each.state)

    def others(self) -> list[FileResult]:
        """Return the drafts and scheduled posts that have findings."""
        return [
            each
            for each in self._results.files()
            if not each.due and each.state and any(not finding.waived for finding in each.findings)
        ]


def make(paths: Sequence[Path], given: dict[str, Any], to: str, previews: bool) -> Edition:
    """Check the posts and make a plan for each site; write nothing.

    Raises click.UsageError for a format that plans have not, and for a path that is not there,
    before any work: a misspelt folder must not publish another one.
    """
    name = given["output_format"]
    if name not in FORMATS:
        raise click.UsageError(f"A plan has no format {name!r}. " + did_you_mean(name, FORMATS))
    for path in paths:
        if not os.path.lexists(path):
            raise click.UsageError(f"There is no {path}. Nothing was done. Check its spelling.")
    started = time.monotonic()
    session = Session(options_of(given))
    with progress("Checking") as tick:
        session.check(paths, tick)
    try:
        keep_posts(session, given["output"])
        keep_posts(session, given.get("out"))
    except CopydeskError:
        session.close()
        raise
    results = RunResults(session, time.monotonic() - started)
    edition = Edition(session, results)
    for number, checked in enumerate(session.sites):
        try:
            edition.publications.append(Publication(checked, results, number, to, previews))
        except CopydeskError as error:
            edition.fail(checked.site.root, error)
    return edition


def show_plan(edition: Edition, show_all: bool) -> None:
    """Print every plan for people."""
    for publication in edition.publications:
        site = edition.name_of(publication.view.site.root)
        for line in plan_text.plan_lines(publication.plan, show_all, site):
            click.echo(line)


def show_findings(edition: Edition, given: dict[str, Any]) -> None:
    """Print the findings of due posts in full, and one line for each draft that has some."""
    due = DueOnly(edition.results)
    report(due, edition.session, {**given, "output_format": "text", "output": None})
    for each in due.others():
        counts = [
            f"{number} {word}" if number == 1 else f"{number} {word}s"
            for word in ("error", "warning")
            if (number := sum(f.severity == word and not f.waived for f in each.findings))
        ]
        if counts:
            path = harmless(each.path)
            click.echo(
                f"{each.state:<6} {path}: {', '.join(counts)}. `copydesk lint {path}` shows them."
            )


def apply(edition: Edition) -> None:
    """Carry out every plan and collect the receipts; say at once what was not done."""
    total = sum(len(each.plan.changes) for each in edition.publications)
    done = 0
    with progress("Publishing") as tick:
        for publication in edition.publications:
            try:
                for receipt in publication.apply():
                    publication.receipts.append(receipt)
                    done += 1
                    if tick is not None:
                        tick(done, total)
            except CopydeskError as error:
                edition.fail(publication.view.site.root, error)
    for receipt in edition.receipts:
        if not receipt.done:
            click.echo(
                f"failed {receipt.change.address or receipt.change.name}: {receipt.message}",
                err=True,
            )


@contextmanager
def printed_to(output: Path | None) -> Iterator[None]:
    """Print to standard output, or put what is printed into a file at the end."""
    if output is None:
        yield
        return
    text = io.StringIO()
    try:
        with redirect_stdout(text):
            yield
    finally:
        with destination(output) as stream:
            stream.write(text.getvalue())


def write_json(edition: Edition) -> None:
    """Print plans, receipts and failures as one JSON document."""
    failures = [*edition.results.failures, *edition.failures]
    value = {
        "version": 1,
        "plans": [
            {"site": shown_path(each.view.site.root), **plan_files.plan_to_json(each.plan)}
            for each in edition.publications
        ],
        "receipts": [plan_files.receipt_to_json(each) for each in edition.receipts],
        "failures": [failure_to_json(each) for each in failures],
    }
    click.echo(json.dumps(value, indent=1))


def done(edition: Edition) -> int:
    """Say what failed and return the exit code."""
    fail(edition.failures)
    return edition.exit_code()
