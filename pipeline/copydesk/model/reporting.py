"""What reporters get of a run: results of files, the chain of posts, and the run as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from copydesk.model.extension import Decision
from copydesk.model.finding import Failure, Finding, Measure
from copydesk.model.post import Post
from copydesk.model.rule import Rule
from copydesk.model.site import SiteSettings


class FileResult(NamedTuple):
    """What came of one file that was checked: its findings in order, and what was counted.

    `state` is the post's state; `due` says whether it is meant to be public now. `series` holds
    the measures that have parts, by name.
    """

    path: str
    key: str
    post: str
    title: str
    state: str
    due: bool
    findings: tuple[Finding, ...]
    measures: Mapping[str, float | int | str]
    series: Mapping[str, Measure] = {}


class Linked(NamedTuple):
    """A post of a site and the posts that its page would link to, each by its path or empty.

    `decision` is what would become of it and `reason` says why it would not be public.
    """

    path: str
    title: str
    published: datetime | None
    decision: Decision
    reason: str
    older: str = ""
    newer: str = ""


class Chain(NamedTuple):
    """The posts of a site as visitors would find them one after the other.

    First come the posts that are linked, oldest first, then the others by path. `problem` says
    why there is no order.
    """

    site: SiteSettings
    posts: tuple[Linked, ...]
    problem: str = ""


class Results(Protocol):
    """What a reporter gets: file results one at a time, so that memory stays flat."""

    def files(self) -> Iterator[FileResult]:
        """Yield every file that was checked, sorted by path, also those without findings."""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Everything that could not be done."""

    @property
    def summary(self) -> Mapping[str, Any]:
        """The counts of the run, each under the name of what it counts."""

    @property
    def plugins(self) -> tuple[str, ...]:
        """The plugins that took part, with distribution and version."""

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The loaded rules by id, sorted: what formats need that explain rules."""

    @property
    def fail_on(self) -> str:
        """The severity from which findings count, or `never`."""

    @property
    def now(self) -> datetime:
        """The time of the run, aware."""

    def post(self, result: FileResult) -> Post | None:
        """Read the post of a file again; None where it is no longer what was judged."""

    def chains(self) -> Iterator[Chain]:
        """Yield the chain of posts of each site, as publishing to its default target makes it."""


class Reporter(NamedTuple):
    """Writes results in one format.

    `write` gets the results, a function that writes text, and the display settings
    (`all`: every finding; `color`: terminal colours allowed). `file` is a name for what it writes
    where that is nothing for a terminal, such as `report.html`.
    """

    name: str
    summary: str
    write: Callable[[Results, Callable[[str], Any], Mapping[str, bool]], None]
    file: str = ""
