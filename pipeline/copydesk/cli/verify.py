"""`copydesk verify`."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

import click

from copydesk.cli import at_target, publication
from copydesk.cli.common import fail, waiting
from copydesk.cli.edition import Edition
from copydesk.cli.order_options import to_option
from copydesk.codec import failure_to_json
from copydesk.model.extension import LiveProblem, Verifies
from copydesk.model.finding import SEVERITIES, CopydeskError, Failure
from copydesk.plan_words import counted
from copydesk.publishing import Opened, open_target, standing_view
from copydesk.runner import CheckedSite
from copydesk.sources import shown_path
from copydesk.terminal import harmless

_WORDS = {"error": "error", "warning": "warn", "info": "info"}
_COUNTED = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "info": ("note", "notes"),
}


class _Looked(NamedTuple):
    """The live site of one target, and what is not right there."""

    site: str
    target: str
    at: str
    problems: tuple[LiveProblem, ...]
    failures: tuple[Failure, ...] = ()


@click.command("verify", epilog="Example: copydesk verify --to clinic")
@to_option
@at_target.target_options
def command(to: str, **given: Any) -> int:
    """Look at the live site of a target as a visitor, and say what is not right there.

    It looks at previous and next links that do not answer each other, links to pages that are not
    there, posts that no other post links to, and posts that a person changed there. Nothing is
    written; `copydesk repair` mends links. Exits with 1 when something is not right, 2 when it
    could not look.
    """
    edition = at_target.look(given)
    found = []
    try:
        for checked in edition.session.sites:
            try:
                found.append(looked := _look(checked, open_target(checked, to)))
                edition.failures += looked.failures
            except CopydeskError as error:
                edition.fail(checked.site.root, error)
        with publication.printed_to(given["output"]):
            if given["output_format"] == "json":
                _write_json(edition, found)
            else:
                _show(found)
        fail([*edition.checked_failures(), *edition.failures])
        wrong = any(p.severity != "info" for each in found for p in each.problems)
        return edition.exit_code() or int(wrong)
    finally:
        edition.session.close()


def _look(checked: CheckedSite, opened: Opened) -> _Looked:
    """Return what is not right on a live site; raises CopydeskError where it cannot be seen."""
    name = opened.settings.name
    if not isinstance(opened.target, Verifies):
        help = (
            "Look at its pages in a browser. What differs from the posts is shown by copydesk "
            f"plan --to {name}."
        )
        raise CopydeskError(
            Failure("target", f"{name} has no live site that could be looked at", help)
        )
    view = standing_view(checked, opened)
    problems: list[LiveProblem] = []
    failures: tuple[Failure, ...] = ()
    with waiting(f"Looking at {opened.at}"):
        view.look(opened.target)
        try:
            problems.extend(opened.target.verify(view))
        except CopydeskError as error:  # what was seen until then is shown all the same
            failures = (error.failure,)
    return _Looked(shown_path(checked.site.root), name, opened.at, tuple(problems), failures)


def _show(found: list[_Looked]) -> None:
    for looked in found:
        for each in looked.problems:
            place = each.address or each.post
            click.echo(harmless(f"{_WORDS[each.severity]:<6} {each.kind}   {place}".rstrip()))
            click.echo(harmless(f"       {each.message}. {each.help}".rstrip()))
        counts = Counter(each.severity for each in looked.problems)
        said = [counted(counts[each], _COUNTED[each]) for each in SEVERITIES if counts[each]]
        if looked.failures:
            said.append("not all of it could be seen")
        what = ", ".join(said) or "nothing is wrong there"
        click.echo(harmless(f"Looked at {looked.at}: {what}."))


def _write_json(edition: Edition, found: list[_Looked]) -> None:
    problems = [
        {"site": looked.site, "target": looked.target, **each._asdict()}
        for looked in found
        for each in looked.problems
    ]
    counts = Counter(each["severity"] for each in problems)
    failures = [*edition.checked_failures(), *edition.failures]
    value = {
        "version": 1,
        "problems": problems,
        "failures": [failure_to_json(each) for each in failures],
        "summary": {word: counts[severity] for severity, (_, word) in _COUNTED.items()},
    }
    click.echo(json.dumps(value, indent=1, ensure_ascii=False))
