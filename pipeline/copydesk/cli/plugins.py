"""`copydesk plugins`."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.cli.sites import plugin_options, registry_of

_KINDS = (
    ("rule", "rules"),
    ("reader", "readers"),
    ("enricher", "enrichers"),
    ("publisher", "publishers"),
    ("reporter", "formats"),
    ("command", "commands"),
)


@click.command("plugins", epilog="Example: copydesk plugins --plugin my_rules.py")
@plugin_options
def command(config: Path | None, plugin_files: tuple[Path, ...], no_external_plugins: bool) -> int:
    """List the plugins, where each comes from, and what it adds."""
    loaded, code = registry_of(config, plugin_files, no_external_plugins)
    for name, ref in sorted(loaded.plugins.items()):
        click.echo(f"{name}   {ref.path or ref.distribution}")
        for kind, plural in _KINDS:
            mine = sorted(
                each
                for (what, each), owner in loaded.owners.items()
                if what == kind and owner.name == name
            )
            if mine:
                click.echo(f"  {plural}: {', '.join(mine)}")
    return code
