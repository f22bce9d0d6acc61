"""What pages for people are made with: templates that escape, and dates as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def local_time(moment: datetime, zone: str) -> datetime:
    """Return a moment in the time zone of a site."""
    if zone:
        from zoneinfo import ZoneInfo  # takes a while, and most commands show no time

        with suppress(OverflowError):  # the first and the last day that there are
            return moment.astimezone(ZoneInfo(zone))
    return moment


def day(moment: date, zone: str = "") -> str:
    """Return a date as people in Britain write it: 2 March 2026.

    Of a moment that is the day in the time zone of the site.
    """
    if isinstance(moment, datetime):
        moment = local_time(moment, zone)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


@cache
def page_templates(folder: Path) -> Environment:
    """Return the templates of a folder, which escape what they are given."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
