"""What was told of a source: its state, its title, and why."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from copydesk.api import harmless

State = Literal["verified", "not-found", "retracted", "concern", "corrected"]
#: From the gravest: where two resolvers differ, the graver word counts.
STATES: tuple[State, ...] = ("retracted", "concern", "corrected", "verified", "not-found")
#: How a source is shown: also one that was never looked up, and one with another title.
Shown = Literal[
    "verified", "not-found", "retracted", "concern", "corrected", "title-mismatch", "unverified"
]

_TAG = re.compile(r"<[^<>]{0,200}>")
_LONGEST = 300


class Told(NamedTuple):
    """An answer about a source. `note` says which notice, in words for people."""

    state: State
    title: str = ""
    note: str = ""
    by: str = ""


class Fact(NamedTuple):
    """An answer with the day on which it was given, and the last day on which it holds."""

    told: Told
    asked: date
    until: date


def later(day: date, days: int) -> date:
    """Return the day that is some days later, the last one of the calendar at most."""
    return day + timedelta(days=min(days, (date.max - day).days))


def graver(one: Told, other: Told | None) -> Told:
    """Return the graver of two answers about one source, with a title where either has one."""
    if other is None:
        return one
    first, second = sorted((one, other), key=lambda each: STATES.index(each.state))
    return first._replace(title=first.title or second.title)


def plain(said: object) -> str:
    """Return a title or label of an answer as one line of bounded length, without markup."""
    if not isinstance(said, str):
        return ""
    text = _TAG.sub("", html.unescape(said[: 4 * _LONGEST]))
    return harmless(" ".join(text.split()))[:_LONGEST]
