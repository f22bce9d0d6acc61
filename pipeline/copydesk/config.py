"""Configuration of a site: every value with its origin, targets, and what reading needs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from copydesk import config_files
from copydesk.config_files import ConfigFile
from copydesk.config_schema import BY_NAME, KEYS, check_file, did_you_mean, target_path
from copydesk.metadata import ReadingSettings
from copydesk.model.extension import SiteSettings, TargetSettings
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.rule import Option, OptionValue
from copydesk.options import checked, defaults
from copydesk.sources import shown_path

#: What follows the name of a folder target in the name of its previews.
PREVIEW_SUFFIX = "-preview"


class Value(NamedTuple):
    """A value and where it comes from: "default", a file with its line, or a flag."""

    value: Any
    origin: str


class Flags(NamedTuple):
    """What the command line says beside paths; empty where a flag was not given."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    plugin_files: tuple[Path, ...] = ()
    external_plugins: bool = True


@dataclass
class Config:
    """The configuration of one site. `files` are in the order in which they are laid over.

    `explicit` says that it was named with --config.
    """

    root: Path
    files: tuple[ConfigFile, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    flags: Flags = field(default_factory=Flags)
    explicit: bool = False

    @property
    def yields(self) -> bool:
        """Whether folders below that say `root = true` are other sites and not part of this one."""
        main = self.files[-1].data if self.files else {}
        return not self.explicit and main.get("root") is not True

    def get(self, name: str) -> Any:
        """Return the value of a top-level key."""
        return self.values[name].value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a key that takes one text or several."""
        value = self.get(name)
        return (value,) if isinstance(value, str) else tuple(value)

    @property
    def fail_on(self) -> str:
        """The lowest severity that makes `check` fail."""
        return self.flags.fail_on or self.get("check").get("fail-on", "error")

    @property
    def reading(self) -> ReadingSettings:
        """What reading needs."""
        return ReadingSettings(self.get("timezone"), self.get("front-matter"))

    @property
    def site(self) -> SiteSettings:
        """What pages say about the site."""
        url = self.get("site-url")
        title = self.get("site-title") or self.root.name.replace("-", " ").title() or "Blog"
        return SiteSettings(
            self.root,
            title,
            url.rstrip("/") + "/" if url else "",
            self.get("site-description"),
            self.get("language"),
            self.get("timezone"),
        )

    @property
    def plugin_files(self) -> tuple[Path, ...]:
        """The plugin files of the configuration, relative to its file, and the command line's."""
        file = next((each for each in reversed(self.files) if "plugin-files" in each.data), None)
        folder = file.folder if file else self.root
        named = tuple((folder / name).resolve() for name in self.texts("plugin-files"))
        return named + tuple(path.resolve() for path in self.flags.plugin_files)

    def targets(self) -> dict[str, TargetSettings]:
        """Return all targets; without any there is one, `folder`, that writes into `site/`."""
        tables = self.get("targets") or {"folder": {"kind": "folder", "path": "site"}}
        found = {}
        for name, table in tables.items():
            path = target_path(name, table)
            found[name] = TargetSettings(
                name,
                table["kind"],
                (self.root / path).absolute() if path else None,
                table.get("url", ""),
                table.get("user", ""),
                table.get("links", "own"),
            )
        return found

    def outputs(self) -> tuple[Path, ...]:
        """Return the folders that Copydesk writes itself; what lies in them is no post."""
        folders = [each.path for each in self.targets().values() if each.path is not None]
        previews = [path.with_name(path.name + PREVIEW_SUFFIX) for path in folders]
        return (*folders, *previews, self.root / ".copydesk")

    def target(self, name: str) -> TargetSettings:
        """Return a target by name, or the default one; raises CopydeskError where there is none."""
        targets = self.targets()
        name = (
            name or self.get("default-target") or (next(iter(targets)) if len(targets) == 1 else "")
        )
        if name in targets:
            return targets[name]
        help = (
            did_you_mean(name, tuple(targets))
            if name
            else (
                "Say --to NAME, or set default-target in copydesk.toml. There are: "
                + ", ".join(targets)
                + "."
            )
        )
        message = f"there is no target {name!r}" if name else "more than one target is configured"
        raise CopydeskError(Failure("target", message, help))


def load(root: Path, explicit: Path | None, flags: Flags) -> Config:
    """Read the configuration of a site; raises CopydeskError with all that is wrong.

    `root` is the site's folder; `explicit` a file given by --config, used as it is.
    """
    main = config_files.read(explicit, str(explicit)) if explicit else config_files.in_folder(root)
    files = tuple(_extended(main, [])) if main else ()
    for config in files:
        failures = check_file(config, nested=False)
        if failures:
            raise ConfigErrors(failures)
    values = {key.name: Value(key.default, "default") for key in KEYS}
    for config in files:
        for name, value in config.data.items():
            origin = f"{config.shown}:{config.line_of(name)}"
            old = values[name].value
            if isinstance(value, dict) and isinstance(old, dict):
                value = {**old, **value}
            elif name == "overrides":
                value = [*old, *value]
            values[name] = Value(value, origin)
    return Config(root, files, values, flags, explicit is not None)


class ConfigErrors(CopydeskError):
    """Everything that is wrong with the configuration of one site."""

    def __init__(self, failures: list[Failure]) -> None:
        super().__init__(failures[0])
        self.failures = failures


def all_failures(error: CopydeskError) -> list[Failure]:
    """Return the one failure of an error, or the many of a configuration."""
    return list(getattr(error, "failures", [error.failure]))


def _extended(config: ConfigFile, chain: list[Path]) -> Iterable[ConfigFile]:
    """Yield what a file extends, first things first, then the file itself."""
    path = config.path.resolve()
    if path in chain:
        raise CopydeskError(
            config.failure(
                "extends itself in a circle", "Remove one of the extends lines.", "extends"
            )
        )
    named = config.data.get("extends", [])
    if BY_NAME["extends"].check(named):
        named = []  # check_file says so
    for name in [named] if isinstance(named, str) else named:
        path_named = Path(os.path.normpath(config.folder / str(name)))
        base = config_files.read(path_named, shown_path(path_named))
        if base is not None:
            yield from _extended(base, [*chain, path])
    yield config


def enricher_options(
    config: Config, name: str, options: tuple[Option, ...]
) -> dict[str, OptionValue]:
    """Return the options of an enricher from `[enrichers.NAME]`, or raise CopydeskError."""
    values = defaults(options)
    known = {option.name: option for option in options}
    file = next(
        (file for file in reversed(config.files) if name in file.data.get("enrichers", {})), None
    )
    if file is None:
        return values
    for key, part in file.data["enrichers"][name].items():
        if key not in known:
            raise CopydeskError(
                file.failure(
                    f"enrichers.{name} has no option {key}",
                    did_you_mean(key, tuple(known)),
                    name,
                    key,
                )
            )
        try:
            values[key] = checked(known[key], part)
        except ValueError as error:
            raise CopydeskError(
                file.failure(f"enrichers.{name}.{key} takes {error}", known[key].help, name, key)
            ) from None
    return values
