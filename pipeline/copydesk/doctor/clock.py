"""Dates: the site's time zone, and whether this machine's clock can be right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import copydesk
from copydesk.doctor.lines import Line
from copydesk.git_history import newest_commit
from copydesk.site import Site
from copydesk.time_zones import system_zone

#: Clocks of healthy machines differ by less.
TOLERANCE = timedelta(minutes=2)
_SET_CLOCK = "Let this machine set its clock by itself: posts go online by it."


def look_at_zone(zone: str, now: datetime) -> Line:
    """Say which zone dates without one go by, and what time it is there."""
    from zoneinfo import ZoneInfo, available_timezones

    if not available_timezones():
        return Line(
            "failed",
            "time zone",
            "This machine has no list of time zones.",
            "Install one: python -m pip install tzdata",
        )
    if not zone:
        likely = system_zone() or "America/New_York"
        return Line(
            "warn",
            "time zone",
            "None is set: a date without a zone, such as 2026-03-02, is an error.",
            f'Write timezone = "{likely}", or your own zone, into copydesk.toml.',
        )
    there = now.astimezone(ZoneInfo(zone))
    here = now.astimezone()
    also = "" if there.utcoffset() == here.utcoffset() else f"; this machine shows {here:%H:%M}"
    return Line("ok", "time zone", f"{zone}: it is {there:%Y-%m-%d %H:%M} there{also}.")


def look_at_clock(site: Site, now: datetime) -> Iterator[Line]:
    """Hold the clock against what must have been in the past."""
    later = [(what, when) for what, when in _past(site) if when > now + TOLERANCE]
    for what, when in later:
        yield Line(
            "warn",
            "clock",
            f"This machine's clock shows {_shown(now)}, but {what} is of {_shown(when)}.",
            _SET_CLOCK,
        )
    if not later:
        yield Line("ok", "clock", f"{_shown(now)}; nothing here is from a later time.")


def _past(site: Site) -> Iterator[tuple[str, datetime]]:
    """Yield what was made before now, with its time."""
    yield "Copydesk itself", _changed(Path(copydesk.__file__))
    commit = newest_commit(site.root)
    if commit is not None:
        yield "the newest commit", commit
    posts = [(_changed(site.path(key)), key) for key in site.files]
    if posts:
        when, key = max(posts)
        yield key, when


def _changed(path: Path) -> datetime:
    with suppress(OSError, OverflowError, ValueError):
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return datetime.fromtimestamp(0, UTC)


def look_at_date(host: str, header: str, now: datetime) -> Line | None:
    """Hold the clock against the `Date` of a host's answer; None where that says nothing."""
    try:
        told = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    told = told if told.tzinfo else told.replace(tzinfo=UTC)
    if abs(told - now) <= TOLERANCE:
        return Line("ok", "clock", f"It agrees with {host}.")
    return Line(
        "failed",
        "clock",
        f"This machine's clock shows {_shown(now)}, but at {host} it is {_shown(told)}.",
        _SET_CLOCK,
    )


def _shown(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
