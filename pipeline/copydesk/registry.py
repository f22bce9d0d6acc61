"""Plugins: load, block, collect, and name whoever fails or collides.

Built-ins are named in one tuple. Third parties come from the entry-point group `copydesk`,
sorted by name; one-file plugins from the root configuration or `--plugin`. Nothing is loaded
from the working folder by itself.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

import pluggy

from copydesk import __version__, hookspecs
from copydesk.model.content import Reader
from copydesk.model.draft import Importer
from copydesk.model.export import Archive
from copydesk.model.extension import Command, Enricher, Publisher
from copydesk.model.finding import SEVERITIES, Failure
from copydesk.model.reporting import Reporter
from copydesk.model.rule import Rule

BUILT_INS: tuple[tuple[str, str], ...] = (
    ("waivers", "copydesk.waiver_rules"),
    ("readers", "copydesk_plugins.readers"),
    ("basics", "copydesk_plugins.basics"),
    ("readability", "copydesk_plugins.readability"),
    ("artefacts", "copydesk_plugins.artefacts"),
    ("seo", "copydesk_plugins.seo"),
    ("duplicates", "copydesk_plugins.duplicates"),
    ("trust", "copydesk_plugins.trust"),
    ("claims", "copydesk_plugins.claims"),
    ("neighbours", "copydesk_plugins.neighbours"),
    ("structured-data", "copydesk_plugins.structured_data"),
    ("publishers", "copydesk_plugins.publishers"),
    ("reporters", "copydesk_plugins.reporters"),
)
ENTRY_POINT_GROUP = "copydesk"
#: Commands of Copydesk itself; the command line has the same list, and a test compares them.
OWN_COMMANDS: frozenset[str] = frozenset(
    {
        "init",
        "new",
        "import",
        "lint",
        "fix",
        "watch",
        "check",
        "run",
        "plan",
        "publish",
        "unpublish",
        "undo",
        "verify",
        "repair",
        "waive",
        "baseline",
        "rules",
        "rule",
        "plugins",
        "config",
        "login",
        "doctor",
        "new-plugin",
        "completion",
    }
)
_PACKAGE_INFO = (".dist-info", ".egg-info")

Named = TypeVar("Named", Reader, Importer, Archive, Rule, Enricher, Publisher, Reporter, Command)


class PluginRef(NamedTuple):
    """Where a plugin comes from: a module (built-in or installed) or a file.

    `name` is what people call it, `distribution` the package and version that brought it.
    """

    name: str
    module: str = ""
    path: str = ""
    distribution: str = f"copydesk {__version__}"
    external: bool = False

    @property
    def shown(self) -> str:
        """The plugin with its origin, for messages."""
        return f"{self.name} ({self.path or self.distribution})"


@dataclass
class Registry:
    """Everything the loaded plugins registered, by name, and every failure on the way."""

    plugins: dict[str, PluginRef] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    extensions: dict[str, Reader] = field(default_factory=dict)
    importers: dict[str, Importer] = field(default_factory=dict)
    archives: dict[str, Archive] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    enrichers: dict[str, Enricher] = field(default_factory=dict)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    reporters: dict[str, Reporter] = field(default_factory=dict)
    commands: dict[str, Command] = field(default_factory=dict)
    owners: dict[tuple[str, str], PluginRef] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def owner(self, kind: str, name: str) -> PluginRef:
        """Return the plugin that registered a named object, such as ("rule", "claims.absolute")."""
        return self.owners[(kind, name)]

    def rule_names(self) -> list[str]:
        """Return all rule ids, sorted."""
        return sorted(self.rules)


def external_refs(files: Iterable[Path], entry_points: bool) -> list[PluginRef]:
    """Return the plugins that are not built in: installed ones by name, then files."""
    refs = []
    if entry_points and _may_be_installed():
        from importlib.metadata import entry_points as installed

        for point in sorted(installed(group=ENTRY_POINT_GROUP), key=lambda p: (p.name, p.value)):
            origin = f"{point.dist.name} {point.dist.version}" if point.dist else "unknown package"
            refs.append(PluginRef(point.name, point.value.partition(":")[0], "", origin, True))
    refs.extend(PluginRef(path.stem, "", str(path), str(path), True) for path in files)
    return refs


def _may_be_installed() -> bool:
    """Say whether any installed package may bring a plugin; a doubt counts as yes.

    Asking importlib.metadata costs more than checking a post, so the files that it would read
    are first searched for the name of the group. What is not a plain folder of packages (an
    archive, an import hook with packages of its own) is left to importlib.metadata.
    """
    finders = [each for each in sys.meta_path if hasattr(each, "find_distributions")]
    try:
        return finders != [PathFinder] or any(map(_names_group, dict.fromkeys(sys.path)))
    except OSError:
        return True


def _names_group(folder: str) -> bool:
    """Say whether a package in a folder of `sys.path` names our group of entry points."""
    try:
        with os.scandir(folder or ".") as found:
            packages = [each.path for each in found if each.name.endswith(_PACKAGE_INFO)]
    except FileNotFoundError:
        return False
    for package in packages:
        try:
            if f"[{ENTRY_POINT_GROUP}]".encode() in Path(package, "entry_points.txt").read_bytes():
                return True
        except (FileNotFoundError, NotADirectoryError):
            continue
    return folder.endswith(".egg")


def built_in_refs() -> list[PluginRef]:
    """Return the built-in plugins."""
    return [PluginRef(name, module) for name, module in BUILT_INS]


def load(refs: Sequence[PluginRef]) -> Registry:
    """Load plugins and collect what they register; failures are collected, never raised."""
    registry = Registry()
    manager = pluggy.PluginManager("copydesk")
    manager.add_hookspecs(hookspecs)
    with redirect_stdout(sys.stderr):  # a plugin that prints must not break the report
        loaded = [pair for ref in refs if (pair := _load_one(ref, manager, registry))]
        for ref, module in loaded:
            _collect(ref, module, manager, registry)
    return registry


def _failure(ref: PluginRef, message: str, help: str) -> Failure:
    return Failure("plugin", message, help, plugin=ref.shown)


def _load_one(
    ref: PluginRef, manager: pluggy.PluginManager, registry: Registry
) -> tuple[PluginRef, ModuleType] | None:
    if ref.name in registry.plugins:
        other = registry.plugins[ref.name].shown
        registry.failures.append(
            _failure(
                ref, f"has the same name as {other}", "Rename one of the two, or load only one."
            )
        )
        return None
    try:
        module = _import(ref)
        manager.register(module, name=ref.name)
        _check_hooks(module, manager)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin that calls sys.exit must not end the run
        registry.failures.append(
            _failure(
                ref,
                f"does not load: {describe(error)}",
                "Mend it, or leave it out (--no-external-plugins skips all that are not built in).",
            )
        )
        if manager.has_plugin(ref.name):
            manager.unregister(name=ref.name)
        return None
    registry.plugins[ref.name] = ref
    return ref, module


def _import(ref: PluginRef) -> ModuleType:
    if not ref.path:
        return importlib.import_module(ref.module)
    name = f"copydesk_plugin_file_{Path(ref.path).stem.replace('-', '_')}"
    spec = importlib.util.spec_from_file_location(name, ref.path)
    if spec is None or spec.loader is None:
        raise ImportError("a plugin file must end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickling look the module up by name
    spec.loader.exec_module(module)
    return module


def _check_hooks(module: ModuleType, manager: pluggy.PluginManager) -> None:
    """Refuse misspelt hooks and everything that would make call order matter."""
    manager.check_pending()
    found = False
    for name in hookspecs.HOOKS:
        for impl in getattr(manager.hook, name).get_hookimpls():
            if impl.plugin is not module:
                continue
            found = True
            if impl.wrapper or impl.hookwrapper or impl.tryfirst or impl.trylast:
                raise TypeError(f"{name} must be a plain hook: no wrapper, no order")
    if not found:
        raise TypeError("it registers nothing: no function is marked with @hookimpl")


def _collect(
    ref: PluginRef, module: ModuleType, manager: pluggy.PluginManager, registry: Registry
) -> None:
    for hook, types in _HOOKS:
        for impl in getattr(manager.hook, hook).get_hookimpls():
            if impl.plugin is not module:
                continue
            try:
                objects = list(impl.function())
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                registry.failures.append(
                    _failure(ref, f"{hook} failed: {describe(error)}", "Mend it, or leave it out.")
                )
                continue
            for each in objects:
                wanted = next((type for type in types if isinstance(each, type)), None)
                if wanted is None:
                    names = " or ".join(type.__name__ for type in types)
                    registry.failures.append(
                        _failure(
                            ref,
                            f"{hook} returned {type(each).__name__}, not {names}",
                            f"Return a list of {names} objects.",
                        )
                    )
                    continue
                kind, table, name_of = _KINDS[wanted]
                _add(ref, kind, name_of(each), each, getattr(registry, table), registry)


def _add(
    ref: PluginRef, kind: str, name: str, each: Any, table: dict[str, Any], registry: Registry
) -> None:
    problem = _problem(kind, name, each, table, registry)
    if problem:
        registry.failures.append(_failure(ref, problem, "Give it another name."))
        return
    table[name] = each
    registry.owners[(kind, name)] = ref
    if isinstance(each, Reader):
        for extension in each.extensions:
            registry.extensions[extension] = each
    if isinstance(each, Rule):
        for alias in each.aliases:
            registry.aliases[alias] = name


def _problem(kind: str, name: str, each: Any, table: Mapping[str, Any], registry: Registry) -> str:
    if name in table:
        return f"registers the {kind} {name}, which {registry.owner(kind, name).shown} has"
    if isinstance(each, Command) and name in OWN_COMMANDS:
        return f"registers the command {name}, which is Copydesk's own"
    if isinstance(each, Reader):
        for extension in each.extensions:
            if extension in registry.extensions:
                other = registry.owner("reader", registry.extensions[extension].name)
                return f"reads {extension} files, which {other.shown} does already"
    if isinstance(each, Rule):
        plugin, dot, rest = name.partition(".")
        if not (dot and plugin and rest):
            return f"registers the rule {name!r}; a rule id has the form plugin.name"
        if name in registry.aliases:
            return f"registers the rule {name}, an old name of {registry.aliases[name]}"
        if each.severity not in SEVERITIES:
            return f"registers the rule {name} with the unknown severity {each.severity!r}"
        for alias in each.aliases:
            if alias in registry.rules or alias in registry.aliases:
                return f"gives the rule {name} the old name {alias}, which is taken"
    return ""


def describe(error: BaseException) -> str:
    """Return an error in a form for people: its kind, its words, and where it was raised."""
    words = str(error).strip().splitlines()
    text = f"{type(error).__name__}: {words[0][:200]}" if words else type(error).__name__
    trace = error.__traceback__
    place = ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        # Frames of Python's import machinery and of this file tell nobody where to look.
        if not path.name.startswith("<frozen") and path != Path(__file__):
            place = f" ({path.name}:{trace.tb_lineno})"
        trace = trace.tb_next
    return text + place


#: What each hook may return.
_HOOKS: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("register_readers", (Reader, Importer, Archive)),
    ("register_rules", (Rule,)),
    ("register_enrichers", (Enricher,)),
    ("register_publishers", (Publisher,)),
    ("register_reporters", (Reporter,)),
    ("register_commands", (Command,)),
)
#: For each type of named object: the word for it, its table, and what it goes by.
_KINDS: dict[type, tuple[str, str, Callable[[Any], str]]] = {
    Reader: ("reader", "readers", lambda each: each.name),
    Importer: ("importer", "importers", lambda each: each.name),
    Archive: ("archive", "archives", lambda each: each.name),
    Rule: ("rule", "rules", lambda each: each.id),
    Enricher: ("enricher", "enrichers", lambda each: each.name),
    Publisher: ("publisher", "publishers", lambda each: each.kind),
    Reporter: ("reporter", "reporters", lambda each: each.name),
    Command: ("command", "commands", lambda each: each.name),
}
