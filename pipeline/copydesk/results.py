"""Results of a run for reporters: site rules and waivers applied, one file at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from copydesk import baseline, registry
from copydesk.baseline import Baseline
from copydesk.codec import finding_from_json, finding_to_json, series_from_json
from copydesk.config import all_failures
from copydesk.model.context import SiteContext
from copydesk.model.finding import CopydeskError, Failure, Finding, Related, Report
from copydesk.model.post import Post
from copydesk.model.reporting import Chain, FileResult
from copydesk.model.rule import Rule
from copydesk.model.site import Index
from copydesk.places import Placer, sort_key, with_fingerprints
from copydesk.runner import CheckedSite, Session
from copydesk.site import Changes
from copydesk.site_reports import Reports, at_asked
from copydesk.site_rules import is_on, reports_of
from copydesk.tallies import Tally, changes_summary
from copydesk.waivers import FILE_NAME
from copydesk.workbench import rule_failure


class RunResults:
    """What reporters get; see `copydesk.model.extension.Results`."""

    def __init__(self, session: Session, seconds: float = 0.0, use_baseline: bool = False) -> None:
        self._session = session
        self._seconds = seconds
        self.baselines: dict[int, Baseline] = {}
        self.left: dict[int, baseline.Entries] = {}
        self._failures = list(session.failures)
        self._waiver_findings: dict[int, tuple[Finding, ...]] = {}
        self._tallies = [Tally(checked.site.root) for checked in session.sites]
        self.errors_by_post: dict[tuple[int, str], int] = {}
        for number, checked in enumerate(session.sites):
            if use_baseline:
                self._open_baseline(number, checked)
            self._settle(number, checked)
            if number in self.baselines:
                self.left[number] = _left(self.baselines[number], checked)
            self._failures += checked.failures

    def _open_baseline(self, number: int, checked: CheckedSite) -> None:
        """Read the baseline of a site; where it cannot be used, everything counts."""
        try:
            self.baselines[number] = baseline.load(checked.site.root)
        except CopydeskError as error:
            checked.failures.append(error.failure)

    def _settle(self, number: int, checked: CheckedSite) -> None:
        """Join what the rules found about each post and apply the waivers; count on the way."""
        site_findings = self._lint_site(checked, self.baselines.get(number))
        today = checked.options.now.date()
        approvers = {rule.id: rule.approvers for rule in checked.registry.rules.values()}
        judged: set[str] = set()
        for entry in checked.index:
            value = checked.spool.get(entry.key)
            if value is None:
                continue
            judged |= {entry.key, entry.id} - {""}
            findings = [finding_from_json(each) for each in value["findings"]]
            findings += site_findings.get(entry.key, [])
            final = checked.waivers.apply(
                tuple(sorted(findings, key=sort_key)), entry.key, entry.id, today, approvers
            )
            if number in self.baselines:
                final = self.baselines[number].apply(final, entry.key)
            self._tallies[number].add(final, entry.state, entry.due)
            errors = sum(each.severity == "error" and not each.waived for each in final)
            if errors:
                self.errors_by_post[(number, entry.key)] = errors
            value["findings"] = [finding_to_json(each) for each in final]
            checked.spool.put(entry.key, value)
        if checked.site.changes is not None:  # waivers of posts that are as they were can wait
            mine = [each for each in checked.waivers.entries if each.post in judged]
            checked.waivers = replace(checked.waivers, entries=mine)
        if checked.waivers.entries:
            ran = {
                rule_id: setting.severity.value
                for rule_id, setting in checked.rules.settings(FILE_NAME).items()
                if setting.severity.value != "off"
            }
            found = checked.waivers.findings(judged, ran, today, approvers, _names_of_all(checked))
            self._waiver_findings[number] = found
            self._tallies[number].add(found, "", True)

    def _lint_site(
        self, checked: CheckedSite, old: Baseline | None = None
    ) -> dict[str, list[Finding]]:
        """Run the site rules; what they say of posts that were not asked for is not shown."""
        bench = checked.bench
        context = SiteContext(
            checked.index,
            checked.options.now,
            bench.setup.provided,
            bench.records.records,
            bench.setup.site,
        )
        settings = checked.rules.settings(FILE_NAME)
        reports: Reports = {}
        for rule in checked.registry.rules.values():
            if rule.scope != "site" or not is_on(checked, rule.id):
                continue
            context.with_options(settings[rule.id].values())
            try:
                for each in reports_of(checked, rule.id, context):
                    if each.path not in checked.site.files:
                        raise ValueError(f"it reports on {each.path!r}, no post of the site")
                    reports.setdefault(each.path, []).append((rule.id, each))
            except KeyboardInterrupt:
                raise
            except CopydeskError as error:  # a file that the rule needs, not the rule, is at fault
                _note(checked, all_failures(error))
            except BaseException as error:
                self._blame(checked, rule.id, error)
        _note(checked, context.failures)
        if old is not None:
            for key in reports:
                if key in old.entries and not checked.site.wants(key):
                    reports[key] = self._not_from_before(checked, old, key, reports[key])
        return {
            key: self._place(checked, key, found)
            for key, found in at_asked(reports, checked.site.wants).items()
        }

    def _not_from_before(
        self, checked: CheckedSite, old: Baseline, key: str, reports: list[tuple[str, Report]]
    ) -> list[tuple[str, Report]]:
        """Return the reports on a post that the baseline does not accept there.

        Of a post that was not asked for the others could be told elsewhere, and look new.
        """
        mine = old.entries[key]
        accepted = {
            (each.rule, each.message, each.start.offset)
            for each in self._place(checked, key, reports)
            if each.fingerprint in mine
        }
        return [
            (rule_id, report)
            for rule_id, report in reports
            if (rule_id, report.message, report.span.start) not in accepted
        ]

    def _place(
        self, checked: CheckedSite, key: str, reports: list[tuple[str, Report]]
    ) -> list[Finding]:
        """Give site reports their place; the post is read again, because it was not kept."""
        path = checked.site.path(key)
        settings = checked.rules.settings(key)
        try:
            post = checked.bench.read_file(path, key)
        except CopydeskError as error:
            checked.failures.append(error.failure)
            checked.lost.add(key)
            return []
        placer = Placer(post)
        found = []
        for rule_id, report in reports:
            severity = settings[rule_id].severity.value
            if severity == "off":
                continue
            try:
                report = report._replace(related=_with_paths(report.related, checked.index))
                found.append(placer.finding(rule_id, severity, report))
            except (TypeError, ValueError) as error:
                self._blame(checked, rule_id, error)
        return list(with_fingerprints(found, key))

    def _blame(self, checked: CheckedSite, rule_id: str, error: BaseException) -> None:
        """Note that a site rule failed."""
        checked.failures.append(
            rule_failure(
                checked.registry,
                rule_id,
                str(checked.site.root),
                f"the rule {rule_id} failed: {registry.describe(error)}",
            )
        )

    def files(self) -> Iterator[FileResult]:
        """Yield every file that was checked, sorted by path."""
        listed: list[tuple[str, int, str]] = []
        for number, checked in enumerate(self._session.sites):
            listed += [
                (entry.path, number, entry.key)
                for entry in checked.index
                if entry.key in checked.spool
            ]
            if self._waiver_findings.get(number):
                listed.append((checked.waivers.path, number, ""))
        for path, number, key in sorted(listed):
            if not key:
                yield FileResult(
                    path, FILE_NAME, "", "", "", False, self._waiver_findings[number], {}
                )
                continue
            checked = self._session.sites[number]
            entry = checked.index.get(key)
            value = checked.spool.get(key)
            if entry is None or value is None:
                continue
            yield FileResult(
                path,
                key,
                entry.id,
                entry.title,
                entry.state,
                entry.due,
                tuple(finding_from_json(each) for each in value["findings"]),
                value["measures"],
                {
                    name: series_from_json(name, value["measures"][name], stored)
                    for name, stored in value["series"].items()
                },
            )

    def post(self, result: FileResult) -> Post | None:
        """Read the post of a file again; None where it is no longer what was judged."""
        for checked in self._session.sites:
            entry = checked.index.get(result.key)
            if entry is not None and entry.path == result.path:
                return checked.read_again(entry)
        return None

    def chains(self) -> Iterator[Chain]:
        """Yield the chain of posts of each site; a post with errors would be held back."""
        from copydesk.chains import chain_of  # most formats never ask for it

        for number, checked in enumerate(self._session.sites):
            posts = self.errors_by_post.items()
            yield chain_of(checked, {key: n for (site, key), n in posts if site == number})

    @property
    def now(self) -> datetime:
        """The time of the run."""
        return self._session.options.now

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Everything that could not be done, sorted by path and plugin, each once."""
        unique = dict.fromkeys(self._failures)
        return tuple(sorted(unique, key=lambda each: (each.path, each.plugin, each.message)))

    @property
    def summary(self) -> Mapping[str, Any]:
        """The counts of the run."""
        left_out = Counter(self._session.left_out)
        found: Counter[str] = Counter()
        for checked, tally in zip(self._session.sites, self._tallies, strict=True):
            left_out.update(checked.site.left_out)
            found.update(tally.findings)
        lost = {each.path for each in self.failures if each.kind == "file"}
        counts: dict[str, Any] = {
            "posts": self._posts(),
            "failures": len(self.failures),
            "not_read": len(lost),
            "drafts": self._posts("draft"),
            "errors": found["error"],
            "warnings": found["warning"],
            "infos": found["info"],
            "waived": found["waived"],
            "left_out": dict(sorted(left_out.items())),
            "sites": self.rows(),
            "seconds": round(self._seconds, 1),
        }
        if any(each.there for each in self.baselines.values()):
            entries = sum(baseline.count(each.entries) for each in self.baselines.values())
            left = sum(map(baseline.count, self.left.values()))
            counts["baseline"] = {
                "accepted": found["accepted"],
                "entries": entries,
                "gone": entries - left,
            }
        changes = self._changes()
        if changes:
            counts["changed"] = changes_summary(changes)
        return counts

    def rows(self, due_only: bool = False) -> list[dict[str, Any]]:
        """Return the counts of each site, sorted by path; findings of due posts only if wanted."""
        rows = [
            tally.row(checked.failures, due_only)
            for checked, tally in zip(self._session.sites, self._tallies, strict=True)
        ]
        rows += [Tally(root).row(why, due_only) for root, why in self._session.unread.items()]
        return sorted(rows, key=lambda row: str(row["path"]))

    def _posts(self, state: str = "") -> int:
        """Return how many posts were checked, or those in one state."""
        counts = (tally.posts for tally in self._tallies)
        return sum(each[state] if state else each.total() for each in counts)

    def _changes(self) -> list[tuple[Path, Changes]]:
        """Return what `--changed` found, for each site."""
        sites = (checked.site for checked in self._session.sites)
        return [(site.root, site.changes) for site in sites if site.changes is not None]

    @property
    def plugins(self) -> tuple[str, ...]:
        """The plugins that took part."""
        shown = {
            ref.shown
            for checked in self._session.sites
            for ref in checked.registry.plugins.values()
        }
        return tuple(sorted(shown))

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules of all sites by id, sorted; where two sites differ, the first site's."""
        found: dict[str, Rule] = {}
        for checked in self._session.sites:
            found = {**checked.registry.rules, **found}
        return dict(sorted(found.items()))

    @property
    def fail_on(self) -> str:
        """The lowest severity that counts for any of the sites, or `never`."""
        limits = {checked.config.fail_on for checked in self._session.sites}
        return min(limits, key=("info", "warning", "error", "never").index, default="error")

    def exit_code(self, fail_on: str = "") -> int:
        """Return 2 where anything could not be done, 1 for findings that count, else 0.

        Each site has its own policy, unless `fail_on` says otherwise. To look at no post because
        none changed is no failure.
        """
        looked_for = self._posts() or sum(changes.posts for _, changes in self._changes())
        if self._failures or not looked_for:
            return 2
        sites = zip(self._session.sites, self._tallies, strict=True)
        return int(any(tally.reaches(fail_on or each.config.fail_on) for each, tally in sites))


def _names_of_all(checked: CheckedSite) -> set[str] | None:
    """Return paths and ids of all posts of a site; None where not all were looked at."""
    if checked.site.asked is not None or checked.failures:
        return None
    return {name for entry in checked.index for name in (entry.key, entry.id)}


def _left(old: Baseline, checked: CheckedSite) -> baseline.Entries:
    """Return the entries of a baseline whose findings are still there, or may be."""
    if any(each.kind != "file" for each in checked.failures):
        return old.entries  # a rule that failed found nothing, and that says nothing
    whole = checked.site.asked is None and not checked.failures

    def judged(key: str, rule: str) -> bool:
        if key not in checked.spool or key in checked.lost:
            return False
        setting = checked.rules.settings(key).get(rule)
        return setting is not None and setting.severity.value != "off"

    return old.left(judged, lambda key: whole and key not in checked.site.files)


def _with_paths(related: tuple[Related, ...], index: Index) -> tuple[Related, ...]:
    """Return places in other posts with the paths that people see instead of keys."""
    return tuple(
        each._replace(path=entry.path) if (entry := index.get(each.path)) else each
        for each in related
    )


def _note(checked: CheckedSite, failures: Iterable[Failure]) -> None:
    """Note failures of a site that were not told of one of its posts before."""
    checked.failures += [each for each in failures if each not in checked.failures]
