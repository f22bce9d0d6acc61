"""Flags that mean the same everywhere, and the way from results to output and exit code."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from copydesk.cli.output import check_destination, destination
from copydesk.config import Flags
from copydesk.config_schema import FAIL_ON, did_you_mean
from copydesk.model.extension import Command as PluginCommand
from copydesk.model.finding import CopydeskError, Failure
from copydesk.registry import describe
from copydesk.runner import Options, Session
from copydesk.terminal import harmless

Command = TypeVar("Command", bound=Callable[..., Any])


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


def check_jobs(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Accept `auto`, a number of processes from 1 on, or the address of a cluster."""
    if value == "auto" or "://" in value or (value.isdigit() and int(value) > 0):
        return value
    raise click.BadParameter("Give a number from 1 on, auto, or a cluster's tcp://HOST:PORT.")


#: The flags of every command that checks posts, in the order of the help.
_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "config": click.option(
        "--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this configuration."
    ),
    "format": click.option(
        "--format",
        "output_format",
        default="text",
        metavar="NAME",
        show_default=True,
        help="Output format: text or json; lint and check also have "
        "github, gitlab, html, junit, sarif and those of plugins.",
    ),
    "output": click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the report to a file.",
    ),
    "select": click.option(
        "--select",
        multiple=True,
        metavar="RULE",
        help="Use only this rule or plugin. May be repeated.",
    ),
    "ignore": click.option(
        "--ignore",
        multiple=True,
        metavar="RULE",
        help="Leave out this rule or plugin. May be repeated.",
    ),
    "fail-on": click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        help="Exit with 1 from this severity on. The default is error.",
    ),
    "plugin": click.option(
        "--plugin",
        "plugin_files",
        multiple=True,
        metavar="FILE",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Load rules from a Python file. May be repeated.",
    ),
    "no-external-plugins": click.option(
        "--no-external-plugins", is_flag=True, help="Use only what comes with Copydesk."
    ),
    "no-cache": click.option("--no-cache", is_flag=True, help="Judge everything anew."),
    "now": click.option(
        "--now", type=Time(), metavar="TIME", help="Take this as the present, for tests."
    ),
    "jobs": click.option(
        "--jobs",
        default="auto",
        callback=check_jobs,
        metavar="N",
        show_default=True,
        help="Processes to use, or the address of a cluster.",
    ),
    "all": click.option("--all", "show_all", is_flag=True, help="Show every finding and note."),
}


def check_options(command: Command) -> Command:
    """Add the flags of every command that checks posts."""
    return options_without()(command)


def options_without(*names: str) -> Callable[[Command], Command]:
    """Add the flags of commands that check posts, but for those of some names."""
    return options(*(name for name in _OPTIONS if name not in names))


def options(*names: str) -> Callable[[Command], Command]:
    """Add some of the flags of commands that check posts."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = _OPTIONS[name](command)
        return command

    return add


def paths_argument(command: Command) -> Command:
    """Add the argument that takes posts and folders."""
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")(
        command
    )


def posts_argument(command: Command) -> Command:
    """Add the argument that takes posts, by path or id, and folders."""
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[POST]...")(
        command
    )


def options_of(given: dict[str, Any], judge: bool = True) -> Options:
    """Return the run's options from the flags of `check_options`; `judge` says whether rules run.

    Raises CopydeskError where the report could not be written: better now than after the work.
    """
    check_destination(given.get("output"))
    flags = Flags(
        select=_names(given["select"]),
        ignore=_names(given["ignore"]),
        fail_on=given["fail_on"] or "",
        plugin_files=tuple(given["plugin_files"]),
        external_plugins=not given["no_external_plugins"],
    )
    return Options(
        flags,
        given["config"],
        given["now"] or datetime.now(UTC),
        not given["no_cache"],
        given["jobs"],
        given.get("changed"),
        judge,
    )


def _names(given: tuple[str, ...]) -> tuple[str, ...]:
    """Split names that were given with commas."""
    return tuple(name for part in given for name in part.replace(",", " ").split())


def judge(paths: Sequence[Path], given: dict[str, Any], use_baseline: bool = False) -> int:
    """Check posts, report, and return the exit code: the whole of `lint` and `check`."""
    from copydesk.results import RunResults

    options = options_of(given)
    started = time.monotonic()
    session = Session(options)
    try:
        with progress("Checking") as tick:
            session.check(paths, tick)
        results = RunResults(session, time.monotonic() - started, use_baseline)
        report(results, session, given)
        return results.exit_code(options.flags.fail_on)
    finally:
        session.close()


def report(results: Any, session: Session, given: dict[str, Any]) -> None:
    """Write results in the chosen format to standard output or a file.

    Raises click.UsageError for an unknown format.
    """
    reporters = _reporters(session)
    name = given["output_format"]
    if name not in reporters:
        raise click.UsageError(
            f"There is no format {name!r}. " + did_you_mean(name, tuple(reporters))
        )
    if reporters[name].file and given["output"] is None and sys.stdout.isatty():
        raise click.UsageError(
            f"A terminal cannot show {name}. Write it to a file and open that: "
            f"--output {reporters[name].file}"
        )
    keep_posts(session, given["output"])
    settings = {"all": given["show_all"], "color": use_colour(given["output"])}
    with destination(given["output"]) as stream:
        try:
            reporters[name].write(results, stream.write, settings)
        except (KeyboardInterrupt, OSError, CopydeskError):
            raise
        except BaseException as error:
            failure = Failure(
                "plugin",
                f"the format {name} failed: {describe(error)}",
                "Mend it, or use --format text.",
            )
            raise CopydeskError(failure) from error
    if given["output"] is not None:  # people who read the log of a CI want to know how it went
        reporters["text"].write(results, _to_log, {"brief": True})
        click.echo(harmless(f"The report is in {given['output']}."), err=True)


def keep_posts(session: Session, output: Path | None) -> None:
    """Raise CopydeskError where a report would take the place of a post."""
    if output is None:
        return
    real = os.path.realpath(output)
    if any(real in map(os.path.realpath, each.site.files.values()) for each in session.sites):
        raise CopydeskError(
            Failure(
                "file",
                "is a post, so no report was written over it",
                "Give the report another name, such as report.txt beside copydesk.toml.",
                str(output),
            )
        )


def _to_log(text: str) -> None:
    click.echo(text, nl=False, err=True)


def _reporters(session: Session) -> dict[str, Any]:
    """Return the formats; where no site could be opened, those that come with Copydesk."""
    from copydesk import registry

    if session.sites:
        return session.sites[0].registry.reporters
    return registry.load(registry.built_in_refs()).reporters


def use_colour(output: Path | None) -> bool:
    """Say whether colour is wanted: only on a terminal, and not with NO_COLOR."""
    return (
        output is None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


@contextmanager
def progress(word: str, numbers: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """Show progress on a terminal for work that takes more than half a second; else nothing.

    It tells the time that is left, and how much is done: in per cent, or in `numbers`.
    """
    if not sys.stderr.isatty():
        yield None
        return
    started = time.monotonic()
    shown: list[Any] = []

    def tick(done: int, total: int) -> None:
        if not shown and time.monotonic() - started > 0.5 and done < total:
            bar = click.progressbar(
                length=total, label=word, file=sys.stderr, show_pos=numbers, show_eta=True
            )
            shown.append(bar.__enter__())
        if shown:
            shown[0].update(done - shown[0].pos)

    try:
        yield tick
    finally:
        if shown:
            shown[0].__exit__(None, None, None)


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Say on a terminal what is waited for, and take that away again; else nothing."""
    if not sys.stderr.isatty():
        yield
        return
    text = harmless(text)
    click.echo(text, nl=False, err=True)
    try:
        yield
    finally:
        click.echo(f"\r{' ' * len(text)}\r", nl=False, err=True)


def fail(failures: Sequence[Failure]) -> int:
    """Write failures to standard error and return exit code 2."""
    for failure in failures:
        place = failure.place
        said = f"failed {place + ' ' if place else ''}{failure.message}. {failure.help}"
        click.echo(harmless(said), err=True)
    return 2


def agreed(to: str, question: str = "") -> bool:
    """Ask whether what was shown is to be written; where nobody can answer, say what is needed."""
    if not can_ask():
        fail([nobody_said_yes(to)])
        return False
    yes = click.confirm(harmless(question or f"Write this to {to}?"), default=False)
    if not yes:
        click.echo("Nothing was written.")
    return yes


def can_ask() -> bool:
    """Say whether there is somebody who sees what is shown and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def nobody_said_yes(to: str) -> Failure:
    """Return the failure of what has to be agreed to where nobody can be asked."""
    return Failure(
        "arguments",
        f"nothing was written to {to}, because nobody said yes",
        "If what is shown above is right, run this again with --yes.",
    )


def plugin_commands() -> dict[str, PluginCommand]:
    """Return the commands that plugins add; the registry refuses those of Copydesk's own."""
    from copydesk.config import load
    from copydesk.config_files import find_root
    from copydesk.runner import load_plugins

    here = Path.cwd()
    try:
        found = find_root(here)
        loaded, _, _ = load_plugins(load(found.folder if found else here, None, Flags()))
    except CopydeskError:
        from copydesk import registry

        loaded = registry.load(registry.built_in_refs())
    return loaded.commands
