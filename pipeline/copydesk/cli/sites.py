"""What commands need that speak of plugins rather than posts: the registry of a site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from copydesk.cli.common import fail, options
from copydesk.config import Config, Flags, all_failures
from copydesk.model.finding import CopydeskError
from copydesk.registry import Registry
from copydesk.runner import load_plugins
from copydesk.site_search import site_of

Command = TypeVar("Command", bound=Callable[..., Any])


#: The flags that say which plugins are loaded.
plugin_options = options("config", "plugin", "no-external-plugins")


def config_of(path: Path, config: Path | None, flags: Flags) -> Config:
    """Return the configuration of the site that a path belongs to; ends with 2 where it is bad."""
    try:
        return site_of(path, config, flags)
    except CopydeskError as error:
        fail(all_failures(error))
        raise click.exceptions.Exit(2) from None


def registry_of(
    config: Path | None, plugin_files: tuple[Path, ...], no_external_plugins: bool
) -> tuple[Registry, int]:
    """Return the plugins of the current site, and the exit code: 2 where one did not load."""
    flags = Flags(plugin_files=plugin_files, external_plugins=not no_external_plugins)
    loaded, _, _ = load_plugins(config_of(Path(), config, flags))
    return loaded, fail(loaded.failures) if loaded.failures else 0
