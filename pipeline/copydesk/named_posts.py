"""Posts that are named by their id where a path is taken, too."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk.config import Config, Flags
from copydesk.config_schema import did_you_mean
from copydesk.front_matter import read_front_matter
from copydesk.model.finding import CopydeskError, Failure
from copydesk.runner import load_plugins
from copydesk.site import open_site
from copydesk.site_search import find_sites
from copydesk.sources import read_source, shown_path


def as_paths(names: Sequence[Path], config: Path | None, flags: Flags) -> list[Path]:
    """Return paths, where a name that is no path may be the id of a post of the current site.

    Raises CopydeskError where it is neither, or the id of several posts: a misspelt name must not
    publish something else.
    """
    if all(map(os.path.lexists, names)):
        return list(names)
    ids: dict[str, list[Path]] = {}
    for settings, _ in find_sites([Path()], config, flags).sites:
        for id, path in _ids(settings):
            ids.setdefault(id, []).append(path)
    return [name if os.path.lexists(name) else _path_of(name, ids) for name in names]


def _path_of(name: Path, ids: dict[str, list[Path]]) -> Path:
    found = ids.get(str(name), [])
    if len(found) == 1:
        return found[0]
    if found:
        message, help = f"{name} is the id of several posts", "Name the path of the one you mean."
    else:
        known = sorted({*ids, *(shown_path(path) for paths in ids.values() for path in paths)})
        message = f"there is no {name}"
        help = did_you_mean(str(name), known) if known else "Check its spelling."
    raise CopydeskError(Failure("arguments", message, f"{help} Nothing was done."))


def _ids(config: Config) -> Iterator[tuple[str, Path]]:
    """Yield the id of each post of a site that has one, and where the post lies."""
    registry, _, _ = load_plugins(config)
    site, _ = open_site(config, [], frozenset(registry.extensions))
    key = config.reading.keys.get("id", "id")
    for name in site.files:
        try:
            front_matter = read_front_matter(read_source(site.path(name), name))
        except CopydeskError:
            continue  # told by the run itself
        node = dict(front_matter.pairs).get(key) if front_matter else None
        if node is not None and node.kind == "text" and node.text:
            yield node.text, site.path(name)
