"""The phases, one visible loop: discover, read, index, lint the posts, lint the site, report.

Reading and linting a post are one unit of work, so a post is parsed once; its index entry
comes out of the same unit. Rules that need the index are site rules and run afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from copydesk import isolation, registry, waivers, workers
from copydesk.cache import Cache, code_digest, digest_of
from copydesk.codec import entry_from_json, failure_from_json
from copydesk.config import Config, Flags
from copydesk.config_schema import did_you_mean
from copydesk.local_files import exists
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.site import Entry, Index
from copydesk.registry import PluginRef, Registry
from copydesk.rule_settings import RuleSetting, RuleTable
from copydesk.site import Site, find_sites, open_site
from copydesk.sources import read_source, shown_path
from copydesk.spool import Spool
from copydesk.workbench import Setup, Workbench, no_answer, request_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says about a run."""

    flags: Flags = field(default_factory=Flags)
    config: Path | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    use_cache: bool = True
    jobs: str = "auto"


@dataclass
class CheckedSite:
    """A site after linting: its index, the results of its posts on disk, and what failed.

    `lost` holds the paths below the root of posts that could not be read or judged whole.
    """

    site: Site
    bench: Workbench
    rules: RuleTable
    index: Index
    spool: Spool
    waivers: waivers.Waivers
    options: Options
    failures: list[Failure] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    @property
    def config(self) -> Config:
        """The site's configuration."""
        return self.site.config

    @property
    def registry(self) -> Registry:
        """The loaded plugins."""
        return self.bench.registry


class Session:
    """Everything of one run: plugins are loaded once for each site and closed at the end."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.failures: list[Failure] = []
        self.sites: list[CheckedSite] = []

    def check(self, paths: Sequence[Path], progress: Progress | None = None) -> None:
        """Lint the posts that the paths mean, each within its site; failures are collected."""
        try:
            grouped = find_sites(paths, self.options.config, self.options.flags)
        except CopydeskError as error:
            self.failures += all_failures(error)
            return
        for config, mine in grouped:
            try:
                self.sites.append(check_site(config, mine, self.options, progress))
            except CopydeskError as error:
                self.failures += all_failures(error)

    def close(self) -> None:
        """Remove what the run kept on disk."""
        for checked in self.sites:
            checked.spool.close()


def all_failures(error: CopydeskError) -> list[Failure]:
    """Return the one failure of an error, or the many of a configuration."""
    return list(getattr(error, "failures", [error.failure]))


def load_plugins(config: Config) -> tuple[Registry, tuple[PluginRef, ...], list[PluginRef]]:
    """Load built-ins and the plugins that the configuration names.

    Returns the registry, the plugins that loaded, and those among them that are not built in.
    """
    files = config.plugin_files if config.flags.external_plugins else ()
    there = [path for path in files if path.is_file()]
    external = registry.external_refs(there, config.flags.external_plugins)
    good, failures = isolation.probe(external, config.get("plugin-deadline"))
    failures += [
        Failure(
            "plugin",
            "could not be loaded: there is no such file",
            "Check plugin-files in copydesk.toml.",
            plugin=str(path),
        )
        for path in files
        if path not in there
    ]
    refs = [*registry.built_in_refs(), *good]
    loaded = registry.load(refs)
    loaded.failures[:0] = failures
    kept = tuple(ref for ref in refs if ref.name in loaded.plugins)
    return loaded, kept, [ref for ref in kept if ref.external]


def check_site(
    config: Config, paths: Sequence[Path], options: Options, progress: Progress | None = None
) -> CheckedSite:
    """Run discover, read, index and lint for one site; raises CopydeskError before any work."""
    loaded, refs, external = load_plugins(config)
    if not loaded.extensions:
        raise CopydeskError(
            Failure(
                "plugin", "no reader could be loaded", "Install Copydesk again.", plugin="readers"
            )
        )
    table = RuleTable(config, loaded)
    site, failures = open_site(config, paths, frozenset(loaded.extensions))
    accepted = waivers.load(config, loaded)
    setup = Setup(refs, config.root, config.reading, options.now)
    bench = Workbench(setup, loaded)
    work = _Work(site, bench, table, options, bool(external))
    try:
        work.run(progress)
    finally:
        work.close()
    index = Index(tuple(work.entries))
    return CheckedSite(
        site,
        bench,
        table,
        index,
        work.spool,
        accepted,
        options,
        [*loaded.failures, *failures, *work.failures],
        work.lost,
    )


def open_for_reading(
    config: Config, paths: Sequence[Path]
) -> tuple[Site, Workbench, list[Failure]]:
    """Return a site and a workbench that can read its posts, and what failed on the way."""
    loaded, refs, _ = load_plugins(config)
    site, failures = open_site(config, paths, frozenset(loaded.extensions))
    setup = Setup(refs, config.root, config.reading, datetime.now(UTC))
    return site, Workbench(setup, loaded), [*loaded.failures, *failures]


class _Due(NamedTuple):
    """The rules to run on a post, each as (id, severity, options), and a digest of the first."""

    built_in: list[Any]
    external: list[Any]
    digest: str


_NOTHING = _Due([], [], digest_of([]))


class _Work:
    """The units of work of one site: from the cache where they are known, else done."""

    def __init__(
        self, site: Site, bench: Workbench, table: RuleTable, options: Options, external: bool
    ) -> None:
        self.site, self.bench, self.table, self.options = site, bench, table, options
        self.entries: list[Entry] = []
        self.failures: list[Failure] = []
        self.lost: set[str] = set()
        self.spool = Spool()
        self._cache = Cache(site.root, options.use_cache)
        self._code = code_digest(bench.setup.plugins) if options.use_cache else ""
        self._base = digest_of(
            [self._code, bench.setup.reading.timezone, dict(bench.setup.reading.keys)]
        )
        self._keys: dict[str, str] = {}
        self._rules: dict[int, _Due] = {}
        self._isolated = (
            isolation.Isolated(bench.setup, bench, site.config.get("plugin-deadline"))
            if external
            else None
        )

    def run(self, progress: Progress | None) -> None:
        """Go through all posts of the site once."""
        total = len(self.site.files)
        jobs = workers.choose(self.options.jobs, self.bench.setup, self.bench, total)
        try:
            for done, (key, answer) in enumerate(jobs.run(self._requests()), 1):
                self._store(key, answer)
                if progress is not None:
                    progress(done, total)
        finally:
            jobs.close()

    def close(self) -> None:
        """End workers and write the cache."""
        if self._isolated is not None:
            self._isolated.close()
        self._cache.close()

    def _requests(self) -> Iterator[dict[str, Any]]:
        """Yield a request for every post that the cache does not answer."""
        for key in self.site.files:
            try:
                due = self._due(key)
                request = {
                    **request_of(read_source(self.site.path(key), key)),
                    "rules": due.built_in,
                }
            except CopydeskError as error:
                self._lose(key, all_failures(error))
                continue
            if due.external and self._isolated is not None:
                self._run_external(request, due.external)
            name = digest_of([self._base, key, request["sha256"], due.digest])
            known = self._cache.get(name)
            if known is not None and self._still_holds(known, key):
                self._take(key, known)
            else:
                self._keys[key] = name
                yield request

    def _due(self, key: str) -> _Due:
        """Return the rules to run on a post; most posts of a site share them."""
        if not self.site.wants(key):
            return _NOTHING
        settings = self.table.settings(key)
        due = self._rules.get(id(settings))  # the table keeps its settings, so the id stays true
        if due is None:
            due = self._rules[id(settings)] = self._split(settings)
        return due

    def _split(self, settings: Mapping[str, RuleSetting]) -> _Due:
        built_in: list[Any] = []
        external: list[Any] = []
        for rule_id, setting in settings.items():
            severity = setting.severity.value
            if severity == "off" or self.bench.registry.rules[rule_id].scope != "post":
                continue
            owner = self.bench.registry.owner("rule", rule_id)
            (external if owner.external else built_in).append((rule_id, severity, setting.values()))
        return _Due(built_in, external, digest_of(built_in))

    def _run_external(self, request: dict[str, Any], rules: list[Any]) -> None:
        """Run the rules that are not built in; what they find joins the post's results."""
        if self._isolated is None:
            return
        name = digest_of([self._base, request["key"], request["sha256"], rules])
        answer = self._cache.get(name)
        if answer is None or not self._still_holds(answer, request["key"]):
            answer = self._isolated.examine({**request, "rules": rules})
            if not answer["failures"]:
                self._cache.put(name, answer)
        self.spool.put(f"external:{request['key']}", answer)

    def _still_holds(self, answer: dict[str, Any], key: str) -> bool:
        """Say whether what the rules asked for beyond the post still has the same answer."""
        folder = (self.site.root / key).parent
        for question, told in answer["asked"].items():
            if question == "today":
                now = self.options.now.date().isoformat()
            else:
                now = str(exists(question.partition(":")[2], folder, self.site.root))
            if now != told:
                return False
        return True

    def _lose(self, key: str, failures: list[Failure]) -> None:
        """Note a post that could not be judged whole; only those asked for are told."""
        self.lost.add(key)
        if self.site.wants(key):
            self.failures += failures

    def _store(self, key: str, answer: dict[str, Any]) -> None:
        name = self._keys.pop(key, "")
        if name and not answer["failures"]:
            self._cache.put(name, answer)
        self._take(key, answer)

    def _take(self, key: str, answer: dict[str, Any]) -> None:
        """Note a post's entry, findings and failures."""
        shown = shown_path(self.site.path(key))
        extra = self.spool.get(f"external:{key}") or no_answer()
        failures = [failure_from_json(each) for each in (*answer["failures"], *extra["failures"])]
        if failures:
            self._lose(key, failures)
        if answer["entry"] is None:
            return
        # One copy of each path: the index is all that grows with the posts.
        value = {**answer["entry"], "key": key}
        entry = entry_from_json(value, key if shown == key else shown, self.options.now)
        self.entries.append(entry)
        if self.site.wants(key):
            self.spool.put(
                key,
                {
                    "findings": [*answer["findings"], *extra["findings"]],
                    "measures": {**answer["measures"], **extra["measures"]},
                },
            )


def unknown_target_kind(kind: str, loaded: Registry) -> Failure:
    """Return the failure of a target whose kind no plugin knows."""
    return Failure(
        "target",
        f"no plugin publishes to targets of kind {kind!r}",
        did_you_mean(kind, tuple(loaded.publishers)),
    )
