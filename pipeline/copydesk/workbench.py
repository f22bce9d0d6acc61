"""One unit of work: read a post and run rules on it; JSON in, JSON out.

The same unit serves the serial run, worker processes, the cluster and the cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from copydesk import local_files, registry
from copydesk.codec import entry_to_json, failure_to_json, finding_to_json, series_to_json
from copydesk.config import all_failures
from copydesk.metadata import ReadingSettings
from copydesk.model.content import Reader
from copydesk.model.context import EnrichContext, PostContext, title_span
from copydesk.model.finding import CopydeskError, Failure, Finding, Measure, Part, Report, Severity
from copydesk.model.post import Post
from copydesk.model.records import Person
from copydesk.model.rule import OptionValue, Rule
from copydesk.model.site import NO_SITE, Entry, LivePost, SiteSettings
from copydesk.model.text import Source, Span
from copydesk.options import defaults
from copydesk.outlines import outline_of
from copydesk.places import Placer, with_fingerprints
from copydesk.reading import read_post
from copydesk.registry import PluginRef, Registry
from copydesk.site_records import RecordFiles
from copydesk.slugs import slug_of
from copydesk.sources import read_source
from copydesk.wording import wording_hash


class Setup(NamedTuple):
    """All that a worker needs to build the same workbench again; it can be pickled."""

    plugins: tuple[PluginRef, ...]
    root: Path
    reading: ReadingSettings
    now: datetime
    provided: tuple[str, ...] = ()
    people: Mapping[str, Person] = {}
    site: SiteSettings = NO_SITE


class _Found(NamedTuple):
    """What rules found in a post."""

    findings: list[Finding]
    measures: dict[str, float | int | str]
    series: dict[str, list[Any]]
    failures: list[Failure]


#: A rule that is due, its severity, and all its options.
_Ready = tuple[Rule, Severity, Mapping[str, OptionValue]]


class Workbench:
    """Reads posts and runs rules on them with everything that stays the same for a site."""

    def __init__(self, setup: Setup, loaded: Registry | None = None) -> None:
        self.setup = setup
        self.registry = loaded or registry.load(setup.plugins)
        self.records = RecordFiles(setup.root, setup.people)
        self._last: tuple[Sequence[Any], list[_Ready]] = ((), [])

    def read_file(self, path: Path, key: str) -> Post:
        """Read the post in a file; raises CopydeskError where it cannot be read."""
        return self.read(request_of(read_source(path, key)))

    def read(self, request: Mapping[str, Any]) -> Post:
        """Read the post of a request; raises CopydeskError where it cannot be read."""
        source = Source(
            request["path"],
            request["key"],
            request["text"],
            request["sha256"],
            request["newline"],
            request["bom"],
        )
        reader = self.registry.extensions[Path(request["key"]).suffix.lower()]
        try:
            return read_post(source, reader, self.setup.reading)
        except (CopydeskError, KeyboardInterrupt):
            raise
        except BaseException as error:
            raise CopydeskError(self._reader_failure(reader, source, error)) from error

    def _reader_failure(self, reader: Reader, source: Source, error: BaseException) -> Failure:
        owner = self.registry.owner("reader", reader.name)
        return Failure(
            "plugin",
            f"could not read the post: {registry.describe(error)}",
            "Please report this with the post; the other posts were checked.",
            path=source.path,
            plugin=owner.shown,
        )

    def examine(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Read a post, make its index entry, and run the rules that the request names.

        `request["rules"]` holds (id, severity, options) triples. The answer holds `entry`,
        `findings`, `measures`, `series`, `asked` and `failures`; a post that cannot be read has
        only failures.
        """
        try:
            post = self.read(request)
        except CopydeskError as error:
            return {**no_answer(), "failures": [failure_to_json(error.failure)]}
        context = self.context(post)
        found = self._run(post, context, request["rules"])
        return {
            "entry": entry_to_json(entry_of(post, self.setup.now)),
            "findings": [
                finding_to_json(each) for each in with_fingerprints(found.findings, post.source.key)
            ],
            "measures": found.measures,
            "series": found.series,
            "asked": dict(context.asked),
            "failures": [failure_to_json(each) for each in found.failures],
        }

    def context(self, post: Post) -> PostContext:
        """Return what rules get to judge a post of this site."""
        root = self.setup.root
        folder = (root / post.source.key).parent
        return PostContext(
            post,
            self.setup.now,
            lambda href: local_files.exists(href, folder, root),
            self.setup.provided,
            self.records.records,
        )

    def additions(
        self, name: str, posts: tuple[LivePost, ...], options: Mapping[str, OptionValue]
    ) -> list[Any]:
        """Ask one enricher and return what it yields; raises CopydeskError for what it noted."""
        setup = self.setup
        context = EnrichContext(setup.now, setup.provided, self.records.records, setup.site)
        context.with_options(options)
        found = list(self.registry.enrichers[name].enrich(posts, context))
        if context.failures:
            raise CopydeskError(context.failures[0])
        return found

    def _run(self, post: Post, context: PostContext, rules: Sequence[Any]) -> _Found:
        placer = Placer(post)
        found = _Found([], {}, {}, [])
        failures = found.failures
        for rule, severity, options in self._ready(rules):
            if not can_judge(rule, context):
                continue
            context.with_options(options)
            try:
                for each in rule.check(context):
                    if isinstance(each, Measure):
                        _refuse_wrong(each)
                        found.measures[each.name] = each.value
                        if each.parts:
                            found.series[each.name] = series_to_json(each)
                    elif isinstance(each, Report):
                        found.findings.append(placer.finding(rule.id, severity, each))
                    else:
                        raise TypeError(f"it yielded {type(each).__name__}, not a report")
            except KeyboardInterrupt:
                raise
            except CopydeskError as error:  # a file that the rule needs, not the rule, is at fault
                failures += [each for each in all_failures(error) if each not in failures]
            except BaseException as error:
                failures.append(
                    rule_failure(
                        self.registry,
                        rule.id,
                        post.source.path,
                        f"the rule {rule.id} failed: {registry.describe(error)}",
                    )
                )
        failures += [each for each in context.failures if each not in failures]
        return found

    def _ready(self, rules: Sequence[Any]) -> list[_Ready]:
        """Return rules with all their options; most posts of a run share one list."""
        if self._last[0] is not rules:
            found: list[_Ready] = []
            for rule_id, severity, options in rules:
                rule = self.registry.rules[rule_id]
                found.append((rule, severity, {**defaults(rule.options), **_options(options)}))
            self._last = (rules, found)
        return self._last[1]


def _refuse_wrong(measure: Measure) -> None:
    """Raise where a plugin's measure holds what no reporter and no worker could pass on."""
    if not isinstance(measure.value, int | float | str):
        raise TypeError(f"the measure {measure.name} is no number and no text")
    for part in measure.parts:
        if not (isinstance(part, Part) and isinstance(part.value, int | float | None)):
            raise TypeError(f"a part of the measure {measure.name} is no Part with a number")


def can_judge(rule: Rule, context: PostContext) -> bool:
    """Say whether a rule is made for the language of a post."""
    return not rule.languages or context.counted.language in rule.languages


def request_of(source: Source) -> dict[str, Any]:
    """Return a source as the request of a unit of work, without rules."""
    return {
        "path": source.path,
        "key": source.key,
        "text": source.text,
        "sha256": source.sha256,
        "newline": source.newline,
        "bom": source.bom,
        "rules": [],
    }


def no_answer() -> dict[str, Any]:
    """Return the answer of a unit of work that found nothing."""
    nothing: dict[str, Any] = {"findings": [], "measures": {}, "series": {}, "asked": {}}
    return {"entry": None, **nothing, "failures": []}


def rule_failure(loaded: Registry, rule_id: str, path: str, message: str) -> Failure:
    """Return the failure of a rule on a post, with the plugin to blame."""
    owner = loaded.owner("rule", rule_id)
    return Failure(
        "plugin",
        message,
        f"Mend the plugin {owner.name}, or leave the rule out with --ignore {rule_id}.",
        path=path,
        plugin=owner.shown,
    )


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options with JSON lists as the tuples that rules get."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}


def entry_of(post: Post, now: datetime) -> Entry:
    """Return the index entry of a post."""
    from copydesk.codec import is_due

    meta = post.metadata
    top = title_span(post)
    return Entry(
        key=post.source.key,
        path=post.source.path,
        id=meta.id,
        title=post.title,
        slug=meta.slug or slug_of(post.source.key),
        state=meta.state,
        due=is_due(meta.state, meta.published, now),
        noindex=meta.noindex,
        published=meta.published,
        updated=meta.updated,
        description=meta.description,
        category=meta.category,
        tags=meta.tags,
        series=meta.series,
        author=meta.author,
        author_credential=meta.author_credential,
        language=meta.language,
        canonical=meta.canonical,
        image=meta.image,
        image_alt=meta.image_alt,
        targets=meta.targets,
        title_span=top,
        id_span=meta.span_of("id") or Span(*top),
        slug_span=meta.span_of("slug") or Span(*top),
        sha256=post.source.sha256,
        state_unclear=any(problem.kind == "state" for problem in meta.problems),
        wording=wording_hash(post),
        outline=outline_of(post),
    )
