"""Configuration files: where they are found, which one is the root, and exact places in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.files import why
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.text import LineIndex

NAME = "copydesk.toml"
_VERSION_CONTROL = (".git", ".hg", ".svn", ".jj")


class ConfigFile(NamedTuple):
    """One configuration file as read: its path, the way it is shown, its text and its tables."""

    path: Path
    shown: str
    text: str
    data: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """The folder that the file speaks for."""
        return self.path.parent

    def line_of(self, *keys: str) -> int:
        """Return the line where the last of some nested keys stands, or 0."""
        lines = self.text.split("\n")
        at = self._first_line(lines)
        for key in keys:
            name = re.escape(key)
            wanted = re.compile(rf"""^\s*\[{{0,2}}.*(?<![\w-])["']?{name}["']?\s*(?:=|\]|\.)""")
            found = next(
                (
                    n
                    for n in range(at, len(lines))
                    if not lines[n].lstrip().startswith("#") and wanted.match(lines[n][:300])
                ),
                None,
            )
            if found is None:
                return at + 1 if at else 0
            at = found
        return at + 1

    def _first_line(self, lines: list[str]) -> int:
        """Return where the file begins to speak of Copydesk."""
        if self.path.name != "pyproject.toml":
            return 0
        head = re.compile(r"\s*\[+\s*tool\s*\.\s*[\"']?copydesk\b")
        return next((n for n, line in enumerate(lines) if head.match(line)), 0)

    def failure(self, message: str, help: str, *keys: str) -> Failure:
        """Return a failure at the place of a key of this file."""
        return Failure("config", message, help, self.shown, line=self.line_of(*keys))


def read(path: Path, shown: str = "") -> ConfigFile | None:
    """Read a configuration file; a pyproject.toml without `[tool.copydesk]` gives None.

    Raises CopydeskError where the file cannot be read.
    """
    shown = shown or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = LineIndex(error.object[: error.start].decode("latin-1")).position(
            error.start
        )
        raise CopydeskError(
            Failure("config", "is not UTF-8", "Save it as UTF-8.", shown, line=line, column=column)
        ) from None
    except OSError as error:
        raise CopydeskError(
            Failure(
                "config",
                f"could not be read: {why(error)}",
                "Check the path and who may read it.",
                shown,
            )
        ) from None
    data = read_toml(text, shown)
    if path.name == "pyproject.toml":
        ours = _in_pyproject(data, shown)
        return None if ours is None else ConfigFile(path, shown, text, ours)
    return ConfigFile(path, shown, text, data)


def read_toml(text: str, shown: str) -> dict[str, Any]:
    """Return the data of a TOML text; `shown` is its path in messages.

    Raises CopydeskError with line and column where it is not valid.
    """
    import tomllib

    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(at.group(1)), int(at.group(2))) if at else (0, 0)
        message = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise CopydeskError(
            Failure(
                "config",
                f"is not valid TOML: {message}",
                "Mend this line, then run again.",
                shown,
                line=line,
                column=column,
            )
        ) from None
    except ValueError:
        raise CopydeskError(
            Failure("config", "holds a number of too many digits", "Shorten it.", shown)
        ) from None
    except RecursionError:
        raise CopydeskError(
            Failure("config", "is nested too deeply", "Use at most tables within tables.", shown)
        ) from None


def _in_pyproject(data: Mapping[str, Any], shown: str) -> Mapping[str, Any] | None:
    """Return the table `[tool.copydesk]`, or None where there is none."""
    tool = data.get("tool")
    ours = tool.get("copydesk") if isinstance(tool, dict) else None
    if ours is not None and not isinstance(ours, dict):
        raise CopydeskError(
            Failure("config", "tool.copydesk takes a table", "Write [tool.copydesk].", shown)
        )
    return ours


def in_folder(folder: Path) -> ConfigFile | None:
    """Return the configuration file of a folder: copydesk.toml before pyproject.toml."""
    for name in (NAME, "pyproject.toml"):
        path = folder / name
        if path.is_file():
            found = read(path, _shown(path))
            if found is not None:
                return found
    return None


def says_root(folder: Path) -> bool:
    """Say whether a folder's configuration makes it a site of its own; a broken one does not."""
    try:
        config = in_folder(folder)
    except CopydeskError:
        return False
    return config is not None and config.data.get("root") is True


def second_root(inner: ConfigFile, outer: ConfigFile) -> Failure:
    """Return the failure of a file that says `root = true` below another that says so."""
    return inner.failure(
        f"says root = true, but so does {outer.shown} above it, and the topmost one counts: this "
        "is no site of its own",
        f"Take root = true out of {outer.shown} if the sites lie below it; else take it out here, "
        "or name this folder in exclude there if it is no part of the site.",
        "root",
    )


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def find_root(folder: Path) -> ConfigFile | None:
    """Return the root configuration for a folder, looking upward.

    That is the topmost file that says `root = true`; else the topmost one inside the same
    version-controlled tree; without version control the nearest one.
    """
    found: list[ConfigFile] = []
    top: Path | None = None
    for place in (folder, *folder.parents):
        config = in_folder(place)
        if config is not None:
            found.append(config)
        if top is None and any((place / name).exists() for name in _VERSION_CONTROL):
            top = place
    rooted = [config for config in found if config.data.get("root") is True]
    if rooted:
        return rooted[-1]
    if top is None:
        return found[0] if found else None
    inside = [config for config in found if config.folder.is_relative_to(top)]
    return inside[-1] if inside else None
