"""Every artefacts rule on readable cases; the fixes leave all else as it was."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from copydesk.model.finding import Edit, Finding
from copydesk.testing import assert_exact, assert_examples, run_rule
from copydesk_plugins.artefacts import register_rules

CASES = Path(__file__).parent / "cases"
RULES = {rule.id: rule for rule in register_rules()}


class Case(NamedTuple):
    """A post, what is to be found in it, and what the fixes make of it."""

    name: str
    file: str
    text: str
    findings: list[str]
    fixed: str | None


def cases(name: str) -> list[Case]:
    out = []
    for part in (CASES / name).read_text("utf-8").split("=== ")[1:]:
        title, _, rest = part.partition("\n")
        file, _, rest = rest.partition("\n")
        before, _, fixed = rest.partition("--- fixed\n")
        text, _, found = before.partition("--- findings\n")
        out.append(
            Case(
                title,
                file,
                text.rstrip("\n"),
                sorted(filter(None, found.split("\n"))),
                fixed.rstrip("\n") if fixed else None,
            )
        )
    return out


LEFTOVERS = cases("leftovers.txt") + cases("old-sites.txt")
SILENT = cases("silent.txt") + cases("meant.txt")


@cache
def findings(text: str, name: str) -> list[Finding]:
    out = [
        each
        for rule in RULES.values()
        if rule.id != "artefacts.title"
        for each in run_rule(rule, text, name)
    ]
    assert_exact(out, text)
    return sorted(out, key=lambda each: each.start.offset)


def shown(found: list[Finding], text: str) -> list[str]:
    """Write findings as the case files do, with line breaks and quotes escaped."""
    return sorted(
        f'{each.severity} {each.rule} "'
        + each.quote.replace("\r\n", "\n").replace('"', '\\"').replace("\n", "\\n")
        + '"'
        for each in found
    )


def edits(found: list[Finding]) -> list[Edit]:
    return sorted({edit for each in found for edit in each.fix or ()})


def applied(text: str, changes: list[Edit]) -> str:
    assert all(a.end <= b.start for a, b in pairwise(changes))
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text


def names(each: object) -> str:
    return each.name.replace(" ", "-") if isinstance(each, Case) else str(each)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_examples_hold(rule: object) -> None:
    assert_examples(rule)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", LEFTOVERS, ids=names)
def test_leftovers_are_found_at_their_exact_place(case: Case) -> None:
    assert shown(findings(case.text, case.file), case.text) == case.findings


@pytest.mark.parametrize("case", SILENT, ids=names)
def test_what_people_mean_is_left_in_peace(case: Case) -> None:
    assert shown(findings(case.text, case.file), case.text) == []


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize("case", [each for each in LEFTOVERS if each.fixed], ids=names)
def test_fixes_take_out_the_leftover_and_nothing_else(case: Case, end: str) -> None:
    text = case.text + end
    found = findings(text, case.file)
    mended = applied(text, edits(found))
    assert mended.rstrip("\n") == case.fixed
    left = findings(mended, case.file)
    assert len(left) == sum(each.fix is None for each in found)
    assert applied(mended, edits(left)) == mended


@pytest.mark.parametrize("case", LEFTOVERS, ids=names)
def test_windows_line_ends_change_nothing(case: Case) -> None:
    text = case.text.replace("\n", "\r\n")
    found = findings(text, case.file)
    assert shown(found, text) == case.findings
    if case.fixed:
        mended = applied(text, edits(found)).replace("\r\n", "\n")
        assert mended.rstrip("\n") == case.fixed


@pytest.mark.parametrize("case", LEFTOVERS + SILENT, ids=names)
def test_front_matter_shifts_nothing(case: Case) -> None:
    if case.file == "post.html" or case.text.startswith("---"):
        return
    matter = "---\nid: walk\n---\n\n"
    found = findings(matter + case.text, case.file)
    assert shown(found, case.text) == case.findings
    assert all(edit.start >= len(matter) - 2 for edit in edits(found))


@pytest.mark.parametrize("case", LEFTOVERS, ids=names)
def test_messages_are_plain_and_name_a_way_out(case: Case) -> None:
    for finding in findings(case.text, case.file):
        assert finding.message.endswith(".") and finding.help.endswith(".")
        words = finding.message.replace(finding.quote, "").split("” ", 1)[-1]
        assert "!" not in words + finding.help
