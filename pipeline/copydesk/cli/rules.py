"""`copydesk rules`."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.cli.sites import plugin_options, registry_of


@click.command("rules", epilog="Example: copydesk rules")
@plugin_options
def command(config: Path | None, plugin_files: tuple[Path, ...], no_external_plugins: bool) -> int:
    """List all rules with their default severity."""
    loaded, code = registry_of(config, plugin_files, no_external_plugins)
    width = max((len(name) for name in loaded.rules), default=0)
    for name in loaded.rule_names():
        rule = loaded.rules[name]
        click.echo(f"{name:<{width}}  {rule.severity:<7}  {rule.summary}")
    click.echo(f"{len(loaded.rules)} rules. `copydesk rule ID` explains one.")
    return code
