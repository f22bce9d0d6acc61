"""Results of a run for reporters: site rules and waivers applied, one file at a time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from typing import Any

from copydesk import isolation, registry
from copydesk.codec import finding_from_json, finding_to_json
from copydesk.model.context import SiteContext
from copydesk.model.extension import FileResult
from copydesk.model.finding import CopydeskError, Failure, Finding, Related, Report, at_least
from copydesk.model.site import Index
from copydesk.places import Placer, sort_key, with_fingerprints
from copydesk.runner import CheckedSite, Session
from copydesk.waivers import FILE_NAME
from copydesk.workbench import rule_failure


class RunResults:
    """What reporters get; see `copydesk.model.extension.Results`."""

    def __init__(self, session: Session, seconds: float = 0.0) -> None:
        self._session = session
        self._seconds = seconds
        self._failures = list(session.failures)
        self._waiver_findings: dict[int, tuple[Finding, ...]] = {}
        self._counts: Counter[str] = Counter()
        self.errors_by_post: dict[tuple[int, str], int] = {}
        for number, checked in enumerate(session.sites):
            self._settle(number, checked)
            self._failures += checked.failures

    def _settle(self, number: int, checked: CheckedSite) -> None:
        """Join what the rules found about each post and apply the waivers; count on the way."""
        site_findings = self._lint_site(checked)
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
            self._count(final, entry.state)
            errors = sum(each.severity == "error" and not each.waived for each in final)
            if errors:
                self.errors_by_post[(number, entry.key)] = errors
            value["findings"] = [finding_to_json(each) for each in final]
            checked.spool.put(entry.key, value)
        if checked.waivers.entries:
            ran = {
                rule_id: setting.severity.value
                for rule_id, setting in checked.rules.settings(FILE_NAME).items()
                if setting.severity.value != "off"
            }
            found = checked.waivers.findings(judged, ran, today, approvers)
            self._waiver_findings[number] = found
            self._count(found, "")

    def _count(self, findings: tuple[Finding, ...], state: str) -> None:
        if state:
            self._counts["posts"] += 1
            self._counts[f"posts {state}"] += 1
        for finding in findings:
            self._counts["waived" if finding.waived else finding.severity] += 1

    def _lint_site(self, checked: CheckedSite) -> dict[str, list[Finding]]:
        """Run the site rules; what they say of posts that were not asked for is not shown."""
        context = SiteContext(checked.index, checked.options.now)
        settings = checked.rules.settings(FILE_NAME)
        reports: dict[str, list[tuple[str, Report]]] = {}
        for rule in checked.registry.rules.values():
            if rule.scope != "site" or not _is_on(checked, rule.id):
                continue
            context.with_options(settings[rule.id].values())
            try:
                for each in _reports(checked, rule.id, context):
                    if each.path not in checked.site.files:
                        raise ValueError(f"it reports on {each.path!r}, no post of the site")
                    reports.setdefault(each.path, []).append((rule.id, each))
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                self._blame(checked, rule.id, error)
        return {
            key: self._place(checked, key, found)
            for key, found in reports.items()
            if checked.site.wants(key)
        }

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
            )

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Everything that could not be done, sorted by path and plugin, each once."""
        unique = dict.fromkeys(self._failures)
        return tuple(sorted(unique, key=lambda each: (each.path, each.plugin, each.message)))

    @property
    def summary(self) -> Mapping[str, Any]:
        """The counts of the run."""
        left_out: Counter[str] = Counter()
        for checked in self._session.sites:
            left_out.update(checked.site.left_out)
        lost = {each.path for each in self.failures if each.kind == "file"}
        return {
            "posts": self._counts["posts"],
            "failures": len(self.failures),
            "not_read": len(lost),
            "drafts": self._counts["posts draft"],
            "errors": self._counts["error"],
            "warnings": self._counts["warning"],
            "infos": self._counts["info"],
            "waived": self._counts["waived"],
            "left_out": dict(sorted(left_out.items())),
            "seconds": round(self._seconds, 1),
        }

    @property
    def plugins(self) -> tuple[str, ...]:
        """The plugins that took part."""
        shown = {
            ref.shown
            for checked in self._session.sites
            for ref in checked.registry.plugins.values()
        }
        return tuple(sorted(shown))

    def exit_code(self, fail_on: str = "") -> int:
        """Return 2 where anything could not be done, 1 for findings that count, else 0."""
        if self._failures or not self._counts["posts"]:
            return 2
        limits = {checked.config.fail_on for checked in self._session.sites}
        limit = fail_on or min(limits, key=("info", "warning", "error", "never").index)
        counts = {"error": "error", "warning": "warning", "info": "info"}
        return int(
            any(
                self._counts[name] and at_least(severity, limit)
                for severity, name in counts.items()
            )
        )


def _is_on(checked: CheckedSite, rule: str) -> bool:
    """Say whether a site rule is wanted for any post that was asked for."""
    if checked.rules.settings(FILE_NAME)[rule].severity.value != "off":
        return True
    keys = (entry.key for entry in checked.index if entry.key in checked.spool)
    return any(checked.rules.settings(key)[rule].severity.value != "off" for key in keys)


def _with_paths(related: tuple[Related, ...], index: Index) -> tuple[Related, ...]:
    """Return places in other posts with the paths that people see instead of keys."""
    return tuple(
        each._replace(path=entry.path) if (entry := index.get(each.path)) else each
        for each in related
    )


def _reports(checked: CheckedSite, rule_id: str, context: SiteContext) -> list[Report]:
    """Run one site rule: here, or apart under a deadline where it is not built in."""
    rule = checked.registry.rules[rule_id]
    if checked.registry.owner("rule", rule_id).external:
        options = checked.rules.settings(FILE_NAME)[rule_id].values()
        found = isolation.apart(
            checked.bench.setup,
            checked.config.get("plugin-deadline"),
            isolation.site_reports,
            rule_id,
            checked.index,
            options,
        )
    else:
        with redirect_stdout(sys.stderr):  # what a plugin prints is no part of a report
            found = list(rule.check(context))
    return [each for each in found if isinstance(each, Report)]
