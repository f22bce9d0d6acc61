"""Plugins that load, and every way in which one can fail: named, never raised."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from core_kit import PLUGIN, READERS, REGISTER, file_ref, plugin_file, write

from copydesk import registry
from copydesk.model.finding import Failure
from copydesk.registry import PluginRef, Registry, built_in_refs, external_refs, load

RULE = "@rule('{id}', {more}**TEXTS)\ndef check(context):\n    return ()\n"


def rule_text(id: str, more: str = "") -> str:
    return RULE.replace("{id}", id).replace("{more}", more)


def load_text(folder: Path, text: str, name: str = "mine.py") -> Registry:
    return load([*READERS, file_ref(write(folder, {name: text}) / name)])


def only_failure(found: Registry) -> Failure:
    [failure] = found.failures
    assert failure.kind == "plugin"
    assert failure.help
    return failure


def test_built_ins_load_without_failure() -> None:
    found = load(built_in_refs())
    assert not found.failures
    assert set(found.plugins) == {ref.name for ref in built_in_refs()}
    assert found.rule_names() == sorted(found.rules)
    assert found.owner("reader", "markdown").name == "readers"


def test_a_plugin_file(tmp_path: Path) -> None:
    found = load([file_ref(plugin_file(tmp_path, "my-rules.py", rule_text("mine.one")))])
    assert not found.failures
    assert found.owner("rule", "mine.one").external
    assert str(tmp_path) in found.plugins["my-rules"].shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("raise RuntimeError('broken')\n", "does not load: RuntimeError: broken (mine.py:1)"),
        ("import sys\nsys.exit(0)\n", "does not load: SystemExit: 0"),
        ("def f(:\n", "does not load: SyntaxError"),
        ("import no_such_module_here\n", "does not load: ModuleNotFoundError"),
        ("x = 1\n", "registers nothing"),
        (
            "from copydesk.api import hookimpl\n@hookimpl\ndef register_rule():\n    return []\n",
            "unknown hook 'register_rule'",
        ),
        (
            "import pluggy\n@pluggy.HookimplMarker('copydesk')(wrapper=True)\n"
            "def register_rules():\n"
            "    return (yield)\n",
            "must be a plain hook",
        ),
        (
            "import pluggy\n@pluggy.HookimplMarker('copydesk')(tryfirst=True)\n"
            "def register_rules():\n"
            "    return []\n",
            "must be a plain hook",
        ),
        (
            "from copydesk.api import hookimpl\n@hookimpl\n"
            "def register_rules(extra):\n    return []\n",
            "does not load: PluginValidationError",
        ),
    ],
)
def test_plugins_that_do_not_load(tmp_path: Path, text: str, words: str) -> None:
    found = load_text(tmp_path, text)
    failure = only_failure(found)
    assert words in failure.message
    assert "mine.py" in failure.plugin
    assert "mine" not in found.plugins
    assert found.extensions[".md"].name == "markdown"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return None", "register_rules failed: TypeError"),
        ("raise ValueError('no')", "register_rules failed: ValueError: no"),
        ("import sys; sys.exit(3)", "register_rules failed: SystemExit: 3"),
        ("return ['rule']", "register_rules returned str, not Rule"),
    ],
)
def test_hooks_that_fail(tmp_path: Path, body: str, words: str) -> None:
    found = load_text(tmp_path, PLUGIN + f"@hookimpl\ndef register_rules():\n    {body}\n")
    assert words in only_failure(found).message


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (
            rule_text("mine.one") + "two = check\n" + rule_text("mine.one"),
            "registers the rule mine.one",
        ),
        (rule_text("one"), "the form plugin.name"),
        (rule_text(".one"), "the form plugin.name"),
        (rule_text("mine.one", "severity='fatal', "), "unknown severity 'fatal'"),
        (
            rule_text("mine.one", "aliases=('mine.old',), ")
            + "one = check\n"
            + rule_text("mine.old"),
            "gives the rule mine.one the old name mine.old",
        ),
        (
            rule_text("mine.one")
            + "one = check\n"
            + rule_text("mine.two", "aliases=('mine.one',), "),
            "registers the rule mine.one, an old name of mine.two",
        ),
    ],
)
def test_rules_that_collide(tmp_path: Path, rules: str, words: str) -> None:
    plugin_file(tmp_path, "mine.py", rules)
    assert words in only_failure(load([file_ref(tmp_path / "mine.py")])).message


def test_two_readers_of_one_extension(tmp_path: Path) -> None:
    found = load_text(
        tmp_path,
        (
            "from copydesk.api import Reader, hookimpl\n@hookimpl\ndef register_readers():\n"
            "    return [Reader('mine', ('.md',), None, None)]\n"
        ),
    )
    failure = only_failure(found)
    assert "reads .md files, which readers" in failure.message
    assert found.extensions[".md"].name == "markdown"


def test_two_plugins_of_one_name(tmp_path: Path) -> None:
    files = [plugin_file(tmp_path / part, "mine.py", rule_text(f"{part}.one")) for part in "ab"]
    found = load([file_ref(path) for path in files])
    assert "has the same name as mine" in only_failure(found).message
    assert found.rule_names() == ["a.one"]
    taken = load_text(tmp_path, PLUGIN + REGISTER, "readers.py")
    assert "has the same name as readers" in only_failure(taken).message


@pytest.mark.parametrize("name", ["mine.txt", "mine"])
def test_files_that_are_no_python(tmp_path: Path, name: str) -> None:
    assert "must end in .py" in only_failure(load_text(tmp_path, "x = 1\n", name)).message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    found = load([file_ref(tmp_path / "gone.py")])
    assert "does not load: FileNotFoundError" in only_failure(found).message


def test_installed_plugins_come_by_name_with_distribution_and_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin_file(tmp_path, "clinic_rules_zz.py", rule_text("clinic.one"))
    write(
        tmp_path / "clinic_rules-2.1.dist-info",
        {
            "METADATA": "Metadata-Version: 2.1\nName: clinic-rules\nVersion: 2.1\n",
            "entry_points.txt": "[copydesk]\nclinic = clinic_rules_zz\nbroken = no_such_zz:thing\n",
        },
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    refs = external_refs([Path("x.py")], True)
    assert [ref.name for ref in refs] == ["broken", "clinic", "x"]
    assert refs[1] == PluginRef("clinic", "clinic_rules_zz", "", "clinic-rules 2.1", True)
    found = load(refs[:2])
    assert only_failure(found).plugin == "broken (clinic-rules 2.1)"
    assert found.rule_names() == ["clinic.one"]
    assert external_refs([], False) == []
    sys.modules.pop("clinic_rules_zz")


def test_errors_for_people() -> None:
    try:
        raise ValueError("first line\nsecond line")
    except ValueError as error:
        assert registry.describe(error).startswith("ValueError: first line (test_registry.py:")
    assert registry.describe(KeyError()) == "KeyError"
