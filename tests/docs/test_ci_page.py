"""The tutorial for CI: its YAML is sound, and its commands, hooks and versions are there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import click
import pytest
import yaml
from docs_kit import PAGES, PROJECT, Snippet, snippets, text_of

from copydesk import __version__, registry
from copydesk.cli.main import cli

PAGE = PROJECT / "docs" / "tutorial-ci.md"
YAML = [each for page in PAGES for each in snippets(page) if each.language == "yaml"]
HOOKS = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def named(value: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    """Yield what stands under some keys, anywhere in a document."""
    for key, each in value.items() if isinstance(value, dict) else ():
        if key in keys:
            yield each
        yield from named(each, keys)
    for each in value if isinstance(value, list) else ():
        yield from named(each, keys)


def lines_of(snippet: Snippet) -> list[str]:
    """Return the shell lines of a workflow and the entries of hooks."""
    found: list[str] = []
    for each in named(yaml.safe_load(snippet.text), ("run", "script", "entry")):
        for part in [each] if isinstance(each, str) else each:
            found += part.splitlines()
    return [line.strip() for line in found if line.strip()]


def parse(line: str) -> dict[str, Any]:
    """Let the command line read a line; nothing is run. What it does not know is an error."""
    words = shlex.split(line.partition("||")[0])
    assert words.pop(0) == "copydesk"
    context = click.Context(cli, info_name="copydesk")
    name, command, words = cli.resolve_command(context, words)
    assert command is not None
    values: dict[str, Any] = command.make_context(name, words, parent=context).params
    return values


COPYDESK_LINES = [
    pytest.param(snippet, line, id=f"{snippet.line}-{line}")
    for snippet in YAML
    for line in lines_of(snippet)
    if line.startswith("copydesk")
]


@pytest.mark.parametrize(("snippet", "line"), COPYDESK_LINES)
def test_every_command_and_flag_of_the_yaml_exists(snippet: Snippet, line: str) -> None:
    values = parse(line)
    formats = registry.load(registry.built_in_refs()).reporters
    assert values.get("output_format", "text") in formats, snippet.shown
    if values.get("output"):  # what is written is also what is handed on
        assert snippet.text.count(str(values["output"])) == 2, snippet.shown


def test_a_wrong_flag_would_be_found() -> None:
    with pytest.raises(click.NoSuchOption):
        parse("copydesk check --fromat sarif")
    with pytest.raises(click.UsageError, match=r"Did you mean check\?"):
        parse("copydesk chek")


def test_the_page_shows_all_that_it_promises() -> None:
    names = {snippet.name for snippet in YAML}
    assert names == {".github/workflows/copydesk.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"}
    lines = " ".join(line for snippet in YAML for line in lines_of(snippet))
    for flags in (
        "--format sarif --output",
        "--format github",
        "--format gitlab --output",
        "--format junit --output",
        "--changed",
    ):
        assert flags in lines
    for name in registry.load(registry.built_in_refs()).reporters:
        assert f"\n| `{name}` |" in text_of(PAGE)


def test_workflows_have_what_their_service_asks_for() -> None:
    github, gitlab = (yaml.safe_load(each.text) for each in YAML[:2])
    for job in github["jobs"].values():
        assert job["runs-on"]
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])
        assert all(re.fullmatch(r"[\w./-]+@v\d+", use) for use in named(job["steps"], ("uses",)))
        # What a pull request brings along is never pasted into a shell line.
        assert not any("${{" in run for run in named(job["steps"], ("run",)))
    assert github["permissions"] == {"contents": "read"}
    reports = gitlab["copydesk"]["artifacts"]["reports"]
    assert set(reports) == {"codequality", "junit"}


def test_versions_are_this_one() -> None:
    text = text_of(PAGE)
    pinned = re.findall(r"copydesk==([\d.]+\d)", text) + re.findall(r"copydesk-(\d[\d.]*\d)", text)
    assert len(pinned) >= 6
    assert set(pinned) == {__version__}
    for snippet in YAML:
        for rev in named(yaml.safe_load(snippet.text), ("rev",)):
            assert rev == f"v{__version__}"


def test_the_hooks_of_this_repository_are_sound() -> None:
    assert [hook["id"] for hook in HOOKS] == ["copydesk-lint", "copydesk-check"]
    for hook in HOOKS:
        assert parse(f"{hook['entry']} posts/a.md")["paths"]
        assert hook["language"] == "python"
        assert hook["require_serial"] is True
        assert set(hook["types_or"]) == {"markdown", "html", "plain-text"}
        assert hook["name"] and hook["description"]


def test_hooks_that_the_page_names_exist_and_take_their_arguments() -> None:
    known = {hook["id"]: hook["entry"] for hook in HOOKS}
    tried = 0
    for snippet in YAML:
        for repo in yaml.safe_load(snippet.text).get("repos", ()):
            for hook in repo["hooks"]:
                entry = hook["entry"] if repo["repo"] == "local" else known[hook["id"]]
                parse(shlex.join([*shlex.split(entry), *hook.get("args", ()), "posts/a.md"]))
                tried += 1
    assert tried == 2
