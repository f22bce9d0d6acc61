"""What an import is going to do with one input: shown first, then carried out exactly so."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from copydesk.files import why, write_whole
from copydesk.imports import report as reports
from copydesk.imports.pictures import Picture
from copydesk.imports.records import ImportRecord, records_path
from copydesk.imports.site import ImportSite
from copydesk.model.draft import Omission
from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import shown_path

Kind = Literal["imported", "unchanged", "merged", "converted"]


class ImportPlan(NamedTuple):
    """One input and what becomes of it.

    `data` is the whole file to write, or None where the draft stays as it is. `before` are the
    draft's bytes that the plan was made for: None where no file may be there. `original` are
    bytes to keep beside the draft. `lines` show what would change; a plan that `asks` needs a
    yes. `undecided` counts passages that draft and document both changed. A plan that only notes
    what an input says now leaves the report of the import before alone (`keeps_report`).
    """

    kind: Kind
    origin: str
    path: Path
    lines: tuple[str, ...] = ()
    data: bytes | None = None
    before: bytes | None = None
    original: bytes | None = None
    pictures: tuple[Picture, ...] = ()
    omissions: tuple[Omission, ...] = ()
    notes: tuple[str, ...] = ()
    record: ImportRecord | None = None
    asks: bool = False
    undecided: int = 0
    keeps_report: bool = False

    @property
    def shown(self) -> str:
        """The draft's path as people know it."""
        return shown_path(self.path)

    @property
    def original_path(self) -> Path:
        """Where the original bytes of a file converted in place are kept."""
        return self.path.with_name(self.path.name + reports.ORIGINAL)

    @property
    def report(self) -> str:
        """The text of the report beside the draft; empty where there is nothing to tell."""
        return reports.report_text(self.path.name, self.origin, self.omissions, self.notes)


def carry_out(plan: ImportPlan, site: ImportSite) -> None:
    """Write what a plan says; raises CopydeskError where something is in the way.

    A new draft is recorded before it is written, so that after a crash the next import makes
    it anew. A merged one is written first, so that the next import finds its changes there.
    """
    if plan.record is None:
        return
    try:
        with site.store.alone():
            _write(plan, plan.record, site)
    except OSError as error:
        raise _not_written(plan.shown, error) from None


def carry_out_new(plans: Sequence[ImportPlan], site: ImportSite) -> list[CopydeskError | None]:
    """Write many new drafts, and return for each why it could not be written, or None.

    All are recorded first and at once, because writing the records costs the more the longer they
    are. Raises CopydeskError where nothing could be written at all.
    """
    records = [plan.record for plan in plans if plan.record is not None]
    with site.store.alone():
        try:
            site.store.put(*records)
        except OSError as error:
            raise _not_written(shown_path(records_path(site.root)), error) from None
        return [_new_written(plan, site) for plan in plans]


def _new_written(plan: ImportPlan, site: ImportSite) -> CopydeskError | None:
    try:
        _refuse_changes(plan)
        plan.path.parent.mkdir(parents=True, exist_ok=True)
        _write_beside(plan, site)
        _write_new(plan.path, plan.data or b"")
    except CopydeskError as error:
        return error
    except OSError as error:
        return _not_written(plan.shown, error)
    return None


def _not_written(shown: str, error: OSError) -> CopydeskError:
    return CopydeskError(
        Failure(
            "file",
            f"could not be written: {why(error)}",
            "Check who may write there and whether there is room, then import it again.",
            shown,
        )
    )


def _write(plan: ImportPlan, record: ImportRecord, site: ImportSite) -> None:
    if plan.data is None:
        site.store.put(record)
        _write_report(plan, site)
        return
    _refuse_changes(plan)
    plan.path.parent.mkdir(parents=True, exist_ok=True)
    _write_beside(plan, site)
    if plan.before is None:
        site.store.put(record)
    write_whole(plan.path.resolve() if plan.before is not None else plan.path, plan.data)
    if plan.before is not None:
        site.store.put(record)


def _refuse_changes(plan: ImportPlan) -> None:
    """Raise CopydeskError where the draft is not as it was when the plan was made."""
    there = plan.path.read_bytes() if plan.path.is_file() else None
    if there != plan.before or (plan.before is None and os.path.lexists(plan.path)):
        raise CopydeskError(
            Failure("file", "changed while Copydesk was running", "Import it again.", plan.shown)
        )


def _write_beside(plan: ImportPlan, site: ImportSite) -> None:
    """Write pictures, the report and the original: never over a file of other contents."""
    for picture in plan.pictures:
        site.refuse_outside(picture.path.parent)
        picture.path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(picture.path, picture.data)
    if plan.original is not None and not plan.original_path.exists():
        _write_new(plan.original_path, plan.original)
    _write_report(plan, site)


def _write_new(path: Path, data: bytes) -> None:
    """Write a file where none is, whole or not at all; raises OSError."""
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    write_whole(path, data)


def _write_report(plan: ImportPlan, site: ImportSite) -> None:
    """Write the report anew, or take away an old one that has nothing to tell any more."""
    if plan.keeps_report:
        return
    path = reports.report_path(plan.path)
    reports.refuse_other(path)
    if plan.report:
        write_whole(path, plan.report.encode("utf-8", "replace"))
    elif reports.is_ours(path):
        path.unlink()
