"""Write docs/commands.md from what the commands say of themselves.

Run it after a command or an option was added or changed: python tools/build_commands_page.py
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from copydesk import registry
from copydesk.cli.main import COMMANDS, cli

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
_HEAD = """# Commands

This page is made by `tools/build_commands_page.py` from the commands themselves; please do not
edit it by hand but run `make docs`. `copydesk COMMAND --help` shows the same.

Exit codes are the same everywhere:

| Code | Meaning |
| --- | --- |
| 0 | All is well. |
| 1 | Findings count (`--fail-on`, by default errors), or a post that is due was held back. |
| 2 | A file, a plugin, a setting or a target failed, or nothing was checked. |

That no post changed since `check --changed` is well, too: 0.

`run`, `plan` and `publish` judge the posts that are due. What they find in drafts is shown and
does not fail them.
"""


def commands() -> dict[str, click.Command]:
    """Return every command by its full name, built-in ones first."""
    root = click.Context(cli, info_name="copydesk")
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = cli.get_command(root, name)
        if command is None:
            raise SystemExit(f"the command {name} is not there")
        found.update(_with_parts(name, command))
    # Only what comes with Copydesk: plugins of this machine have no place in its documentation.
    for name, added in sorted(registry.load(registry.built_in_refs()).commands.items()):
        found.update(_with_parts(name, added.load()))
    return found


def _with_parts(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for part in sorted(command.list_commands(context)):
            each = command.get_command(context, part)
            if each is None:
                raise SystemExit(f"the command {name} {part} is not there")
            yield f"{name} {part}", each


def page() -> str:
    """Return the whole page."""
    found = commands()
    rows = [
        f"| [{name}](#{_anchor(name)}) | {_cell(_help(each).split('. ')[0].rstrip('.'))}. |"
        for name, each in found.items()
    ]
    table = ["| Command | What it does |", "| --- | --- |", *rows, ""]
    return "\n".join([_HEAD, *table, *(_command(name, each) for name, each in found.items())])


def _anchor(name: str) -> str:
    return "copydesk-" + name.replace(" ", "-")


def _command(name: str, command: click.Command) -> str:
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    options = [each for each in command.params if isinstance(each, click.Option)]
    usage = ["copydesk", name, *(["[OPTIONS]"] if options else []), *map(_metavar, arguments)]
    if isinstance(command, click.Group):
        usage.append("COMMAND")
    lines = [
        f"## copydesk {name}",
        "",
        "```text",
        " ".join(usage),
        "```",
        "",
        *_paragraphs(command),
    ]
    lines += (
        ["| Option | Meaning |", "| --- | --- |", *map(_option, options), ""] if options else []
    )
    if command.epilog:
        text = command.epilog.partition(":")
        shown = ", ".join(f"`{part.strip()}`" for part in re.split(r" {3,}", text[2].strip()))
        lines += [f"{text[0]}: {shown}", ""]
    return "\n".join(lines)


def _help(command: click.Command) -> str:
    return " ".join(inspect.cleandoc(command.help or "").split("\f")[0].split())


def _paragraphs(command: click.Command) -> Iterator[str]:
    for part in inspect.cleandoc(command.help or "").split("\n\n"):
        yield _text(part)
        yield ""


def _text(text: str) -> str:
    """Return a text on one line, in which only code spans are markup."""
    parts = re.split(r"(`[^`]+`)", " ".join(text.split()))
    return "".join(p if p.startswith("`") else re.sub(r"([\\<>*_\[\]])", r"\\\1", p) for p in parts)


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def _metavar(parameter: click.Parameter) -> str:
    """Return what stands for a parameter's value; click's own words differ by version."""
    if parameter.metavar:
        return parameter.metavar
    if isinstance(parameter.type, click.Choice):
        return "[" + "|".join(str(choice) for choice in parameter.type.choices) + "]"
    if isinstance(parameter, click.Argument):
        return (parameter.name or "").upper()
    return parameter.type.name.upper()


def _option(option: click.Option) -> str:
    names = ", ".join(option.opts)
    value = "" if option.is_flag else " " + _metavar(option)
    default = f" Default: {option.default}." if option.show_default is True else ""
    return (
        f"| `{(names + value).replace('|', chr(92) + '|')}` | {_cell(option.help or '')}{default} |"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE}")
