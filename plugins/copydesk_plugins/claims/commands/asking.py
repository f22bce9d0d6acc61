"""What commands about claims take alike: flags, the site that is meant, the question."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from copydesk.api import CopydeskError, Failure, OpenedSite, harmless, open_sites

Command = TypeVar("Command", bound=Callable[..., Any])


class Given(NamedTuple):
    """The flags that say which site is meant, and which day it is."""

    config: Path | None = None
    now: datetime | None = None


class Time(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.3 on
    """A time with a zone, such as 2026-03-02T09:00:00Z."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read an ISO 8601 time; one without a zone is taken as UTC."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(value)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is not a time. Write it like 2026-03-02T09:00:00Z.", param, ctx)


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.3 on
    """A day such as 2027-01-31."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day in the form of the calendar."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is not a day. Write it like 2027-01-31.", param, ctx)


def site_flags(command: Command) -> Command:
    """Add `--config` and `--now`."""
    path = click.Path(path_type=Path)
    command = click.option(
        "--now", type=Time(), metavar="TIME", help="Take this as the present, for tests."
    )(command)
    return click.option("--config", type=path, metavar="FILE", help="Use this configuration.")(
        command
    )


def yes_flag(command: Command) -> Command:
    """Add `--yes`."""
    return click.option(
        "--yes", is_flag=True, help="Ask no question; needed where there is no terminal."
    )(command)


def format_flag(command: Command) -> Command:
    """Add `--format`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to show it.",
    )(command)


def sites_of(path: Path | None, given: Given) -> OpenedSite:
    """Return the one site of a path, or of the working folder; raises CopydeskError."""
    found: list[OpenedSite] = []
    for each in open_sites([path] if path else [], given.config, given.now):
        if isinstance(each, Failure):
            raise CopydeskError(each)
        found.append(each)
    if len(found) != 1:
        raise CopydeskError(
            Failure(
                "arguments",
                "no site was found here" if not found else f"{len(found)} sites lie here",
                "Run this in the folder of one site, or name its settings with --config FILE.",
            )
        )
    return found[0]


def say(lines: Iterable[str]) -> None:
    """Write lines to standard output, made fit for a terminal."""
    for line in lines:
        click.echo(harmless(line))


def fail(failures: Sequence[Failure]) -> int:
    """Write failures to standard error and return the exit code: 2 where there are any."""
    for each in failures:
        place = f"{each.place} " if each.place else ""
        click.echo(harmless(f"failed {place}{each.message}. {each.help}"), err=True)
    return 2 if failures else 0


def agreed(to: str, yes: bool) -> bool:
    """Ask whether what was shown is to be written; where nobody can answer, say what is needed."""
    if yes:
        return True
    if sys.stdin.isatty() and sys.stdout.isatty():
        answer = click.confirm(f"Write this to {harmless(to)}?", default=False)
        if not answer:
            click.echo("Nothing was written.")
        return answer
    fail(
        [
            Failure(
                "arguments",
                f"nothing was written to {to}, because nobody said yes",
                "If what is shown above is right, run this again with --yes.",
            )
        ]
    )
    return False
