"""Help names every command and option with an example; completion and progress."""

from __future__ import annotations

import io
import sys

import click
import pytest
from cli_kit import GOOD, write

from copydesk.cli import common
from copydesk.cli.main import COMMANDS, cli


def commands(group: click.Group = cli, prefix: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        each = group.get_command(context, name)
        found.append((*prefix, name))
        if isinstance(each, click.Group):
            found += commands(each, (*prefix, name))
    return found


def command_of(names: tuple[str, ...]) -> click.Command:
    each: click.Command = cli
    for name in names:
        assert isinstance(each, click.Group)
        found = each.get_command(click.Context(each), name)
        assert found is not None
        each = found
    return each


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_command_is_in_the_help(copydesk):
    ran = copydesk("--help")
    assert ran.code == 0
    for name in [*COMMANDS, "measure"]:
        assert f"\n  {name} " in ran.out
    assert "..." not in ran.out.replace("[ARGS]...", "")
    assert "copydesk lint" in ran.out


@pytest.mark.parametrize("names", commands(), ids=" ".join)
def test_help_of_each_command(copydesk, names):
    ran = copydesk(*names, "--help")
    assert ran.code == 0
    assert ran.err == ""
    command = command_of(names)
    text = flat(ran.out)
    assert flat((command.help or "").split("\n\n")[0]) in text
    for each in command.params:
        if isinstance(each, click.Option):
            assert each.help, f"{names} {each.name} says nothing"
            assert each.opts[0] in text
        else:
            assert each.make_metavar(click.Context(command)).strip("[].") in ran.out
    if not isinstance(command, click.Group):
        assert f"copydesk {' '.join(names)}" in text.partition(" Example")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_says_what_the_command_says(name):
    assert COMMANDS[name][1].endswith(".")
    assert len(COMMANDS[name][1]) <= 70


@pytest.mark.parametrize(
    ("shell", "sign"), [("bash", "complete -o"), ("zsh", "#compdef copydesk"), ("fish", "function")]
)
def test_completion_scripts(copydesk, shell, sign):
    ran = copydesk("completion", shell)
    assert ran.code == 0
    assert sign in ran.out
    assert "_COPYDESK_COMPLETE" in ran.out


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(monkeypatch):
    for stream, shown in ((Screen(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        clock = iter(range(100))
        monkeypatch.setattr(common.time, "monotonic", lambda clock=clock: float(next(clock)))
        with common.progress("Checking") as tick:
            for done in range(1, 4):
                if tick is not None:
                    tick(done, 3)
        assert ("Checking" in stream.getvalue()) is shown


def test_short_work_shows_no_progress(monkeypatch):
    stream = Screen()
    monkeypatch.setattr(sys, "stderr", stream)
    with common.progress("Checking") as tick:
        assert tick is not None
        tick(1, 3)
        tick(3, 3)
    assert stream.getvalue() == ""


def test_progress_never_reaches_the_output(copydesk, monkeypatch):
    write("posts/hours.md", GOOD)
    ran = copydesk("lint", "posts", "--format", "json")
    assert ran.err == ""
    assert ran.json["summary"]["posts"] == 1


def test_a_command_of_a_plugin_that_does_not_load_is_named(copydesk):
    write("copydesk.toml", 'root = true\nplugin-files = ["more.py"]\n')
    write(
        "more.py",
        "from copydesk.api import Command, hookimpl\n\n\ndef load():\n"
        "    raise RuntimeError('no letters today')\n\n\n@hookimpl\ndef register_commands():\n"
        "    return [Command('letters', 'Write letters.', load)]\n",
    )
    assert "letters     Write letters." in copydesk("--help").out
    ran = copydesk("letters")
    assert ran.code == 2
    assert "The command letters of a plugin does not load: RuntimeError: no letters" in ran.err


def test_the_registry_knows_the_names_that_plugins_cannot_take():
    from copydesk.cli.main import COMMANDS
    from copydesk.registry import OWN_COMMANDS

    assert set(COMMANDS) == OWN_COMMANDS


def test_a_plugin_cannot_take_the_name_of_a_command(copydesk, here):
    write("posts/fees.md")
    write(
        "house.py",
        "from copydesk.api import Command, hookimpl\n\n\n@hookimpl\n"
        "def register_commands():\n    return [Command('lint', 'Another lint.', object)]\n",
    )
    ran = copydesk("lint", "posts", "--plugin", "house.py")
    assert ran.code == 2
    assert "registers the command lint, which is Copydesk's own" in ran.said
