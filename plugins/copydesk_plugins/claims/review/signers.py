"""Who signed a row, and when: names and days as people write them into a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import chain

from copydesk.api import Person, did_you_mean

Problem = tuple[str, str]
NO_NAME: Problem = (
    "is approved, but nobody's name stands in “Name”",
    "Write the name of the person who ticked it.",
)
_NONE: Problem = ("", "")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_WORDS = re.compile(
    r"(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def signer(name: str, people: Mapping[str, Person]) -> tuple[Person | None, Problem]:
    """Return the person of a name: a key of `[people]`, a full name, or a name with credential."""
    wanted = _plain(name)
    found = {
        person.key: person
        for person in people.values()
        if wanted and wanted in map(_plain, (person.key, person.name, person.shown))
    }
    if len(found) == 1:
        return next(iter(found.values())), _NONE
    if found:
        keys = ", ".join(sorted(found))
        return None, (f"is signed by {name}, which is the name of {keys}", "Write the short name.")
    known = tuple(chain.from_iterable((p.key, p.name) for p in people.values() if p.name))
    help = did_you_mean(name, known) if known else "Add [people] to copydesk.toml."
    return None, (f"is signed by {name[:60]}, who is not among [people]", help)


def days_in(text: str, today: date) -> tuple[date, Problem]:
    """Return the day of a signature.

    A day that can be read in two ways, such as 3/4/2026, or none at all is taken as today: the
    day on which the words were last compared.
    """
    day = _read(text.strip())
    if day is None:
        return today, _NONE
    if day > today:
        return today, (f"is signed on {day}, which is still to come", "Mend the day.")
    return day, _NONE


def _read(text: str) -> date | None:
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _WORDS.fullmatch(text):
            number, month, year = (found[1] or found[5], found[2] or found[4], found[3] or found[6])
            return date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(number))
    except ValueError:
        return None
    return None


def _plain(name: str) -> str:
    return " ".join(name.replace(".", " ").split()).casefold()
