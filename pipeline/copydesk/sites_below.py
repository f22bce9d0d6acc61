"""Sites below a folder that is none itself: one repository with the blogs of many clinics."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from copydesk import config_files
from copydesk.config_files import ConfigFile
from copydesk.files import why
from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import shown_path

#: A repository with more folders than this is not searched for sites: they have to be named.
MOST_FOLDERS = 50_000
#: Folders of other tools; hidden folders and Python environments are left out as well.
_OF_TOOLS = frozenset({"node_modules", "__pycache__"})


class Below(NamedTuple):
    """What lies below a folder.

    `roots` are configuration files that say `root = true`, `others` those that do not. `broken`
    pairs folders of sites whose configuration cannot be read with the reason; `unclear` is
    about other files and folders that cannot. `files` are all other files that lie in no site.
    """

    roots: list[ConfigFile]
    others: list[ConfigFile]
    broken: list[tuple[Path, Failure]]
    unclear: list[Failure]
    files: list[Path]


def sites_below(top: Path, left_out: Callable[[Path], bool] = lambda folder: False) -> Below:
    """Find the sites below a folder, sorted by path; what is inside a site is not searched.

    Symbolic links to folders are not followed: a site is found where it lies. Raises
    CopydeskError where there are too many folders to look through.
    """
    below = Below([], [], [], [], [])
    stack = [top]
    seen = 0
    while stack:
        place = stack.pop()
        seen += 1
        if seen > MOST_FOLDERS:
            raise CopydeskError(_too_many(top))
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            reason = why(error)
            below.unclear.append(_closed(place, reason))
            continue
        if any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        if place != top and (left_out(place) or _is_site(place, entries, below)):
            continue
        stack += [Path(each.path) for each in reversed(entries) if _is_searched(each)]
        below.files.extend(Path(each.path) for each in entries if _is_file(each))
    return below


def _is_site(place: Path, entries: list[os.DirEntry[str]], below: Below) -> bool:
    """Note a folder's configuration; say whether the search ends at this folder."""
    names = {entry.name for entry in entries}
    try:
        if config_files.NAME not in names and not _is_ours(place, names):
            return False
        config = config_files.in_folder(place)
    except CopydeskError as error:
        if not _means_root(place):
            below.unclear.append(error.failure)
            return False
        below.broken.append((place, error.failure))
        return True
    if config is None:
        return False
    is_root = config.data.get("root") is True
    (below.roots if is_root else below.others).append(config)
    return is_root


def _means_root(place: Path) -> bool:
    """Say whether a configuration that cannot be used was to be a root, going by its lines."""
    for name in (config_files.NAME, "pyproject.toml"):
        try:
            data = (place / name).read_bytes()
        except OSError:
            continue
        return re.search(rb"^\s*root\s*=\s*true\b", data, re.MULTILINE) is not None
    return False


def _is_ours(place: Path, names: set[str]) -> bool:
    """Say whether a pyproject.toml is about Copydesk; those of other tools may be anything."""
    try:
        return "pyproject.toml" in names and b"copydesk" in (place / "pyproject.toml").read_bytes()
    except OSError:
        return False


def _is_searched(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in _OF_TOOLS:
        return False
    return entry.is_dir(follow_symlinks=False)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a file; a symbolic link that leads to itself is none."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _too_many(top: Path) -> Failure:
    return Failure(
        "site",
        f"holds more than {MOST_FOLDERS:,} folders, which is too many to look for sites in",
        "Name the sites: `copydesk check clinics/north clinics/south`. If it is one site, put a "
        "copydesk.toml with root = true in it.",
        shown_path(top),
    )


def _closed(folder: Path, reason: str) -> Failure:
    return Failure(
        "site",
        f"could not be opened: {reason}",
        "Check who may read the folder.",
        shown_path(folder),
    )
