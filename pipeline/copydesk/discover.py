"""Which files are posts: every file of a known kind below a folder, and what was left out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from copydesk.files import why
from copydesk.globs import matches
from copydesk.model.finding import Failure

#: What a report page has among its first bytes; no other page that Copydesk writes has it.
_REPORT, _HEAD = b'<meta name="generator" content="Copydesk ', 1_000


@dataclass
class Found:
    """The posts below a site's folders.

    `files` maps each path below the site's root (with forward slashes) to the real path.
    `left_out` counts files per reason, for the summary; `failures` names folders that could
    not be opened: whatever posts they hold were not checked.
    """

    files: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)


def no_site(folder: Path) -> bool:
    """Say that no folder below is a site of its own."""
    return False


def discover(
    folders: Iterable[Path],
    root: Path,
    extensions: frozenset[str],
    exclude: tuple[str, ...],
    outputs: tuple[Path, ...],
    another: Callable[[Path], bool] = no_site,
) -> Found:
    """Find all posts below some folders.

    `exclude` holds patterns relative to the root; `outputs` are the folders that Copydesk
    writes itself, and `another` tells a folder that is a site of its own. Folders reached
    twice, as in a loop of symbolic links, are walked once; a link that leads out of the site is
    left out, because drafts are not trusted to bring in other people's files.
    """
    found = Found()
    resolved = {path.resolve() for path in outputs}
    for folder in folders:
        homes = (root.resolve(), folder.resolve())
        for path in _walk(folder, found, resolved, homes, another):
            if path.suffix.lower() not in extensions:
                continue
            key = key_of(path, root)
            pattern = next((name for name in exclude if matches(name, key)), None)
            if pattern is not None:
                found.left_out[f"excluded by {pattern!r}"] += 1
            elif _is_report(path):
                found.left_out["report of Copydesk"] += 1
            else:
                found.files.setdefault(key, str(path))
    return found


def key_of(path: Path, root: Path) -> str:
    """Return a path below the root with forward slashes; one outside keeps its full path."""
    absolute = Path(os.path.abspath(path))
    try:
        return absolute.relative_to(root).as_posix()
    except ValueError:
        return absolute.as_posix().lstrip("/")


def _walk(
    folder: Path,
    found: Found,
    outputs: set[Path],
    homes: tuple[Path, ...],
    another: Callable[[Path], bool],
) -> Iterator[Path]:
    """Yield the files below a folder, sorted, without recursion that a deep tree could break."""
    stack = [folder]
    seen: set[str] = set()
    while stack:
        place = stack.pop()
        real = os.path.realpath(place)
        if real in seen:
            continue
        seen.add(real)
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            found.failures.append(_closed(place, error))
            continue
        if any(entry.name == "pyvenv.cfg" for entry in entries):
            found.left_out[f"the Python environment {place.name}/"] += 1
            continue
        below = []
        for entry in entries:
            path = Path(entry.path)
            if entry.is_symlink() and _leads_out(path, homes):
                found.left_out["symbolic link out of the site"] += 1
            elif _is_folder(entry):
                if entry.name == ".git":
                    continue
                # What Copydesk writes is no post, and other sites have posts of their own.
                if path.resolve() not in outputs and not another(path):
                    below.append(path)
            elif entry.is_symlink() or entry.is_file():
                yield path
        stack.extend(reversed(below))


def _leads_out(path: Path, homes: tuple[Path, ...]) -> bool:
    """Say whether a symbolic link points to something outside; a broken one is told later."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return not any(real.is_relative_to(home) for home in homes)


def _is_report(path: Path) -> bool:
    """Say whether a page is a report that Copydesk wrote beside the posts."""
    if path.suffix.lower() not in (".html", ".htm"):
        return False
    try:
        if not path.is_file():  # a link may lead to a pipe, and nobody writes into that
            return False
        with path.open("rb") as file:
            return _REPORT in file.read(_HEAD)
    except OSError:
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a folder; a symbolic link that leads to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _closed(folder: Path, error: OSError) -> Failure:
    return Failure(
        "site",
        f"could not be opened: {why(error)}",
        "Check who may read the folder, or leave it out with exclude in copydesk.toml.",
        str(folder),
    )
