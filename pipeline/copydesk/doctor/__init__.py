"""The doctor: looks at everything a site needs, changes nothing, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from copydesk import waivers
from copydesk.config import Config, Flags
from copydesk.doctor.clock import look_at_clock, look_at_zone
from copydesk.doctor.lines import Line, Status, of_error, of_failure
from copydesk.doctor.system import look_at_letters, look_at_system
from copydesk.doctor.targets import Asking, look_at_targets
from copydesk.front_matter import read_front_matter
from copydesk.model.finding import CopydeskError
from copydesk.registry import Registry
from copydesk.rule_settings import RuleTable
from copydesk.runner import load_plugins
from copydesk.site import Site, open_site
from copydesk.site_search import find_sites
from copydesk.sources import read_source, shown_path

__all__ = ["Asking", "Line", "Status", "examine", "look_at_letters"]


def examine(path: Path, config: Path | None, flags: Flags, asking: Asking) -> Iterator[Line]:
    """Look at the machine, then at each site that a path means; yields a line for each thing."""
    yield from look_at_system()
    found = find_sites([path], config, flags)
    for failure in found.all_failures():
        yield of_failure("settings", failure)
    extensions: set[str] = set()
    for settings, _ in found.sites:
        if len(found.sites) > 1:
            yield Line("ok", "site", f"{shown_path(settings.root)}:")
        registry, _, _ = load_plugins(settings)
        extensions |= registry.extensions.keys()
        yield from _look_at_site(settings, registry, asking)
    for failure in found.apart(frozenset(extensions))[0]:
        yield of_failure("settings", failure)


def _look_at_site(config: Config, registry: Registry, asking: Asking) -> Iterator[Line]:
    now = datetime.now(UTC) + asking.ahead
    site, failures = open_site(config, [], frozenset(registry.extensions))
    yield from _look_at_settings(config, registry, site)
    yield from _look_at_plugins(registry)
    for failure in failures:
        yield of_failure("posts", failure)
    yield from _look_at_posts(site)
    yield look_at_zone(config.get("timezone"), now)
    yield from look_at_clock(site, now)
    yield from look_at_targets(config, registry, asking)


def _look_at_settings(config: Config, registry: Registry, site: Site) -> Iterator[Line]:
    """Look at the settings as they hold for each post, nested files included."""
    said: list[Line] = []
    try:
        table = RuleTable(config, registry)
        waivers.load(config, registry)
    except CopydeskError as error:
        said += of_error("settings", error)
    else:
        for key in site.files:
            try:
                table.settings(key)
            except CopydeskError as error:
                said += of_error("settings", error)
    yield from dict.fromkeys(said)  # a folder's file is wrong for each of its posts
    if said:
        return
    if config.files:
        names = ", ".join(file.shown for file in config.files)
        yield Line("ok", "settings", f"{names} can be used.")
        return
    yield Line(
        "warn",
        "settings",
        f"There is no copydesk.toml for {shown_path(config.root)}; what is usual holds.",
        "`copydesk init` asks a few questions and makes one.",
    )


def _look_at_plugins(registry: Registry) -> Iterator[Line]:
    for failure in registry.failures:
        yield of_failure("plugins", failure)
    if not registry.failures:
        external = [each.shown for each in registry.plugins.values() if each.external]
        own = f"; not built in: {', '.join(external)}" if external else ""
        yield Line("ok", "plugins", f"{len(registry.plugins)} loaded{own}.")


def _look_at_posts(site: Site) -> Iterator[Line]:
    """Look at the folders of posts, and whether each post can be read with its front matter."""
    for name in site.config.texts("posts"):
        folder = site.root / name
        if not folder.is_dir() and site.config.values["posts"].origin != "default":
            help = "Make it, or mend posts in copydesk.toml."
            yield Line("failed", "posts", f"The folder {name} is not there.", help)
    unread = []
    for key in site.files:
        try:
            read_front_matter(read_source(site.path(key), key))
        except CopydeskError as error:
            unread.append(key)
            yield from of_error("posts", error)
    if not site.files:
        help = 'Start one with `copydesk new "Title"`, or bring one with `copydesk import FILE`.'
        yield Line("warn", "posts", "There are none yet.", help)
    elif not unread:
        count = "1 post" if len(site.files) == 1 else f"{len(site.files)} posts"
        yield Line("ok", "posts", f"{count} found.")
