"""What commands that write to a target share: show the plan, ask, carry it out, say what came."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import click

from copydesk import outcome, plan_files, plan_text, plan_words
from copydesk.cli.common import agreed, can_ask, fail, nobody_said_yes, progress, report
from copydesk.cli.edition import Edition
from copydesk.cli.output import destination
from copydesk.codec import failure_to_json
from copydesk.model.change import WRITES
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.reporting import FileResult
from copydesk.orders import order_to_json
from copydesk.publishing import Publication
from copydesk.results import RunResults
from copydesk.sources import shown_path
from copydesk.terminal import harmless


class DueOnly:
    """Results of the posts that are due: what `run` shows in full; drafts are counted."""

    def __init__(self, results: RunResults) -> None:
        self._results = results
        self.failures = results.failures
        self.plugins = results.plugins
        self.rules = results.rules
        self.fail_on = results.fail_on
        self.now = results.now
        self.post = results.post
        self.chains = results.chains

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


def show_plan(edition: Edition, show_all: bool) -> None:
    """Print every plan for people."""
    for each in edition.publications:
        site = edition.name_of(each.view.site.root)
        about = plan_text.About(site, each.opened.at, each.opened.drafts)
        for line in plan_text.plan_lines(each.plan, show_all, about):
            click.echo(line)


def show_findings(edition: Edition, given: dict[str, Any]) -> None:
    """Print the findings of due posts in full, and one line for each draft that has some."""
    if edition.results is None:
        fail(edition.checked_failures())
        return
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


def agreed_to(edition: Edition, given: dict[str, Any]) -> list[Publication]:
    """Return what may be carried out: a target that keeps drafts is written to after a yes.

    A plan that writes nothing there needs none.
    """
    shown = given["output_format"] == "text"
    return [each for each in edition.publications if _agreed(edition, each, given["yes"], shown)]


def _agreed(edition: Edition, each: Publication, yes: bool, shown: bool) -> bool:
    question = plan_words.question(each.plan.changes, each.opened.at) if each.opened.drafts else ""
    if yes or not question:
        return True
    if not (shown and can_ask()):
        edition.failures.append(nobody_said_yes(each.opened.at))
        return False
    if agreed(each.opened.at, question):
        return True
    edition.declined = True
    return False


def apply(edition: Edition, publications: Sequence[Publication]) -> None:
    """Carry out plans and collect the receipts; a run that is stopped says how to go on."""
    writes = [change for each in publications for change in each.plan.changes]
    total, done = sum(change.action in WRITES for change in writes), 0
    try:
        with progress("Publishing", numbers=True) as tick:
            for publication in publications:
                try:
                    with closing(publication.apply()) as receipts:
                        for receipt in receipts:
                            publication.receipts.append(receipt)
                            done += receipt.change.action in WRITES
                            if tick is not None:
                                tick(done, total)
                except CopydeskError as error:
                    edition.fail(publication.view.site.root, error)
    except KeyboardInterrupt:
        help = "Nothing is lost: run the same command again, and it goes on from there."
        edition.failures.append(Failure("site", "stopped before everything was written", help))


def carry_out(edition: Edition, given: dict[str, Any], files_too: bool = True) -> None:
    """Ask, write, and say what came of it: all of a command that comes after the plan.

    Without `files_too`, the command itself says what came of targets that keep no drafts.
    """
    publications = agreed_to(edition, given)
    if given["output_format"] == "json":
        apply(edition, publications)
        _say_failed(edition.publications)
        write_json(edition)
        return
    try:
        apply(edition, publications)
    finally:  # also where a target broke in a way that nobody foresaw
        _say_done(publications, given, files_too)


def _say_done(publications: Sequence[Publication], given: dict[str, Any], files_too: bool) -> None:
    """Say what was done and what was not, for people."""
    plain = [each for each in publications if not each.opened.drafts]
    _say_failed(publications if given["output"] else plain)
    for each in publications:
        if each.opened.drafts:
            changes, receipts = each.plan.changes, each.receipts
            show_all = given["show_all"]
            for line in outcome.outcome_lines(changes, receipts, each.opened.at, show_all):
                click.echo(line)
    if plain and files_too:
        click.echo(f"Done: {written(plain)} written or removed.")


def written(publications: Sequence[Publication]) -> str:
    """Return how many files were written or removed, in words; one may hold several posts."""
    files = {
        receipt.look or (receipt.change.kind, receipt.change.name)
        for each in publications
        for receipt in each.receipts
        if receipt.done and receipt.change.action in WRITES
    }
    return plan_words.counted(len(files), ("file", "files"))


def _say_failed(publications: Sequence[Publication]) -> None:
    """Say on standard error what was not done, where no table says it."""
    for receipt in (receipt for each in publications for receipt in each.receipts):
        if not receipt.done:
            name = receipt.change.address or receipt.change.title or receipt.change.name
            click.echo(harmless(f"failed {name}: {receipt.message}"), err=True)


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
    value = {
        "version": 1,
        "plans": [
            {
                "site": shown_path(each.view.site.root),
                "order": order_to_json(each.view.order),
                **plan_files.plan_to_json(each.plan),
            }
            for each in edition.publications
        ],
        "receipts": [plan_files.receipt_to_json(each) for each in edition.receipts],
        "failures": [
            failure_to_json(each) for each in (*edition.checked_failures(), *edition.failures)
        ],
    }
    click.echo(json.dumps(value, indent=1))


def done(edition: Edition) -> int:
    """Say what failed and return the exit code."""
    fail(edition.failures)
    return edition.exit_code()
