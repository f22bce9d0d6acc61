"""Waivers: findings that people have accepted, with reason, names and a last day.

They stand in `waivers.toml` at the site's root, so that a code-owners rule can guard it. A
waiver holds while the words it quotes stand in a finding of its rule on its post.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from copydesk import config_files
from copydesk.config import Config, ConfigErrors
from copydesk.config_files import ConfigFile
from copydesk.config_schema import did_you_mean
from copydesk.model.finding import Failure, Finding, Place, Severity
from copydesk.model.text import LineIndex
from copydesk.places import with_fingerprints
from copydesk.registry import Registry
from copydesk.sources import shown_path

FILE_NAME = "waivers.toml"
_KEYS = ("post", "rule", "quote", "reason", "until", "by", "recorded-by")


@dataclass
class Waiver:
    """One entry. `post` is an id or a path below the site; `offset` its place in the file."""

    post: str
    rule: str
    quote: str
    reason: str
    until: date | None
    by: tuple[str, ...]
    offset: int
    used: bool = False


@dataclass
class Waivers:
    """All waivers of a site, and the file they stand in."""

    path: str = ""
    text: str = ""
    entries: list[Waiver] = field(default_factory=list)

    def apply(
        self,
        findings: tuple[Finding, ...],
        key: str,
        post_id: str,
        today: date,
        approvers: Mapping[str, int],
    ) -> tuple[Finding, ...]:
        """Return findings with `waived` set where a waiver holds."""
        names = {key, post_id} - {""}
        mine = [each for each in self.entries if each.post in names]
        if not mine:
            return findings
        return tuple(self._judge(finding, mine, today, approvers) for finding in findings)

    def _judge(
        self, finding: Finding, mine: list[Waiver], today: date, approvers: Mapping[str, int]
    ) -> Finding:
        quote = _words(finding.quote)
        for waiver in mine:
            if waiver.rule != finding.rule or not _holds(_words(waiver.quote), quote):
                continue
            waiver.used = True
            if not _problem(waiver, today, approvers.get(finding.rule, 1)):
                names = ", ".join(waiver.by)
                finding = finding._replace(waived=f"{waiver.reason} ({names})")
        return finding

    def findings(
        self,
        checked: set[str],
        ran: Mapping[str, str],
        today: date,
        approvers: Mapping[str, int],
        posts: Container[str] | None = None,
    ) -> tuple[Finding, ...]:
        """Return what is wrong with the waivers themselves.

        `checked` holds paths and ids of the posts that were checked, `ran` the rules that ran
        with the severities of the `waivers.` rules among them, and `posts` paths and ids of all
        posts there are, where that is known.
        """
        lines = LineIndex(self.text)
        found = []
        for waiver in self.entries:
            problem = _problem(waiver, today, approvers.get(waiver.rule, 1))
            if not problem and waiver.post in checked and not waiver.used and waiver.rule in ran:
                problem = (
                    "stale",
                    f"No finding of {waiver.rule} in {waiver.post} holds the words "
                    f"“{_short(waiver.quote)}” any more.",
                    "Delete this waiver.",
                )
            if not problem and posts is not None and waiver.post not in posts:
                problem = (
                    "stale",
                    f"There is no post {waiver.post} in this site, so this waiver has no effect.",
                    "Delete it, or mend its post: a path below the folder of the site, or an id.",
                )
            if problem and f"waivers.{problem[0]}" in ran:
                found.append(self._finding(waiver, problem, lines, ran))
        return with_fingerprints(found, FILE_NAME)

    def _finding(
        self,
        waiver: Waiver,
        problem: tuple[str, str, str],
        lines: LineIndex,
        ran: Mapping[str, str],
    ) -> Finding:
        name, message, help = problem
        start = waiver.offset
        end = start + len("[[waiver]]")
        severity: Severity = ran[f"waivers.{name}"]  # type: ignore[assignment]
        return Finding(
            f"waivers.{name}",
            severity,
            message,
            help,
            self.text[start:end],
            Place(start, *lines.position(start)),
            Place(end, *lines.position(end)),
            f"the waiver for {waiver.post}",
            "",
        )


def _problem(waiver: Waiver, today: date, approvers: int) -> tuple[str, str, str] | None:
    if not waiver.reason.strip():
        return (
            "unexplained",
            f"This waiver of {waiver.rule} gives no reason, so it does not hold.",
            'Add reason = "..." in one sentence.',
        )
    named = len({name.strip() for name in waiver.by} - {""})
    if named < approvers:
        people = "one person" if approvers == 1 else f"{approvers} people"
        return (
            "unexplained",
            f"This waiver of {waiver.rule} names {named} of the "
            f"{people} it needs, so it does not hold.",
            'Name them: by = ["..."].',
        )
    if waiver.until is not None and waiver.until < today:
        return (
            "expired",
            f"This waiver of {waiver.rule} ended on {waiver.until.isoformat()}, so "
            "it does not hold.",
            "Mend the sentence, or agree on a new last day.",
        )
    return None


def load(config: Config, registry: Registry) -> Waivers:
    """Read the waivers of a site; raises ConfigErrors naming each entry that cannot be used."""
    path = config.root / FILE_NAME
    if not path.is_file():
        return Waivers()
    file = config_files.read(path, shown_path(path))
    return Waivers() if file is None else entries_of(file, config, registry)


def entries_of(file: ConfigFile, config: Config, registry: Registry) -> Waivers:
    """Return the waivers of a file; raises ConfigErrors naming each that cannot be used."""
    failures = [
        file.failure(f"unknown key {name}", "Each entry is headed [[waiver]].", name)
        for name in file.data
        if name != "waiver"
    ]
    tables = file.data.get("waiver", [])
    if not (isinstance(tables, list) and all(isinstance(each, dict) for each in tables)):
        failures.append(
            file.failure("waiver takes tables", "Each entry is headed [[waiver]].", "waiver")
        )
        tables = []
    offsets = _offsets(file.text)
    waivers = Waivers(file.shown, file.text)
    for number, table in enumerate(tables):
        offset = offsets[number] if number < len(offsets) else 0
        problems = _check(table, registry, config)
        if problems:
            line = LineIndex(file.text).position(offset).line
            failures += [
                Failure("config", message, help, file.shown, line=line)
                for message, help in problems
            ]
            continue
        waivers.entries.append(_waiver(table, registry, offset))
    if failures:
        raise ConfigErrors(failures)
    return waivers


def _check(table: Any, registry: Registry, config: Config) -> list[tuple[str, str]]:
    """Return (message, help) for all that is wrong with one entry."""
    problems = []
    for name, value in table.items():
        if name not in _KEYS:
            problems.append((f"unknown key {name} in a waiver", did_you_mean(name, _KEYS)))
        elif name == "until" and not isinstance(value, date):
            problems.append(("until takes a date", "Write until = 2027-01-31, without quotes."))
        elif name == "by" and not _is_names(value):
            problems.append(("by takes the names of people", 'Write by = ["mara"].'))
        elif name not in ("until", "by") and not isinstance(value, str):
            problems.append((f"{name} takes a text in quotes", "Put quotes around it."))
    for name in ("post", "rule", "quote"):
        if not str(table.get(name, "")).strip():
            problems.append((f"a waiver has no {name}", f'Add {name} = "...".'))
    rule = table.get("rule")
    if (
        isinstance(rule, str)
        and rule
        and rule not in registry.rules
        and (rule not in registry.aliases)
    ):
        problems.append(
            (f"unknown rule {rule} in a waiver", did_you_mean(rule, registry.rule_names()))
        )
    people = config.get("people")
    by = table.get("by", [])
    if people and _is_names(by):
        problems += [
            (f"{name} is not among [people]", did_you_mean(str(name), tuple(people)))
            for name in ([by] if isinstance(by, str) else by)
            if name not in people
        ]
    return problems


def _waiver(table: Mapping[str, Any], registry: Registry, offset: int) -> Waiver:
    by = table.get("by", ())
    until = table.get("until")
    return Waiver(
        table["post"],
        registry.aliases.get(table["rule"], table["rule"]),
        table["quote"],
        table.get("reason", ""),
        until.date() if isinstance(until, datetime) else until,
        (by,) if isinstance(by, str) else tuple(by),
        offset,
    )


def _offsets(text: str) -> list[int]:
    """Return where each `[[waiver]]` heading stands."""
    heading = re.compile(r"^[ \t]*(\[\[[ \t]*waiver[ \t]*\]\])", re.MULTILINE)
    return [match.start(1) for match in heading.finditer(text)]


def _is_names(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(each, str) for each in value)
    )


def _words(text: str) -> str:
    return " ".join(text.split())


def stands_in(words: str, quote: str) -> bool:
    """Say whether words stand in a quote, however either is broken into lines."""
    return _holds(_words(words), _words(quote))


def _holds(words: str, quote: str) -> bool:
    """Say whether words stand in a quote as whole words: "cure" does not stand in "cures".

    What holds no letter or digit, such as a full stop, has to be the whole quote.
    """
    if not any(each.isalnum() for each in words):
        return words == quote
    begins = r"\b" if words[:1].isalnum() else ""
    ends = r"\b" if words[-1:].isalnum() else ""
    return re.search(begins + re.escape(words) + ends, quote) is not None


def _short(text: str, limit: int = 60) -> str:
    text = _words(text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
