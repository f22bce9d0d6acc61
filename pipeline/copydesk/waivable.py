"""Which finding `copydesk waive FILE:LINE RULE` means: just one, or a hint at what there is."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

from copydesk import waivers
from copydesk.config_schema import did_you_mean
from copydesk.model.finding import CopydeskError, Failure, Finding
from copydesk.model.reporting import FileResult
from copydesk.results import RunResults
from copydesk.runner import CheckedSite, Session
from copydesk.sources import shown_path

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?", re.DOTALL)


class Place(NamedTuple):
    """What `FILE:LINE` or `FILE:LINE:COL` means; the column is 0 where none was given."""

    path: Path
    line: int
    column: int

    @property
    def shown(self) -> str:
        """The place as people write it."""
        return f"{self.path}:{self.line}" + (f":{self.column}" if self.column else "")


class Case(NamedTuple):
    """The finding to waive, in the post that was linted for it, and the words to quote."""

    checked: CheckedSite
    result: FileResult
    finding: Finding
    quote: str

    @property
    def approvers(self) -> int:
        """The number of people who must accept a finding of this rule."""
        return self.checked.registry.rules[self.finding.rule].approvers

    @property
    def today(self) -> date:
        """The day of the run."""
        return self.checked.options.now.date()


def place_of(text: str) -> Place:
    """Read `FILE:LINE` or `FILE:LINE:COL`, also where the path holds colons itself."""
    match = _PLACE.fullmatch(text)
    if match is None:
        refuse(
            f"{text!r} does not say which line is meant",
            "Write it like the report does: posts/fees.md:12 or posts/fees.md:12:5.",
        )
    place = Place(Path(match["path"]), int(match["line"]), int(match["column"] or 0))
    if place.path.is_dir():
        refuse(f"{match['path']} is a folder", "Name the post: posts/fees.md:12.")
    return place


def find(session: Session, results: RunResults, place: Place, rule: str, quote: str) -> Case:
    """Return the one finding that is meant; raises CopydeskError where it is not just one.

    The session has checked the file at the place.
    """
    if not session.sites or results.failures:
        raise CopydeskError(_undone(place))
    checked = session.sites[0]
    rule = _rule(checked, rule)
    result = _result(results, place)
    here = [each for each in result.findings if _is_at(each, place)]
    mine = [each for each in here if each.rule == rule and _meant(each, quote)]
    if not mine:
        refuse(f"{place.shown} has no finding of {rule}{_saying(quote)}", _others(here, rule))
    still = [each for each in mine if not each.waived]
    if not still:
        refuse(f"this finding is waived already: {mine[0].waived}", "Nothing is left to do.")
    words = {" ".join((quote or each.quote).split()) for each in still}
    if len(still) > 1 and len({" ".join(each.quote.split()) for each in still}) > 1:
        refuse(
            f"{len(still)} findings of {rule} are meant by {place.shown}",
            "Say which one, by its column or with --quote: " + "; ".join(map(_said, still)) + ".",
        )
    if not any(words):
        refuse(
            f"this finding of {rule} marks no words, and a waiver stands for words",
            "Mend it, or switch the rule off for this post with [[overrides]] in copydesk.toml.",
        )
    return Case(checked, result, still[0], words.pop())


def _undone(place: Place) -> Failure:
    return Failure(
        "file",
        "nothing was waived, because the post could not be judged whole",
        "Mend what failed above, then run again.",
        str(place.path),
    )


def _rule(checked: CheckedSite, name: str) -> str:
    """Return the id of a rule that was given by its id or by an older name."""
    loaded = checked.registry
    rule = loaded.aliases.get(name, name)
    if rule not in loaded.rules:
        refuse(f"there is no rule {name}", did_you_mean(name, loaded.rule_names()))
    if rule.startswith("waivers."):
        refuse(f"{rule} speaks of a waiver, not of a post", "Mend or delete that waiver.")
    return rule


def _result(results: RunResults, place: Place) -> FileResult:
    wanted = os.path.abspath(place.path)
    for result in results.files():
        if os.path.abspath(result.path) == wanted:
            return result
    raise CopydeskError(_undone(place))


def _is_at(finding: Finding, place: Place) -> bool:
    """Say whether a finding begins on a line, or at a line and column."""
    if place.column:
        return (finding.start.line, finding.start.column) == (place.line, place.column)
    return finding.start.line == place.line


def _meant(finding: Finding, quote: str) -> bool:
    return not quote.strip() or waivers.stands_in(quote, finding.quote)


def _saying(quote: str) -> str:
    return f" that holds the words “{' '.join(quote.split())}”" if quote.strip() else ""


def _others(here: Sequence[Finding], rule: str) -> str:
    """Return a hint at what there is instead."""
    same = [each for each in here if each.rule == rule]
    if same:
        return "There is: " + "; ".join(map(_said, same)) + "."
    rules = sorted({each.rule for each in here})
    if rules:
        return f"There are findings of {', '.join(rules)}."
    return "No rule has a finding there. Take file, line and column from `copydesk lint`."


def _said(finding: Finding) -> str:
    words = " ".join(finding.quote.split())
    short = words if len(words) <= 60 else words[:59] + "…"
    return f"column {finding.start.column} “{short}”"


def refuse(message: str, help: str, path: Path | None = None) -> NoReturn:
    """Raise CopydeskError for what keeps a waiver from being written."""
    shown = shown_path(path) if path else ""
    raise CopydeskError(Failure("arguments", message, help, shown)) from None
