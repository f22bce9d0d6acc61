"""`copydesk fix`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import (
    agreed,
    fail,
    options_of,
    options_without,
    paths_argument,
    progress,
    use_colour,
)
from copydesk.config import all_failures
from copydesk.mending import Planned, PostFix, diff, plan, told, unfit, write
from copydesk.model.finding import CopydeskError
from copydesk.results import RunResults
from copydesk.runner import Session
from copydesk.terminal import harmless

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command("fix", epilog="Examples: copydesk fix posts/fees.md   copydesk fix posts/ --diff")
@paths_argument
@click.option("--diff", "only_diff", is_flag=True, help="Show what would change; write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking; needed without a terminal.")
@options_without("format", "output", "all")
def command(paths: tuple[Path, ...], only_diff: bool, yes: bool, **given: Any) -> int:
    """Mend what can be mended safely.

    PATH is a post or a folder of posts; without one, the current folder. Some findings have one
    sure way out, such as leftovers of an old site or a missing blank. They are mended, again and
    again until nothing moves; every other byte of the file stays. Claims and findings with a
    waiver are never touched. What would change is shown first, and you are asked.

    Exits with 0 when no error is left, 1 when errors are left (or what --fail-on says), 2 when
    something could not be done or nobody said yes. With --diff: 0 when there is nothing to mend,
    1 when there is.
    """
    session = Session(options_of(given))
    try:
        with progress("Checking") as tick:
            session.check(paths, tick)
        results = RunResults(session)
        planned = plan(session, results)
        failures = [*results.failures, *planned.failures]
        code = fail(failures) if failures else 0
        if only_diff:
            _show(planned.changes)
            _tell_unfit(planned)
            return code or int(bool(planned.changes))
        if planned.changes and not yes:
            _show(planned.changes)
            if not _agreed(planned.changes):
                return 2
        code = _write(planned) or code
        return _left(paths, given, code, results if not planned.changes else None)
    finally:
        session.close()


def _show(changes: Sequence[PostFix]) -> None:
    """Show what would change: for people on a terminal, else exactly, as `patch` reads it."""
    for change in changes:
        text = diff(change)
        if not sys.stdout.isatty():
            click.echo(text, nl=False)
            continue
        for line in text.splitlines():
            shown = harmless(line)
            if use_colour(None):
                shown = click.style(shown, fg=_COLOURS.get(line[:1]))
            click.echo(shown)


def _tell_unfit(planned: Planned) -> None:
    for each in planned.unfit:
        for line in unfit(each):
            click.echo(harmless(f"{each.before.path} {line}."), err=True)


def _agreed(changes: Sequence[PostFix]) -> bool:
    if len(changes) == 1:
        return agreed(changes[0].before.path)
    return agreed(f"these {len(changes)} posts")


def _write(planned: Planned) -> int:
    """Write the mended posts and say what was done in each; return 2 where one failed."""
    code = 0
    for change in planned.changes:
        try:
            write(change)
        except CopydeskError as error:
            code = fail(all_failures(error))
            continue
        click.echo(harmless(f"mended {change.before.path}"))
        for line in told(change):
            click.echo(harmless(f"       {line}"))
    _tell_unfit(planned)
    return code


def _left(
    paths: tuple[Path, ...], given: dict[str, Any], code: int, known: RunResults | None
) -> int:
    """Look at the posts as they are now, say what is left for people, and return the exit code."""
    options = options_of(given)
    session = Session(options)
    try:
        if known is None:
            session.check(paths)
            results = RunResults(session)
        else:
            results = known
        counts = results.summary
        left = [
            f"{counts[name]} {word if counts[name] == 1 else word + 's'}"
            for name, word in (("errors", "error"), ("warnings", "warning"), ("infos", "note"))
            if counts[name]
        ]
        if known is not None and counts["posts"]:
            click.echo("There is nothing to mend." if not left else "Nothing has a safe fix.")
        if left:
            lint = shlex.join(["copydesk", "lint", *map(str, paths)])
            click.echo(f"Left for you: {', '.join(left)}. `{harmless(lint)}` shows them.")
        return code or results.exit_code(options.flags.fail_on)
    finally:
        session.close()
