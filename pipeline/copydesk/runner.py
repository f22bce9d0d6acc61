"""The phases, one visible loop: discover, read, index, lint the posts, lint the site, report.

Reading and linting a post are one unit of work, so a post is parsed once; its index entry
comes out of the same unit. Rules that need the index are site rules and run afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk import isolation, registry, waivers
from copydesk.codec import failure_from_json, finding_from_json, is_due
from copydesk.config import Config, Flags, all_failures
from copydesk.config_schema import did_you_mean
from copydesk.isolation import Isolated
from copydesk.judging import DueRules, Progress, Work
from copydesk.model.finding import CopydeskError, Failure, Finding
from copydesk.model.post import Post
from copydesk.model.site import Entry, Index
from copydesk.model.text import Source
from copydesk.places import sort_key
from copydesk.registry import PluginRef, Registry
from copydesk.rule_settings import RuleTable
from copydesk.site import Site, open_site
from copydesk.site_records import people_of
from copydesk.site_search import find_sites
from copydesk.spool import Spool
from copydesk.workbench import Setup, Workbench, request_of

if TYPE_CHECKING:
    from copydesk.git_history import History

#: The registry, the plugins that loaded, and those among them that are not built in.
Plugins = tuple[Registry, tuple[PluginRef, ...], list[PluginRef]]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says about a run; `changed` is the revision of `--changed`.

    Without `judge` posts are read and no rule looks at them: then none of them counts as asked for.
    """

    flags: Flags = field(default_factory=Flags)
    config: Path | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    use_cache: bool = True
    jobs: str = "auto"
    changed: str | None = None
    judge: bool = True


@dataclass
class CheckedSite:
    """A site after linting: its index, the results of its posts on disk, and what failed.

    `paths` are the paths that were given, as far as they lie in the site. `lost` holds the paths
    below the root of posts that could not be read or judged whole.
    """

    site: Site
    bench: Workbench
    rules: RuleTable
    index: Index
    spool: Spool
    waivers: waivers.Waivers
    options: Options
    paths: tuple[Path, ...]
    due: DueRules
    isolated: Isolated | None
    failures: list[Failure] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    def close(self) -> None:
        """Remove what was kept on disk, and end the process of rules that are not built in."""
        self.spool.close()
        if self.isolated is not None:
            self.isolated.close()

    def read_again(self, entry: Entry) -> Post | None:
        """Read a post once more; None where it cannot be read or is not what was judged."""
        try:
            post = self.bench.read_file(self.site.path(entry.key), entry.key)
        except CopydeskError:
            return None
        return post if post.source.sha256 == entry.sha256 else None

    @property
    def config(self) -> Config:
        """The site's configuration."""
        return self.site.config

    @property
    def registry(self) -> Registry:
        """The loaded plugins."""
        return self.bench.registry


class Session:
    """Everything of one run, closed at the end.

    `unread` maps the folders of sites that could not be checked at all to the reasons;
    `left_out` counts posts that lie in no site.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.failures: list[Failure] = []
        self.sites: list[CheckedSite] = []
        self.unread: dict[Path, list[Failure]] = {}
        self.left_out: dict[str, int] = {}
        self._history = _history(options.changed)
        self._plugins: dict[object, Plugins] = {}

    def check(self, paths: Sequence[Path], progress: Progress | None = None) -> None:
        """Lint the posts that the paths mean, each within its site; failures are collected."""
        found = find_sites(paths, self.options.config, self.options.flags)
        self.unread = found.unread
        for config, mine in found.sites:
            try:
                self.sites.append(self._check_site(config, mine, progress))
            except CopydeskError as error:
                self.unread[config.root] = all_failures(error)
        extensions = frozenset(name for each in self.sites for name in each.registry.extensions)
        apart, self.left_out = found.apart(extensions)
        if self._history is not None:
            from copydesk.changed import sites_gone

            apart += sites_gone(found.loose_posts(extensions), self._history)
        self.failures += [*found.all_failures(), *apart]

    def _check_site(
        self, config: Config, paths: Sequence[Path], progress: Progress | None
    ) -> CheckedSite:
        """Check one site; sites with the same plugins share them once they are loaded."""
        key = (config.plugin_files, config.flags.external_plugins, config.get("plugin-deadline"))
        if key not in self._plugins:
            self._plugins[key] = load_plugins(config)
        return check_site(config, paths, self.options, self._plugins[key], self._history, progress)

    def close(self) -> None:
        """Remove what the run kept on disk."""
        for checked in self.sites:
            checked.close()


def _history(ref: str | None) -> History | None:
    """Return what `--changed` compares with; without it nothing that asks git is imported."""
    if ref is None:
        return None
    from copydesk.git_history import History

    return History(ref)


def load_plugins(config: Config) -> Plugins:
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
    config: Config,
    paths: Sequence[Path],
    options: Options,
    plugins: Plugins,
    history: History | None,
    progress: Progress | None,
) -> CheckedSite:
    """Run discover, read, index and lint for one site; raises CopydeskError before any work."""
    loaded, refs, external = plugins
    if not loaded.extensions:
        raise CopydeskError(
            Failure(
                "plugin", "no reader could be loaded", "Install Copydesk again.", plugin="readers"
            )
        )
    table = RuleTable(config, loaded)
    extensions = frozenset(loaded.extensions)
    site, failures = open_site(config, paths, extensions)
    if history is not None:
        from copydesk.changed import narrow

        narrow(site, paths, history, extensions)
    if not options.judge:
        site.asked = set()
    accepted = waivers.load(config, loaded)
    setup = setup_of(config, refs, options.now)
    bench = Workbench(setup, loaded)
    due = DueRules(table, loaded)
    deadline = config.get("plugin-deadline")
    isolated = Isolated(setup, bench, deadline) if external else None
    work = Work(site, bench, due, isolated, options.use_cache)
    try:
        work.run(tuple(site.files), options.jobs, progress)
    finally:
        if isolated is not None:
            isolated.close()
    return CheckedSite(
        site,
        bench,
        table,
        Index(tuple(work.entries)),
        work.spool,
        accepted,
        options,
        tuple(paths),
        due,
        isolated,
        [*loaded.failures, *failures, *work.failures],
        work.lost,
    )


def check_again(before: CheckedSite, site: Site, keys: Sequence[str], now: datetime) -> CheckedSite:
    """Judge some posts of a checked site again; the others are taken as they were.

    `site` holds the posts that are there now and asks for those of `keys` to be shown. Raises
    CopydeskError where the waivers cannot be used.
    """
    bench = Workbench(before.bench.setup._replace(now=now), before.registry)
    # Without the cache: to open it and to write one post costs more than to judge the post.
    work = Work(site, bench, before.due, before.isolated, use_cache=False)
    work.run(keys, "1")
    again = set(keys)
    known = {
        entry.key: entry._replace(due=is_due(entry.state, entry.published, now))
        for entry in before.index
        if entry.key in site.files and entry.key not in again
    }
    known.update((entry.key, entry) for entry in work.entries)
    return replace(
        before,
        site=site,
        bench=bench,
        index=Index(tuple(known[key] for key in sorted(known))),
        spool=work.spool,
        waivers=waivers.load(site.config, before.registry),
        options=replace(before.options, now=now),
        failures=work.failures,
        lost=work.lost,
    )


def find_again(checked: CheckedSite, source: Source, key: str = "") -> tuple[Finding, ...]:
    """Return what rules for posts find in the text of a post that is not in its file, or not yet.

    `key` is the post whose rules and waivers hold, where that is not the source's own. Raises
    CopydeskError where a rule fails or the text cannot be read.
    """
    key = key or source.key
    due = checked.due.of(key)
    request = request_of(source)
    answers = [checked.bench.examine({**request, "rules": due.built_in})]
    if due.external and checked.isolated is not None:
        answers.append(checked.isolated.examine({**request, "rules": due.external}))
    for answer in answers:
        if answer["failures"]:
            raise CopydeskError(failure_from_json(answer["failures"][0]))
    found = [finding_from_json(each) for answer in answers for each in answer["findings"]]
    approvers = {rule.id: rule.approvers for rule in checked.registry.rules.values()}
    entry = checked.index.get(key)
    return checked.waivers.apply(
        tuple(sorted(found, key=sort_key)),
        key,
        entry.id if entry else "",
        checked.options.now.date(),
        approvers,
    )


def open_for_reading(
    config: Config, paths: Sequence[Path], now: datetime
) -> tuple[Site, Workbench, list[Failure]]:
    """Return a site and a workbench that can read its posts, and what failed on the way."""
    loaded, refs, _ = load_plugins(config)
    site, failures = open_site(config, paths, frozenset(loaded.extensions))
    setup = setup_of(config, refs, now)
    return site, Workbench(setup, loaded), [*loaded.failures, *failures]


def setup_of(config: Config, refs: tuple[PluginRef, ...], now: datetime) -> Setup:
    """Return what workers need to judge the posts of a site."""
    return Setup(
        refs,
        config.root,
        config.reading,
        now,
        config.texts("provided-by-template"),
        people_of(config.get("people")),
        config.site._replace(title=config.get("site-title")),  # no title made from a folder's name
    )


def unknown_target_kind(kind: str, loaded: Registry) -> Failure:
    """Return the failure of a target whose kind no plugin knows."""
    return Failure(
        "target",
        f"no plugin publishes to targets of kind {kind!r}",
        did_you_mean(kind, tuple(loaded.publishers)),
    )
