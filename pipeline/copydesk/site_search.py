"""Which sites the given paths mean: the one they belong to, or all that lie below a folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from copydesk import config_files
from copydesk.config import Config, Flags, all_failures, load
from copydesk.config_files import ConfigFile
from copydesk.discover import key_of
from copydesk.globs import matches
from copydesk.model.finding import CopydeskError, Failure
from copydesk.sites_below import Below, sites_below
from copydesk.sources import shown_path

#: Files in no site that are named in the summary; the rest is a number.
_NAMED = 3


@dataclass
class FoundSites:
    """The sites of a run, each with the given paths that lie in it, and what is no site.

    `unread` maps the folders of sites whose configuration cannot be used to the reasons;
    `failures` is what else could not be done. `strays` are configuration files between the
    sites that do not say `root = true`, `loose` the files that lie in no site.
    """

    sites: list[tuple[Config, list[Path]]] = field(default_factory=list)
    unread: dict[Path, list[Failure]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    strays: list[ConfigFile] = field(default_factory=list)
    loose: list[Path] = field(default_factory=list)

    def all_failures(self) -> list[Failure]:
        """Return everything that failed."""
        return [*self.failures, *(each for reasons in self.unread.values() for each in reasons)]

    def loose_posts(self, extensions: frozenset[str]) -> list[Path]:
        """Return the files in no site that would be posts in one."""
        outputs = [each.resolve() for config, _ in self.sites for each in config.outputs()]
        return [
            path
            for path in self.loose
            if path.suffix.lower() in extensions
            and not any(path.resolve().is_relative_to(folder) for folder in outputs)
        ]

    def apart(self, extensions: frozenset[str]) -> tuple[list[Failure], dict[str, int]]:
        """Return what to say of posts that lie in no site: failures, and a note for the summary.

        A configuration file that counts for nothing is a failure: somebody meant something by
        it. Other files, such as a README, are named and left out.
        """
        loose = self.loose_posts(extensions)
        shared = {file.path.resolve() for config, _ in self.sites for file in config.files}
        failures = []
        for stray in self.strays:
            below = [c.root for c, _ in self.sites if c.root.is_relative_to(stray.folder)]
            mine = [path for path in loose if path.is_relative_to(stray.folder)]
            if stray.path.resolve() in shared:
                continue
            if below:
                failures.append(_unused(stray, below[0]))
            elif mine:
                failures.append(_stray(stray, len(mine)))
                loose = [path for path in loose if not path.is_relative_to(stray.folder)]
        if not loose:
            return failures, {}
        names = ", ".join(shown_path(path) for path in loose[:_NAMED])
        more = f" and {len(loose) - _NAMED} more" if len(loose) > _NAMED else ""
        files = "file" if len(loose) == 1 else "files"
        return failures, {f"{files} in no site ({names}{more})": len(loose)}


def site_of(path: Path, explicit: Path | None, flags: Flags) -> Config:
    """Return the configuration of the one site that a path belongs to, looking upward only.

    Raises CopydeskError where it cannot be used.
    """
    return load(_root_of(path, explicit), explicit, flags)


def _root_of(path: Path, explicit: Path | None) -> Path:
    """Return the folder of the site that a path belongs to."""
    absolute = Path(os.path.abspath(path))
    folder = absolute if absolute.is_dir() else absolute.parent
    if explicit is not None:
        return Path(os.path.abspath(explicit)).parent
    found = config_files.find_root(folder)
    if found is not None:
        return found.folder
    return folder.parent if folder.name == "posts" else folder


def find_sites(paths: Sequence[Path], explicit: Path | None, flags: Flags) -> FoundSites:
    """Group paths by the site they belong to; the current folder where none is given.

    A folder that belongs to no site itself means all sites below it.
    """
    search = _Search(explicit, flags)
    for path in paths or [Path()]:
        try:
            search.add(path)
        except CopydeskError as error:
            search.found.failures += all_failures(error)
    search.found.sites = list(search.grouped.values())
    return search.found


class _Search:
    """The sites found so far, by their folders."""

    def __init__(self, explicit: Path | None, flags: Flags) -> None:
        self.explicit, self.flags = explicit, flags
        self.found = FoundSites()
        self.grouped: dict[Path, tuple[Config, list[Path]]] = {}

    def add(self, path: Path) -> None:
        """Find the sites that one path means."""
        folder = Path(os.path.abspath(path))
        if self.explicit is not None or not folder.is_dir():
            self._join(_root_of(path, self.explicit), path)
            return
        root = config_files.find_root(folder)
        if root is not None and root.data.get("root") is True:
            config = self._join(root.folder, path)
            if config is not None:
                self.found.failures += _second_roots(folder, root, config)
            return
        below = sites_below(folder)
        if not (below.roots or below.broken):
            self._join(_root_of(path, None), path)
            return
        own = self._join_upper(root, path, folder) if root is not None else []
        self._join_all(path, folder, below)
        strays = [each for each in below.others if not _lies_in(each.folder, own)]
        self.found.strays += strays
        # Beside a blog at the top all else is its business, but for folders with settings.
        between = [each.folder for each in strays] if own else [folder]
        self.found.loose += [
            each for each in below.files if _lies_in(each, between) and not _lies_in(each, own)
        ]

    def _join(self, root: Path, path: Path) -> Config | None:
        """Add a path to its site; one whose configuration cannot be used stops no other."""
        if root not in self.grouped and root not in self.found.unread:
            try:
                self.grouped[root] = (load(root, self.explicit, self.flags), [])
            except CopydeskError as error:
                self.found.unread[root] = all_failures(error)
        if root not in self.grouped:
            return None
        config, paths = self.grouped[root]
        paths.append(path)
        return config

    def _join_upper(self, upper: ConfigFile, path: Path, folder: Path) -> list[Path]:
        """Take in the site above others where the folder holds posts of it; return where.

        It is a site only if it has a folder of posts: else it may be there for its settings.
        """
        config = load(upper.folder, None, self.flags)
        named = [Path(os.path.abspath(config.root / name)) for name in config.texts("posts")]
        own = [each for each in named if each.is_dir()]
        if any(each.is_relative_to(folder) or folder.is_relative_to(each) for each in own):
            self._join(config.root, path)
            return own
        if upper.folder == folder and not own:
            self.found.strays.append(upper)
        return []

    def _join_all(self, path: Path, folder: Path, below: Below) -> None:
        """Take in every site below a folder."""
        for root in below.roots:
            self._join(root.folder, path / root.folder.relative_to(folder))
        for place, failure in below.broken:
            self.found.unread[place] = [failure]
        self.found.failures += below.unclear


def _second_roots(folder: Path, root: ConfigFile, config: Config) -> list[Failure]:
    """Return the files below a root that say they are one, too."""

    def excluded(place: Path) -> bool:
        key = key_of(place, config.root) + "/" + config_files.NAME
        return any(matches(pattern, key) for pattern in config.texts("exclude"))

    try:
        roots = sites_below(folder, excluded).roots
    except CopydeskError:  # a site of that many folders is checked all the same
        return []
    return [config_files.second_root(each, root) for each in roots]


def _lies_in(path: Path, folders: list[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _stray(stray: ConfigFile, posts: int) -> Failure:
    count = "the post below it belongs" if posts == 1 else f"the {posts} posts below it belong"
    return stray.failure(
        f"does not say root = true, so {count} to no site and nobody looked at them",
        "If its folder is a site, write root = true into it.",
    )


def _unused(stray: ConfigFile, below: Path) -> Failure:
    way = "../" * len(below.relative_to(stray.folder).parts) + stray.path.name
    return stray.failure(
        "counts for none of the sites below it, because they say root = true",
        f'To use its rules in them, write extends = "{way}" there. If it is not needed, delete it.',
    )
