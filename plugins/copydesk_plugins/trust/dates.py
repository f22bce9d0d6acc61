"""Days that a post names in words: the last one that can be meant, so that nobody is late early."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
#: A date stands so many words from the words that say what it is of.
_NEAR = 14
_FIRST, _LAST = 1990, 2199
#: Behind these, a year is when something else began: "by Dr Lee, a physician since 1998".
_NO_DAY = frozenset({"since"})


def day_after(keys: Sequence[str], at: int) -> date | None:
    """Return the first day that the words from a place on name, or None.

    Of a month without a day it is the last one, of a year alone the last of the year; days in
    numbers can be read in two ways, so they count as their year.
    """
    for here in range(at, min(at + _NEAR, len(keys))):
        if here and keys[here - 1] in _NO_DAY:
            continue
        if (year := _year(keys[here])) is not None:
            return _day(keys, max(at, here - 2), here, year)
        if (whole := _iso(keys[here])) is not None:
            return whole
    return None


def _day(keys: Sequence[str], start: int, here: int, year: int) -> date:
    """Return the day whose year stands at a place: "2 March 2026", "March 2, 2026"."""
    before = keys[start:here]
    month = next((n for n, name in enumerate(_MONTHS, 1) if _names(name, before)), 0)
    if not month:
        return date(year, 12, 31)
    last = monthrange(year, month)[1]
    digits = [each.rstrip("stndrh") for each in before]
    days = [int(each) for each in digits if len(each) <= 2 and each.isdecimal()]
    return date(year, month, days[0] if days and 1 <= days[0] <= last else last)


def _names(month: str, words: Sequence[str]) -> bool:
    short = (month[:3], month[:4])
    return any(word == month or word.rstrip(".") in short for word in words)


def _year(key: str) -> int | None:
    tail = key.rpartition("/")[2] if "/" in key else key
    if len(tail) == 4 and tail.isascii() and tail.isdecimal() and _FIRST <= int(tail) <= _LAST:
        return int(tail)
    return None


def _iso(key: str) -> date | None:
    try:
        found = date.fromisoformat(key)
    except ValueError:
        return None
    return found if _FIRST <= found.year <= _LAST else None
