"""GitHub's workflow commands, read back by the rules that GitHub documents for them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports_kit import (
    FAILURES,
    PROJECT,
    REPORTS,
    Report,
    checked,
    file,
    finding,
    hostile,
    written,
)

from copydesk.api import Failure, harmless
from copydesk.model.finding import Place
from copydesk_plugins.reporters.github import write_github


class Command(NamedTuple):
    level: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command:
    """Read a command as GitHub does: split first, then turn the escapes back."""
    match = re.fullmatch(r"::(?P<name>[a-z]+) (?P<properties>[^:]*)::(?P<message>.*)", line)
    assert match is not None, line
    properties = {}
    for each in match["properties"].split(","):
        name, is_there, value = each.partition("=")
        assert is_there and name in {"file", "line", "endLine", "col", "endColumn", "title"}, line
        properties[name] = unescape(value, {"%3A": ":", "%2C": ","})
    return Command(match["name"], properties, unescape(match["message"], {}))


def unescape(text: str, more: dict[str, str]) -> str:
    table = {"%0D": "\r", "%0A": "\n", "%25": "%"} | more
    assert all(each in table for each in re.findall("%..?", text)), text
    return re.sub("|".join(table), lambda match: table[match[0]], text)


def commands(report: Any) -> list[Command]:
    """Return the commands of a report; its last line is for people."""
    text = written(write_github, report)
    assert text.endswith(".\n")
    lines = text.removesuffix("\n").split("\n")
    assert not any(char in text for char in "\r\x1b\u2028\x85")
    assert not lines[-1].startswith("::") and "checked" in lines[-1]
    return [read(line) for line in lines[:-1]]


@pytest.mark.parametrize("name", REPORTS)
def test_every_line_is_a_command(name: str) -> None:
    report = REPORTS[name]()
    found = sum(len(each.findings) for each in report.results) + len(report.failures)
    assert len(commands(report)) == found


def test_a_finding_is_an_annotation_at_its_place() -> None:
    report = Report([file(finding(), finding("warning"), finding("info"))])
    assert written(write_github, report).splitlines()[0] == (
        "::error file=posts/fees.md,line=3,endLine=3,col=12,endColumn=22,title=basics.date::"
        'the front matter%0A"2026-02-30"%0Apublished is no date. Write a date.'
    )
    assert [each.level for each in commands(report)] == ["error", "warning", "notice"]


def test_columns_are_only_given_within_one_line() -> None:
    whole = finding(end=Place(60, 4, 1))  # up to the line break
    longer = finding(end=Place(60, 5, 7))
    first, second = commands(Report([file(whole, longer)]))
    assert (first.properties["line"], first.properties["endLine"]) == ("3", "3")
    assert (second.properties["line"], second.properties["endLine"]) == ("3", "5")
    for each in (first, second):
        assert not {"col", "endColumn"} & set(each.properties)


def test_failures_are_errors_with_and_without_a_file() -> None:
    unread, rule, plugin, target = commands(Report(failures=FAILURES))
    assert all(each.level == "error" for each in (unread, rule, plugin, target))
    assert unread.properties == {
        "file": "posts/a.md", "line": "9", "col": "4", "title": "Could not be done",
    }  # fmt: skip
    assert rule.message == "house (h.py):\nthe rule a.bad failed. Mend it."
    assert plugin.properties == target.properties == {"title": "Could not be done"}


def test_what_people_accepted_is_no_annotation() -> None:
    report = Report([file(finding(waived="Agreed (mara)"), finding(accepted=True))])
    assert commands(report) == []


def test_hostile_words_and_names_come_back_as_they_are() -> None:
    report = hostile()
    found = commands(report)
    at = 0
    for each in report.results:
        for one in each.findings:
            assert found[at].properties["file"] == harmless(each.path)
            assert found[at].message.endswith(
                harmless(f"{one.message} " + one.help.replace("\n", " "))
            )
            at += 1


@given(st.text(), st.text(min_size=1))
def test_any_words_come_back(words: str, path: str) -> None:
    report = Report([file(finding(message=words, where=words, rule="a.b"), path=path)])
    failed = Report(failures=(Failure("file", words, words, path, words, 1),))
    (command,) = commands(report)
    assert command.message.endswith(harmless(f"{words} Write a date.".strip()))
    assert command.properties["title"] == "a.b"
    assert len(commands(failed)) == 1


def test_a_real_run_names_each_finding() -> None:
    with checked(PROJECT / "posts" / "drafts") as results:
        found = commands(results)
        findings = [(one.path, each) for one in results.files() for each in one.findings]
        assert written(write_github, results) == written(write_github, results)
    assert len(found) == len(findings) > 20
    for command, (path, each) in zip(found, findings, strict=True):
        assert command.properties["file"] == path
        assert command.properties["line"] == str(each.start.line)
        assert command.properties["title"] == each.rule
