"""What the doctor says: one line for each thing that was looked at."""

from __future__ import annotations

from typing import Literal, NamedTuple

from copydesk.config import all_failures
from copydesk.model.finding import CopydeskError, Failure

Status = Literal["ok", "warn", "failed"]


class Line(NamedTuple):
    """One thing looked at: what it is about, how it stands, and what to do where it is not well."""

    status: Status
    about: str
    message: str
    help: str = ""


def of_failure(about: str, failure: Failure, status: Status = "failed") -> Line:
    """Return a failure as a line."""
    place = f"{failure.place} " if failure.place else ""
    return Line(status, about, f"{place}{failure.message}.", failure.help)


def of_error(about: str, error: CopydeskError, status: Status = "failed") -> list[Line]:
    """Return all failures of an error as lines."""
    return [of_failure(about, each, status) for each in all_failures(error)]
