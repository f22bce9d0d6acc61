"""The pages as a whole: made pages are fresh, nothing is left out, every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from docs_kit import PAGES, PROJECT, prose, text_of

from copydesk import hookspecs, metadata, registry
from copydesk.config_schema import KEYS as CONFIG_KEYS
from copydesk.testing import read

DOCS = PROJECT / "docs"


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PROJECT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["build_rules_page", "build_commands_page"])
def test_made_pages_are_what_their_script_makes(name: str) -> None:
    made = tool(name)
    assert text_of(made.PAGE) == made.page(), f"please run: make docs (python tools/{name}.py)"


def test_every_rule_and_option_is_described() -> None:
    text = text_of(DOCS / "rules.md")
    for rule in tool("build_rules_page").rules():
        assert f"\n### {rule.id}\n" in text
        for option in rule.options:
            assert f"Option `{option.name} = " in text, f"{rule.id}.{option.name}"


def test_every_command_and_flag_is_described() -> None:
    text = text_of(DOCS / "commands.md")
    for name, command in tool("build_commands_page").commands().items():
        assert f"\n## copydesk {name}\n" in text
        for parameter in command.params:
            for flag in parameter.opts:
                assert f"`{flag}" in text or not flag.startswith("-"), f"{name} {flag}"


def test_every_hook_is_described() -> None:
    text = text_of(DOCS / "hooks.md")
    for name in hookspecs.HOOKS:
        part = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
        assert part is not None, name
        for word in ("When: ", "Return: ", "On failure: "):
            assert word in part[1], f"{name}: {word}"


def test_every_configuration_key_is_described() -> None:
    text = text_of(DOCS / "configuration.md")
    for key in CONFIG_KEYS:
        assert f"\n| `{key.name}` | " in text, key.name
    for value in re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|", text, re.M):
        key = next(each for each in CONFIG_KEYS if each.name == value[0])
        default = str(key.default).lower() if isinstance(key.default, bool) else key.default
        assert value[1].strip('"') == str(default), key.name


def test_every_enricher_option_is_described() -> None:
    text = text_of(DOCS / "configuration.md")
    for enricher in registry.load(registry.built_in_refs()).enrichers.values():
        assert f"`{enricher.name}`" in text
        for option in enricher.options:
            assert f"`{option.name}`" in text
            assert all(f"`{choice}`" in text for choice in option.choices)


def rows_of_front_matter() -> list[tuple[str, str]]:
    rows = re.findall(
        r"^\| `(\w+)` \| .* \| `([^`]+)` \|$", text_of(DOCS / "front-matter.md"), re.M
    )
    return [(str(key), str(example)) for key, example in rows]


def test_every_front_matter_key_is_described_in_order() -> None:
    assert tuple(key for key, _ in rows_of_front_matter()) == metadata.KEYS


def test_examples_of_front_matter_are_those_of_the_program_and_read_well() -> None:
    for key, example in rows_of_front_matter():
        assert example == f"{key}: {metadata.example(key)}"
        post = read(f"---\n{example}\n---\n\nText.\n")
        assert not post.metadata.problems, key
        assert post.metadata.span_of(key) is not None


def test_the_readme_leads_to_every_page() -> None:
    text = text_of(PROJECT / "README.md")
    for page in DOCS.glob("*.md"):
        assert f"(docs/{page.name})" in text, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for address in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if "://" in address:
            continue
        name, _, anchor = address.partition("#")
        goal = page.parent / name if name else page
        assert goal.exists(), f"{page.name}: {address}"
        if anchor:
            assert anchor in anchors(goal), f"{page.name}: {address}"


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, made as code hosts make them."""
    found = set()
    for heading in re.findall(r"^#+ (.+)$", text_of(page), re.M):
        words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        found.add(words.replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_nobody_is_sent_to_a_command_that_is_not_there(page: Path) -> None:
    known = set(tool("build_commands_page").commands())
    for name in re.findall(r"`copydesk ([a-z][a-z-]*)", text_of(page)):
        assert name in known, f"{page.name}: copydesk {name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_do_not_shout(page: Path) -> None:
    assert "!" not in prose(page).replace("!=", "")


def test_the_readme_says_what_it_is_not() -> None:
    assert "legal or medical advice" in text_of(PROJECT / "README.md")
    assert len(text_of(PROJECT / "README.md").splitlines()) <= 200
