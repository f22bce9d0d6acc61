"""What imports of files and of whole blogs share: what is said, asked, written and counted."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Collection
from typing import Any

import click

from copydesk.cli.common import agreed, fail
from copydesk.imports.plan import ImportPlan, carry_out
from copydesk.imports.report import report_path, told
from copydesk.imports.site import ImportSite
from copydesk.imports.steps import Importing
from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import shown_path
from copydesk.terminal import harmless

#: What can become of an input, in the order in which the last line counts it.
_COUNTED = ("imported", "unchanged", "merged", "converted", "not written", "left alone", "failed")


class ImportRun:
    """One call: what is said about each input, and the counts at the end."""

    def __init__(self, site: ImportSite, importing: Importing, given: dict[str, Any]) -> None:
        self.site, self.importing = site, importing
        self.yes, self.dry = given["yes"], given["dry_run"]
        self.counts: Counter[str] = Counter()
        self.code = fail(site.failures) if site.failures else 0
        self._drafts: list[str] = []
        self._reports: list[str] = []

    def take(self, plan: ImportPlan) -> bool:
        """Show a plan, ask where it asks, and carry it out; say whether that was done."""
        if not plan.asks and not self.dry:
            carry_out(plan, self.site)  # before it is said to be done
        self._show(plan)
        if plan.undecided:
            raise CopydeskError(_undecided(plan))
        if plan.asks and not self.dry:
            if not (self.yes or agreed(plan.shown)):
                self.counts["not written"] += 1
                return False
            carry_out(plan, self.site)
        self.importing.remember(plan)
        self._count(plan)
        return True

    def written(self, plan: ImportPlan) -> None:
        """Show and count a plan that was carried out and remembered already."""
        self._show(plan)
        self._count(plan)

    def failed(self, failures: list[Failure]) -> None:
        """Say what failed, and count one input for it."""
        self.counts["failed"] += 1
        fail(failures)

    def end(self, inputs: Collection[str] = ()) -> int:
        """Say the next step, what was done and what was not; return the exit code.

        `inputs` holds the keys of files that were imported from.
        """
        passages = self.counts.pop("passages", 0)
        counted = [f"{self.counts[kind]} {kind}" for kind in _COUNTED if self.counts[kind]]
        left = [key for key in self.site.loose if key not in inputs]
        if left and self._drafts and not self.dry:
            more = f" and {len(left) - 3} more" if len(left) > 3 else ""
            say(
                f"{shown_path(self.site.to)} is now the folder of posts. Files beside it count "
                f"as posts no longer: {', '.join(left[:3])}{more}. Move them there."
            )
        if self._drafts and not self.dry:
            target = self._drafts[0] if len(self._drafts) == 1 else shown_path(self.site.to)
            say(f"Next: copydesk lint {shlex.quote(target)}")
        if counted:
            end = "."
            if passages:
                word = "passage" if passages == 1 else "passages"
                seen = self._reports[0] if len(self._reports) == 1 else "the files *.import.log"
                would = "" if self.dry else f", see {seen}"
                end = f"; {passages} {word} left out{would}."
            would = "Nothing was written. It would be: " if self.dry else ""
            say(would + ", ".join(counted) + end)
        return 2 if self.code or self.counts["failed"] or self.counts["not written"] else 0

    def _show(self, plan: ImportPlan) -> None:
        for line in _lines(plan, self.dry):
            say(line)

    def _count(self, plan: ImportPlan) -> None:
        self.counts[plan.kind] += 1
        self.counts["passages"] += len(plan.omissions)
        if plan.data is not None:
            self._drafts.append(plan.shown)
        if plan.report:
            self._reports.append(shown_path(report_path(plan.path)))


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


def say(text: str) -> None:
    """Print a line without what could steer a terminal."""
    click.echo(harmless(text))
