"""How Copydesk speaks: it explains itself, it does not shout, and it ends its sentences."""

from __future__ import annotations

import importlib.util
import inspect
import re
from collections.abc import Iterator
from types import ModuleType

from docs_kit import PROJECT

from copydesk import registry
from copydesk.api import Finding
from copydesk.config_schema import KEYS as CONFIG_KEYS
from copydesk.results import RunResults
from copydesk.runner import Options, Session

#: What is quoted belongs to the writers, and they may shout.
_QUOTED = re.compile(r"“[^”]*”|`[^`]*`|\"[^\"]*\"|'[^']*'")


def built_in() -> registry.Registry:
    return registry.load(registry.built_in_refs())


def words_of_the_program() -> Iterator[tuple[str, str]]:
    loaded = built_in()
    for rule in loaded.rules.values():
        yield rule.id, rule.summary
        yield rule.id, rule.why
        yield rule.id, rule.authority
        for option in rule.options:
            yield f"{rule.id}.{option.name}", option.help
    for named in (loaded.enrichers, loaded.publishers, loaded.reporters, loaded.commands):
        for name, each in named.items():
            yield name, each.summary
            for option in getattr(each, "options", ()):
                yield f"{name}.{option.name}", option.help
    for key in CONFIG_KEYS:
        yield key.name, key.help


def commands_page() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "commands_page", PROJECT / "tools" / "build_commands_page.py"
    )
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def words_of_the_commands() -> Iterator[tuple[str, str]]:
    for name, command in commands_page().commands().items():
        yield name, inspect.cleandoc(command.help or "")
        for parameter in command.params:
            if parameter.param_type_name == "option":
                yield f"{name} {parameter.name}", getattr(parameter, "help", "") or ""


def test_everything_explains_itself_without_shouting() -> None:
    for place, text in (*words_of_the_program(), *words_of_the_commands()):
        assert text.strip(), f"{place} says nothing"
        assert "!" not in _QUOTED.sub("", text), f"{place}: {text}"


def findings_of_the_sample_posts() -> list[Finding]:
    session = Session(Options(use_cache=False, jobs="1"))
    try:
        session.check([PROJECT / "posts"])
        results = RunResults(session)
        assert not results.failures
        return [finding for file in results.files() for finding in file.findings]
    finally:
        session.close()


def test_findings_of_the_sample_posts_do_not_shout_and_show_a_way_out() -> None:
    findings = findings_of_the_sample_posts()
    assert findings
    for finding in findings:
        told = f"{finding.rule}: {finding.message} {finding.help}"
        assert "!" not in _QUOTED.sub("", f"{finding.message} {finding.help}"), told
        assert finding.message.endswith((".", "?", "”")), told
        assert finding.help, told


def test_findings_name_only_commands_that_are_there() -> None:
    known = set(commands_page().commands())
    for finding in findings_of_the_sample_posts():
        for name in re.findall(r"`copydesk ([a-z-]+)", f"{finding.message} {finding.help}"):
            assert name in known, f"{finding.rule}: copydesk {name}"
