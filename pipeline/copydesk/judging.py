"""The units of work of one site: from the cache where they are known, else done.

What is costly to make stays open: the rules that are due for each file, and the process in which
rules run that are not built in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from copydesk import workers
from copydesk.cache import Cache, code_digest, digest_of
from copydesk.codec import entry_from_json, failure_from_json
from copydesk.config import all_failures
from copydesk.isolation import Isolated
from copydesk.local_files import exists
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.site import Entry
from copydesk.registry import Registry
from copydesk.rule_settings import RuleSetting, RuleTable
from copydesk.site import Site
from copydesk.sources import read_source, shown_path
from copydesk.spool import Spool
from copydesk.workbench import Workbench, no_answer, request_of

Progress = Callable[[int, int], None]


class Due(NamedTuple):
    """The rules to run on a post, each as (id, severity, options), and a digest of the first."""

    built_in: list[Any]
    external: list[Any]
    digest: str


_NOTHING = Due([], [], digest_of([]))
#: How far back a failure is looked for that was told before; a broken pack has up to 21.
_LAST = 32


class DueRules:
    """Which rules for posts are due for which file; most posts of a site share them."""

    def __init__(self, table: RuleTable, registry: Registry) -> None:
        self._table, self._registry = table, registry
        self._known: dict[int, Due] = {}

    def of(self, key: str) -> Due:
        """Return the rules to run on a post."""
        settings = self._table.settings(key)
        due = self._known.get(id(settings))  # the table keeps its settings, so the id stays true
        if due is None:
            due = self._known[id(settings)] = self._split(settings)
        return due

    def _split(self, settings: Mapping[str, RuleSetting]) -> Due:
        built_in: list[Any] = []
        external: list[Any] = []
        for rule_id, setting in settings.items():
            severity = setting.severity.value
            if severity == "off" or self._registry.rules[rule_id].scope != "post":
                continue
            owner = self._registry.owner("rule", rule_id)
            (external if owner.external else built_in).append((rule_id, severity, setting.values()))
        return Due(built_in, external, digest_of(built_in))


class Work:
    """The posts of a site on their way through: entries, results on disk, and what failed.

    `lost` holds the paths below the root of posts that could not be read or judged whole.
    """

    def __init__(
        self,
        site: Site,
        bench: Workbench,
        rules: DueRules,
        isolated: Isolated | None,
        use_cache: bool,
    ) -> None:
        self.site, self.bench = site, bench
        self.entries: list[Entry] = []
        self.failures: list[Failure] = []
        self.lost: set[str] = set()
        self.spool = Spool()
        self._rules = rules
        self._isolated = isolated
        self._cache = Cache(site.root, use_cache)
        code = code_digest(bench.setup.plugins) if use_cache else ""
        reading = bench.setup.reading
        self._base = digest_of([code, reading.timezone, dict(reading.keys)])
        self._keys: dict[str, str] = {}

    def run(self, keys: Collection[str], jobs: str, progress: Progress | None = None) -> None:
        """Go through some posts of the site, once; the cache is written at the end."""
        total = len(keys)
        way = workers.choose(jobs, self.bench.setup, self.bench, total)
        try:
            for done, (key, answer) in enumerate(way.run(self._requests(keys)), 1):
                self._store(key, answer)
                if progress is not None:
                    progress(done, total)
        finally:
            way.close()
            self._cache.close()

    def _requests(self, keys: Collection[str]) -> Iterator[dict[str, Any]]:
        """Yield a request for every post that the cache does not answer."""
        for key in keys:
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

    def _due(self, key: str) -> Due:
        """Return the rules to run on a post; none where nobody asked for it."""
        return self._rules.of(key) if self.site.wants(key) else _NOTHING

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
                now = self.bench.setup.now.date().isoformat()
            elif question.startswith("provided:"):
                now = str(question.partition(":")[2] in self.bench.setup.provided)
            elif (record := self.bench.records.answer(question)) is not None:
                now = record
            else:
                now = str(exists(question.partition(":")[2], folder, self.site.root))
            if now != told:
                return False
        return True

    def _lose(self, key: str, failures: list[Failure]) -> None:
        """Note a post that could not be judged whole; only those asked for are told."""
        self.lost.add(key)
        if self.site.wants(key):
            # A broken file of the site is told once, not for each post that needs it.
            self.failures += [each for each in failures if each not in self.failures[-_LAST:]]

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
        entry = entry_from_json(value, key if shown == key else shown, self.bench.setup.now)
        self.entries.append(entry)
        if self.site.wants(key):
            self.spool.put(
                key,
                {
                    "findings": [*answer["findings"], *extra["findings"]],
                    "measures": {**answer["measures"], **extra["measures"]},
                    "series": {**answer["series"], **extra["series"]},
                },
            )
