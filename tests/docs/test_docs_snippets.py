"""Every example of the documentation runs, in order, and does what the page says."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from docs_kit import (
    GENERATED,
    PAGES,
    PROJECT,
    Ran,
    Sandbox,
    Snippet,
    commands,
    missing_line,
    snippets,
)

from copydesk import registry, waivers
from copydesk.config import Flags, enricher_options, load
from copydesk.registry import Registry
from copydesk.rule_settings import RuleTable
from copydesk.testing import read

WRITTEN = [page for page in PAGES if page.name not in GENERATED]
#: How lines begin that make an environment or install something: too slow to run here.
INSTALLING = (
    "python3 -m venv .venv",
    "python3 -m pip wheel --no-deps --wheel-dir dist .",
    "python3 -m venv ~/copydesk",
    "~/copydesk/bin/python -m pip install ",
    "python3 -m pip install ",
    ".venv/bin/python -m pip install -e ",
    ".venv/bin/python -m pytest",
)
WINDOWS = (
    "> py -m venv .venv",
    "> .venv\\Scripts\\python -m pip install -e .",
    "> .venv\\Scripts\\copydesk run posts",
    "> .venv\\Scripts\\python -m pytest",
)
LANGUAGES = {"console", "python", "toml", "markdown", "json", "text", "yaml"}


def built_in() -> Registry:
    return registry.load(registry.built_in_refs())


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.stem)
def test_examples_of_a_page_run_in_order(page: Path, tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    printed = Ran(0, "", "")
    for snippet in snippets(page):
        if snippet.language == "console":
            printed = run_console(snippet, sandbox)
        elif snippet.language == "python":
            run_python(snippet, sandbox)
        elif snippet.language == "toml":
            load_toml(snippet, sandbox)
        elif snippet.language == "markdown":
            read_markdown(snippet, sandbox)
        elif snippet.language == "json":
            same_document(snippet, printed)
        elif snippet.language == "text" and snippet.name.endswith(".docx"):
            write_document(snippet, sandbox)
        elif snippet.language == "text" and snippet.name:
            sandbox.write(snippet)


def run_console(snippet: Snippet, sandbox: Sandbox) -> Ran:
    printed = Ran(0, "", "")
    for line in snippet.text.splitlines():
        if line.startswith(">"):
            assert line.startswith(WINDOWS), f"{snippet.shown}: unknown line {line}"
    for command in commands(snippet):
        text = command.text.removeprefix(".venv/bin/")
        if text.startswith("copydesk "):
            printed = sandbox.copydesk(text)
            told = f"{snippet.shown}: {text}\n{printed.out}{printed.err}"
            assert printed.code == command.code, f"exits with {printed.code}: {told}"
            absent = missing_line(command.output, printed)
            assert absent is None, f"not in the output: {absent}\n{told}"
        elif text.startswith("cd "):
            sandbox.go(text[3:])
        elif text.startswith("make "):
            makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
            assert re.search(rf"^{re.escape(text[5:])}:", makefile, re.M), (
                f"{snippet.shown}: {text}"
            )
        else:
            assert command.text.startswith(INSTALLING), f"{snippet.shown}: {command.text}"
    return printed


def run_python(snippet: Snippet, sandbox: Sandbox) -> None:
    if not snippet.name:
        ran = sandbox.run("-c", snippet.text)
        assert ran.code == 0, f"{snippet.shown}\n{ran.err}"
        return
    path = sandbox.write(snippet)
    if path.name.startswith("test_"):
        ran = sandbox.run("-m", "pytest", "-q", "-p", "no:cacheprovider", path.name)
        assert ran.code == 0, f"{snippet.shown}\n{ran.out}"
        return
    if "rule(" in snippet.text and path.name != "slow_rule.py":
        # Also what the page does not show: the rule's own examples hold.
        examples = f"import {path.stem} as m\nfrom copydesk.testing import assert_examples\n" + (
            "[assert_examples(r) for r in m.register_rules() if r.scope == 'post']"
        )
        ran = sandbox.run("-c", examples)
        assert ran.code == 0, f"{snippet.shown}\n{ran.err}"
    ran = sandbox.copydesk(f"copydesk plugins --plugin {path.name}")
    assert ran.code == 0 and f"{path.stem} " in ran.out, f"{snippet.shown}\n{ran.out}{ran.err}"


def load_toml(snippet: Snippet, sandbox: Sandbox) -> None:
    data = tomllib.loads(snippet.text)
    if snippet.name:
        sandbox.write(snippet)
    if snippet.name == "pyproject.toml" or {"plugin-files", "extends"} & data.keys():
        return  # what belongs to a page's own plugin is tried by the commands below it
    loaded = built_in()
    if snippet.name == "waivers.toml":
        assert waivers.load(load(sandbox.here, None, Flags()), loaded).entries
        return
    if snippet.name == "claims.toml":
        assert sandbox.copydesk("copydesk claims show").code == 0, snippet.shown
        return
    file = sandbox.top / "tried" / "copydesk.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(snippet.text, encoding="utf-8")
    config = load(file.parent, None, Flags())
    RuleTable(config, loaded).settings("posts/a.md")
    assert all(target.kind in loaded.publishers for target in config.targets().values())
    for name in config.get("enrichers"):
        enricher_options(config, name, loaded.enrichers[name].options)


def read_markdown(snippet: Snippet, sandbox: Sandbox) -> None:
    post = read(snippet.text)
    assert post.title and post.units, snippet.shown
    assert not post.metadata.problems, f"{snippet.shown}: {post.metadata.problems}"
    if snippet.name:
        sandbox.write(snippet)


def write_document(snippet: Snippet, sandbox: Sandbox) -> None:
    """Make the Word document whose text the page shows; its first paragraph is its title."""
    import docx

    made = docx.Document()
    for number, paragraph in enumerate(snippet.text.strip().split("\n\n")):
        made.add_paragraph(paragraph, style=None if number else "Title")
    made.save(str(sandbox.here / snippet.name))


def same_document(snippet: Snippet, printed: Ran) -> None:
    """The JSON shown is what the command above it printed, but for the list of plugins."""
    shown, real = json.loads(snippet.text), json.loads(printed.out)
    assert set(_plugins(shown)) <= set(_plugins(real)), snippet.shown
    assert _plain(shown) == _plain(real), snippet.shown


def _plugins(value: dict[str, Any]) -> list[str]:
    found: list[str] = value.get("tool", {}).get("plugins", [])
    return found


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    tool = {name: part for name, part in value.get("tool", {}).items() if name != "plugins"}
    return {**value, "tool": tool}


def test_every_fence_has_a_language_that_is_tried() -> None:
    for page in WRITTEN:
        for snippet in snippets(page):
            assert snippet.language in LANGUAGES, snippet.shown
