"""Retraction Watch: its list as a CSV file that lies in the site's folder.

Source: the Retraction Watch data that Crossref publishes, with the columns `OriginalPaperDOI`,
`OriginalPaperPubMedID`, `RetractionNature`, `RetractionDate` and `RetractionDOI`. The file has
tens of megabytes, so it is read row by row, and only what is cited is kept.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from copydesk.api import CopydeskError, Failure
from copydesk_plugins.claims.sources.told import State, Told, graver, plain

_NATURES: dict[str, State] = {
    "retraction": "retracted",
    "expression of concern": "concern",
    "correction": "corrected",
}
_COLUMNS = ("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature")
_DATES = ("%m/%d/%Y", "%m/%d/%Y %H:%M", "%Y-%m-%d", "%d/%m/%Y")


class _Row(NamedTuple):
    when: date
    told: Told | None


def listed(path: Path, shown: str, wanted: Collection[str]) -> dict[str, Told]:
    """Return what the list says of the sources that are wanted, by identity.

    The gravest notice about a paper counts; one that reinstates it lifts those before. Raises
    CopydeskError where the file is not there or is not that list.
    """
    found: dict[str, list[_Row]] = {}
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise _refuse(f"has no column {missing[0]}", shown)
            for row in reader:
                for name in _names(row).intersection(wanted):
                    found.setdefault(name, []).append(_row(row))
    except OSError:
        raise _refuse("could not be read", shown) from None
    except csv.Error:
        raise _refuse("is not in order: it cannot be read as CSV", shown) from None
    told = {name: _in_force(notices) for name, notices in found.items()}
    return {name: each for name, each in told.items() if each is not None}


def _names(row: dict[str, str]) -> set[str]:
    doi = (row.get("OriginalPaperDOI") or "").strip().lower()
    pmid = (row.get("OriginalPaperPubMedID") or "").strip()
    names = {f"doi:{doi}"} if doi.startswith("10.") else set()
    return names | ({f"pmid:{pmid}"} if pmid.strip("0").isdigit() else set())


def _row(row: dict[str, str]) -> _Row:
    nature = (row.get("RetractionNature") or "").strip().lower()
    when = _day((row.get("RetractionDate") or "").strip())
    state = _NATURES.get(nature)
    if state is None:
        return _Row(when, None)
    day = "" if when == date.min else f" of {when.isoformat()}"
    note = f"{nature.capitalize()}{day} by the list of Retraction Watch."
    doi = plain(row.get("RetractionDOI")).lower()
    if doi.startswith("10."):
        note += f" See doi:{doi}."
    return _Row(when, Told(state, plain(row.get("Title")), note, "retraction-watch"))


def _in_force(notices: list[_Row]) -> Told | None:
    """Return the gravest notice since a paper was reinstated: a correction lifts no retraction."""
    found: Told | None = None
    for each in sorted(notices, key=lambda notice: notice.when):
        found = None if each.told is None else graver(each.told, found)
    return found


def _day(said: str) -> date:
    for form in _DATES:
        try:
            return datetime.strptime(said, form).date()
        except ValueError:
            continue
    return date.min


def _refuse(message: str, shown: str) -> CopydeskError:
    help = (
        "Load the list that Crossref publishes anew, and name it in [sources] of copydesk.toml: "
        'retraction-watch = "retraction_watch.csv".'
    )
    return CopydeskError(Failure("site", message, help, shown))
