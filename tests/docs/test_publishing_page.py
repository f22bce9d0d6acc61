"""The page on publishing: what cannot be run here still names real commands, flags and words."""

from __future__ import annotations

import re
import shlex
from typing import Any

import click
import pytest
import yaml
from docs_kit import PROJECT, snippets, text_of

from copydesk.cli.main import cli
from copydesk.plan_words import WORDS

PAGE = PROJECT / "docs" / "publishing.md"
TEXTS = [each.text for each in snippets(PAGE) if each.language == "text"]
#: Command lines of the snippets that are not run, and those within the prose.
LINES = sorted(
    {
        found.removesuffix(" --to").strip()
        for text in (*TEXTS, *re.findall(r"`([^`\n]+)`", text_of(PAGE)))
        for found in re.findall(r"copydesk (?:[a-z-]+)[^\n&]*", text)
        if not found.startswith("copydesk.")
    }
)


def parse(line: str) -> dict[str, Any]:
    """Let the command line read a line; nothing is run. What it does not know is an error."""
    words = shlex.split(line.replace("[y/N]", ""))[1:]
    context = click.Context(cli, info_name="copydesk")
    name, command, rest = cli.resolve_command(context, words)
    assert command is not None
    if not rest and name in ("login", "unpublish", "rule"):
        return {}
    values: dict[str, Any] = command.make_context(name, rest, parent=context).params
    return values


def test_there_are_lines_to_read() -> None:
    assert len(LINES) > 12
    assert any("--due --go-live --yes" in line for line in LINES)


@pytest.mark.parametrize("line", LINES)
def test_every_command_and_flag_of_the_page_exists(line: str) -> None:
    parse(line)


def test_every_word_that_stands_in_front_of_a_post_is_explained() -> None:
    table = "".join(re.findall(r"^\| [^|]+ \|", text_of(PAGE), re.M))
    for words in WORDS.values():
        if words.row != "skipped":  # shown with `--all` only, and says itself what it means
            assert words.row in table, words.row


def test_the_workflow_is_sound() -> None:
    (flow,) = (each for each in TEXTS if each.startswith("on:"))
    document = yaml.safe_load(flow)
    (job,) = document["jobs"].values()
    assert job["concurrency"] == "clinic", "one run at a time writes to a site"
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert all("${{" not in run for run in runs)
    published = [parse(run) for run in runs if run.startswith("copydesk")]
    assert [each["due"] for each in published] == [False, True]
    assert all(each["yes"] for each in published)
