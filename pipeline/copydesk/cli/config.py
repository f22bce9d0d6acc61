"""`copydesk config show FILE`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import fail
from copydesk.cli.sites import config_of, plugin_options
from copydesk.config import Config, Flags, all_failures
from copydesk.discover import key_of
from copydesk.model.finding import CopydeskError
from copydesk.rule_settings import RuleTable
from copydesk.runner import load_plugins


@click.group("config")
def command() -> None:
    """Show the settings that hold for a file, with their origins."""


@command.command("show", epilog="Example: copydesk config show posts/fees.md")
@click.argument("file", type=click.Path(path_type=Path))
@plugin_options
def show(
    file: Path, config: Path | None, plugin_files: tuple[Path, ...], no_external_plugins: bool
) -> int:
    """Show each value that holds for FILE and where it comes from."""
    flags = Flags(plugin_files=plugin_files, external_plugins=not no_external_plugins)
    if not file.exists():
        raise click.UsageError(f"There is no file {file}.")
    settings = config_of(file, config, flags)
    loaded, _, _ = load_plugins(settings)
    try:
        rules = RuleTable(settings, loaded).settings(key_of(file, settings.root))
    except CopydeskError as error:
        return fail(all_failures(error))
    _show_site(settings)
    click.echo("\nrules")
    for rule_id, setting in sorted(rules.items()):
        _line(f"  {rule_id}", setting.severity.value, setting.severity.origin)
        for name, value in setting.options.items():
            _line(f"    {name}", value.value, value.origin)
    return fail(loaded.failures) if loaded.failures else 0


def _show_site(settings: Config) -> None:
    click.echo(f"site   {os.path.relpath(settings.root)}")
    for name, value in settings.values.items():
        if name not in ("rules", "overrides", "root", "extends"):
            _line(name, value.value, value.origin)


def _line(name: str, value: Any, origin: str) -> None:
    shown = list(value) if isinstance(value, tuple) else value
    click.echo(f"{name} = {shown!r}   ({origin})")
