"""What commands share that are about a target alone: no post of the sources is judged for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from copydesk.cli import edition as editions
from copydesk.cli import publication
from copydesk.cli.common import options
from copydesk.orders import Asked

Command = TypeVar("Command", bound=Callable[..., Any])

#: What the flags that these commands have not would say.
_USUAL = {"select": (), "ignore": (), "fail_on": None, "no_cache": False, "jobs": "auto"}

target_options = options(
    "config", "format", "output", "plugin", "no-external-plugins", "now", "all"
)


def look(given: dict[str, Any]) -> editions.Edition:
    """Read the sites of the current folder, and nothing more."""
    return editions.check([], {**_USUAL, **given}, judge=False)


def carry_out(given: dict[str, Any], to: str, asked: Asked, paths: Sequence[Path] = ()) -> int:
    """Make a plan for an order, show it, ask, write, and return the exit code."""
    given = {**_USUAL, **given}
    edition = editions.make(paths, given, to, asked.resolve, judge=False)
    try:
        with publication.printed_to(given["output"]):
            if given["output_format"] == "text":
                publication.show_findings(edition, given)
                publication.show_plan(edition, given["show_all"])
            publication.carry_out(edition, given)
        return publication.done(edition)
    finally:
        edition.session.close()
