"""`copydesk waive`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import Time, fail, options_of
from copydesk.cli.sites import plugin_options
from copydesk.terminal import harmless
from copydesk.waivable import Case, find, place_of
from copydesk.waiving import Draft, check, write


class Day(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.3 on
    """A day such as 2027-01-31."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | None:
        """Read a day in the form of the calendar; nothing stays nothing."""
        if isinstance(value, date) or not value:
            return value or None
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is not a day. Write it like 2027-01-31.", param, ctx)


@click.command(
    "waive",
    epilog="Example: copydesk waive posts/fees.md:12 claims.statistic "
    '--reason "Our own survey, on file." --by mara --until 2027-01-31',
)
@click.argument("place", metavar="FILE:LINE")
@click.argument("rule", metavar="RULE")
@click.option("--reason", default="", metavar="TEXT", help="Why it is fine, in a sentence.")
@click.option("--by", multiple=True, metavar="NAME", help="Who accepts it. May be repeated.")
@click.option("--until", type=Day(), metavar="DAY", help="The last day, such as 2027-01-31.")
@click.option(
    "--recorded-by", default="", metavar="NAME", help="Who writes it down, if that is another."
)
@click.option("--quote", default="", metavar="TEXT", help="Words of the finding that is meant.")
@click.option("--now", type=Time(), metavar="TIME", help="Take this as the present, for tests.")
@plugin_options
def command(place: str, rule: str, **given: Any) -> int:
    """Accept a finding: with a reason, the people behind it and a last day.

    FILE:LINE is the place that `lint` shows, FILE:LINE:COLUMN where a line has several findings
    of the RULE. The waiver is added to waivers.toml at the site's root; nothing that stands there
    is changed. Without --reason or --by, a terminal is asked. Exits with 2, and writes nothing,
    when the waiver would not hold.
    """
    from copydesk.results import RunResults
    from copydesk.runner import Session

    where = place_of(place)
    nothing = {"select": (), "ignore": (), "fail_on": "", "no_cache": False, "jobs": "auto"}
    session = Session(options_of({**given, **nothing}))
    try:
        session.check([where.path])
        results = RunResults(session)
        fail(results.failures)
        case = find(session, results, where, rule, given["quote"])
        draft = _draft(case, given)
        check(case, draft)
        _write(case, draft)
        return 0
    finally:
        session.close()


def _draft(case: Case, given: dict[str, Any]) -> Draft:
    """Return what the flags say; what is missing is asked where somebody can answer."""
    by = _names(given["by"])
    reason, until = given["reason"], given["until"]
    if not (reason.strip() and by):
        people = "1 person" if case.approvers == 1 else f"{case.approvers} people"
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            missing = [] if reason.strip() else ['--reason "..."']
            missing += [] if by else ["--by NAME" + (f" ({people})" if case.approvers > 1 else "")]
            raise click.UsageError(
                f"A waiver of {case.finding.rule} needs {' and '.join(missing)}."
            )
        _show_case(case)
        reason = reason if reason.strip() else click.prompt("Why is it fine, in a sentence")
        if not by:
            told = click.prompt(f"Who accepts it ({people}, names with commas between)")
            by = _names(told.split(","))
        if until is None:
            until = click.prompt(
                "Last day, such as 2027-01-31 (Enter for none)", "", type=Day(), show_default=False
            )
    return Draft(reason, by, until or None, given["recorded_by"].strip())


def _names(given: Iterable[str]) -> tuple[str, ...]:
    """Return names without blanks around them, each once."""
    return tuple(dict.fromkeys(name.strip() for name in given if name.strip()))


def _show_case(case: Case) -> None:
    finding = case.finding
    place = f"{case.result.path}:{finding.start.line}:{finding.start.column}"
    click.echo(harmless(f"{finding.rule}   {finding.where}   {place}"))
    click.echo(harmless(f'       "{case.quote}"'))


def _write(case: Case, draft: Draft) -> None:
    """Write the waiver and say what it does."""
    done = write(case, draft)
    click.echo(f"Added to {harmless(done.path)}:")
    for line in done.text.splitlines():
        click.echo(f"  {harmless(line)}")
    if done.others:
        lines = ", ".join(str(each.start.line) for each in done.others)
        click.echo(f"The same words settle {len(done.others)} more of its findings, line {lines}.")
    path = harmless(case.result.path)
    left = {0: "has no errors now", 1: "has 1 error left"}
    click.echo(
        f"{path} {left.get(done.errors, f'has {done.errors} errors left')}. "
        f"`git diff` shows the change in {harmless(Path(done.path).name)}; please commit it."
    )
