"""Findings that say the same: told once for people, every one of them for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from reports_kit import Report, file, finding, written

from copydesk.api import Finding, Group
from copydesk.model.finding import Place
from copydesk_plugins.reporters import register_reporters
from copydesk_plugins.reporters.text import write_text

SAYS = "ketamine works within hours"
HELP = "None has a source. `copydesk claims show 3` lists them."
FORMATS = {each.name: each.write for each in register_reporters()}


def said(line: int, says: str = SAYS, severity: str = "warning", **parts: Any) -> Finding:
    """Return a finding of a group in some line."""
    head = parts.pop("head", False)
    values = {
        "rule": "claims.unsupported",
        "message": f"Message {line}.",
        "help": f"First way {line}.\nSecond way {line}.",
        "quote": f"Quote {line}.",
        "where": f"paragraph {line}",
        "start": Place(line * 10, line, 1),
        "end": Place(line * 10 + 5, line, 6),
        "fingerprint": f"{line:016}",
        "group": Group(says, HELP, head),
    }
    return finding(severity, **(values | parts))


def text(*findings: Finding, **settings: bool) -> list[str]:
    return written(write_text, Report([file(*findings)]), **settings).splitlines()[:-1]


def test_five_sentences_that_say_the_same_are_one_block_at_the_strongest():
    found = [said(line, head=line == 30) for line in (10, 20, 30, 40, 50)]
    assert text(*found) == [
        f"warn   claims.unsupported   5 sentences say: {SAYS}   "
        "(strongest: paragraph 30, posts/fees.md:30:1)",
        '       "Quote 30."',
        f"       {HELP}",
    ]


def test_all_shows_each_with_every_way_out():
    lines = text(*(said(line, head=line == 30) for line in (10, 30)), all=True)
    assert lines == [
        "warn   claims.unsupported   paragraph 10   posts/fees.md:10:1",
        '       "Quote 10."',
        "       Message 10. First way 10.",
        "       Second way 10.",
        "warn   claims.unsupported   paragraph 30   posts/fees.md:30:1",
        '       "Quote 30."',
        "       Message 30. First way 30.",
        "       Second way 30.",
    ]


def test_a_group_with_one_finding_left_is_told_like_any_other():
    waived = said(10, head=True, waived="Agreed (mara)")
    assert text(waived, said(20))[0] == (
        "warn   claims.unsupported   paragraph 20   posts/fees.md:20:1"
    )


def test_other_rules_and_other_words_are_other_groups():
    found = [said(1), said(2), said(3, "other"), said(4, rule="claims.statistic")]
    heads = [line for line in text(*found) if line.startswith("warn")]
    assert [line.split("   ")[2] for line in heads] == [
        f"2 sentences say: {SAYS}",
        "paragraph 3",
        "paragraph 4",
    ]


def test_the_gravest_stands_for_its_group_before_the_strongest():
    found = [said(1, head=True), said(2, severity="error")]
    (head, *_) = text(*found)
    assert head.startswith("error  claims.unsupported   2 sentences say")
    assert "posts/fees.md:2:1" in head


def test_groups_without_a_way_out_of_their_own_have_that_of_the_strongest():
    found = [said(1, group=Group(SAYS)), said(2, group=Group(SAYS, "", True))]
    assert text(*found)[-2:] == ["       First way 2.", "       Second way 2."]


def test_three_groups_are_mended_first_and_the_rest_is_counted():
    found = [said(line, f"thing {line % 5}", head=line < 10) for line in range(5, 35)]
    found.append(finding(start=Place(400, 40, 1), end=Place(401, 40, 2)))
    lines = text(*found)
    assert lines[0] == "posts/fees.md: 31 findings. These 3 are the ones to mend first:"
    assert lines[1].startswith("error  basics.date")
    assert "6 sentences say: thing 0" in lines[4]
    assert "6 sentences say: thing 1" in lines[7]
    assert lines[10].startswith("warn   claims.unsupported   18 more, lines 7, 8, 9, 12,")
    assert lines[11] == "       `--all` shows each of them."
    assert not any("Second way" in line for line in lines)


def test_many_findings_in_few_groups_need_no_fold():
    found = [said(line, f"thing {line % 3}") for line in range(30)]
    lines = text(*found)
    assert [line.split(" sentences")[0] for line in lines[::3]] == [
        "warn   claims.unsupported   10"
    ] * 3


def test_of_many_rules_only_the_numbers_are_told():
    found = [said(line, f"thing {line}", rule=f"a.rule-{line % 6}") for line in range(24)]
    found += [said(90 + n, f"late {n}", "error", rule="b.rule") for n in range(5)]
    lines = text(*found)
    assert lines[-3:] == [
        "error  2 more: b.rule 2",
        "warn   24 more: a.rule-0 4, a.rule-1 4, a.rule-2 4, a.rule-3 4, a.rule-4 4, a.rule-5 4",
        "       `--all` shows each of them.",
    ]


@pytest.mark.parametrize("length", [10, 500])
def test_what_is_shown_first_ends_with_a_sentence(length: int):
    long = [said(n, f"thing {n}", message="It is wrong.", help="word " * length) for n in range(20)]
    message = text(*long)[3]
    assert len(message) <= 200
    assert message.startswith("       It is wrong.")
    assert message.endswith("It is wrong.") == (length == 500)


def test_a_group_cannot_steer_a_terminal():
    hostile = "x\x1b[2J\ny"
    found = [said(line, group=Group(hostile, hostile)) for line in (1, 2)]
    lines = text(*found)
    assert len(lines) == 4  # the help has two lines
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"text", "html"}))
def test_formats_for_programs_have_every_finding(name: str):
    report = Report([file(*(said(line, head=line == 3) for line in range(1, 31)))])
    whole = written(FORMATS[name], report)
    assert all(f"First way {line}." in whole for line in range(1, 31))
    assert all(f"Second way {line}." in whole for line in range(1, 31))


def test_json_carries_the_group_and_leaves_it_out_where_there_is_none():
    report = Report([file(said(1, head=True), finding())])
    grouped, plain = json.loads(written(FORMATS["json"], report))["files"][0]["findings"]
    assert grouped["group"] == {"says": SAYS, "help": HELP, "head": True}
    assert "group" not in plain
