"""What targets that write HTML pages share: templates, dates for people, clean text."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

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
#: Characters that neither HTML nor XML can hold.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Leave out the control characters that a page or feed cannot hold."""
    return _NOT_TEXT.sub("", text)


def local(moment: datetime, zone: str) -> datetime:
    """Return a moment in the time zone of a site."""
    if zone:
        with suppress(OverflowError):  # the first and the last day that there are
            return moment.astimezone(ZoneInfo(zone))
    return moment


def day(moment: date, zone: str = "") -> str:
    """Return a date as people in Britain write it, in the time zone of the site: 2 March 2026."""
    if isinstance(moment, datetime):
        moment = local(moment, zone)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


@cache
def environment(folder: Path) -> Environment:
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
