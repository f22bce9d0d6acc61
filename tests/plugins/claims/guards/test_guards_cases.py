"""Every guard on readable cases: what must be found, and what must stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.api import Rule
from copydesk.model.finding import Finding
from copydesk.testing import assert_exact, assert_examples, run_rule
from copydesk_plugins.claims import register_rules

CASES = Path(__file__).parent / "cases"
RULES = {rule.id.partition(".")[2]: rule for rule in register_rules()}
#: The cases on described means belong to the rule on crisis lines.
NAMES = {"method": "crisis-line"}


#: The rule on reviews looks at posts and not at notes.
FILLER = {
    "reviewer-and-dates": "\n\nWe wrote this page on a wet Tuesday, with two pots of tea and a "
    "long list of questions from the box by the door. Some were about the bus, some about the "
    "stairs, one was about the cat, and the last was a drawing of a boat."
}


def rule_of(name: str) -> Rule:
    return RULES[NAMES.get(name, name)]


def post_of(text: str) -> str:
    front = ""
    if text.startswith("{"):
        keys, _, text = text[1:].partition("} ")
        front = "---\n" + keys.replace("; ", "\n") + "\n---\n\n"
    return front + text.replace(" // ", "\n\n").replace(" / ", "\n")


def cases(mark: str) -> list[tuple[str, str]]:
    return [
        (path.stem, line[2:])
        for path in sorted(CASES.glob("*.txt"))
        if path.stem != "README"
        for line in path.read_text("utf-8").splitlines()
        if line.startswith(mark)
    ]


FOUND, SILENT = cases("+ "), cases("- ")


def run(name: str, text: str, newline: str = "\n", straight: str = "'") -> list[Finding]:
    post = post_of(text) + FILLER.get(name, "")
    post = post.replace("\n", newline).replace("'", straight)
    found = run_rule(rule_of(name), post)
    assert_exact(found, post)
    return found


@pytest.mark.parametrize(("name", "case"), FOUND)
def test_what_must_be_found(name: str, case: str) -> None:
    words, _, text = case.partition(" | ")
    found = run(name, text)
    assert len(found) == 1, [each.message for each in found]
    assert words.lower() in found[0].message.lower(), found[0].message
    assert found[0].severity == rule_of(name).severity
    assert found[0].help


@pytest.mark.parametrize(("name", "case"), SILENT)
def test_what_must_stay_silent(name: str, case: str) -> None:
    assert [each.message for each in run(name, case)] == []


def test_newlines_of_windows_and_curly_marks_change_nothing() -> None:
    changed = [
        case
        for name, case in FOUND
        if not run(name, case.partition(" | ")[2], newline="\r\n", straight="’")
    ]
    changed += [case for name, case in SILENT if run(name, case, newline="\r\n", straight="’")]
    assert changed == []


@pytest.mark.parametrize("name", sorted({name for name, _ in FOUND}))
def test_each_guard_has_enough_cases(name: str) -> None:
    for each in (FOUND, SILENT):
        assert sum(rule == name for rule, _ in each) >= 8


@pytest.mark.parametrize("name", sorted({NAMES.get(name, name) for name, _ in FOUND}))
def test_examples_hold(name: str) -> None:
    assert_examples(RULES[name])


@pytest.mark.parametrize("name", sorted({NAMES.get(name, name) for name, _ in FOUND}))
def test_only_english_posts_are_judged(name: str) -> None:
    assert RULES[name].languages == ("en", "unknown")
