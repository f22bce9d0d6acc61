"""`copydesk claims sources`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from copydesk.api import CopydeskError, Failure, OpenedSite, failure_to_json, open_sites
from copydesk_plugins.claims.commands.asking import (
    Given,
    agreed,
    fail,
    format_flag,
    say,
    site_flags,
    yes_flag,
)
from copydesk_plugins.claims.sources.cited import Citations, citations_of
from copydesk_plugins.claims.sources.lock import FILE_NAME, read_lock, write_lock
from copydesk_plugins.claims.sources.report import Row, changes, row_json, row_lines, rows_of
from copydesk_plugins.claims.sources.told import Fact
from copydesk_plugins.claims.sources.updating import Asking, update


def command(asking: Asking = Asking()) -> click.Command:  # noqa: B008  # a frozen default
    """Return the command; tests bring a clock of their own."""

    @click.command(
        "sources",
        epilog="Examples: copydesk claims sources   copydesk claims sources --update",
    )
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
    @click.option(
        "--update",
        is_flag=True,
        help="Ask Crossref and PubMed about sources that are new or were looked up too long ago, "
        "and write the answers to evidence.lock.",
    )
    @click.option(
        "--offline",
        is_flag=True,
        help="Ask no host, also with --update: only the list of Retraction Watch is read.",
    )
    @yes_flag
    @format_flag
    @site_flags
    def sources(
        paths: tuple[Path, ...], update: bool, offline: bool, yes: bool, form: str, **given: Any
    ) -> int:
        """List cited sources with their state, what they are cited for, and when that was known.

        Shows what evidence.lock says and asks nobody, but with --update. Exits with 1 where a
        source was retracted, not found, is another document, or was looked up too long ago.
        """
        flags = Given(**given)
        failures: list[Failure] = []
        unwritten = False
        reports: list[tuple[list[Row], int]] = []
        for each in open_sites(paths, flags.config, flags.now):
            if isinstance(each, Failure):
                failures.append(each)
                continue
            run = _Run(each, asking, update, offline, yes, form == "text")
            reports.append((run.rows(), run.posts))
            failures += run.failures
            unwritten = unwritten or run.unwritten
        rows = [row for mine, _ in reports for row in mine]
        if form == "json":
            told = [failure_to_json(each) for each in failures]
            data = {"version": 1, "sources": [row_json(each) for each in rows], "failures": told}
            click.echo(json.dumps(data))
        elif reports:
            say(_summary(rows, sum(posts for _, posts in reports)))
        shown = failures if form == "text" else []
        if failures or unwritten:
            return fail(shown) or 2
        return int(any(each.is_error for each in rows))

    return sources


class _Run:
    """The command on one site: read, ask if wanted, show, write if agreed."""

    def __init__(
        self,
        site: OpenedSite,
        asking: Asking,
        update: bool,
        offline: bool,
        yes: bool,
        show: bool,
    ) -> None:
        self._site, self._asking = site, asking
        self._update, self._offline, self._yes, self._show = update, offline, yes, show
        self.failures: list[Failure] = []
        self.posts = 0
        self.unwritten = False

    def rows(self) -> list[Row]:
        """Return a row for each source, after an update where one is wanted."""
        shown = self._site.records.shown(FILE_NAME)
        text = self._site.records.read(FILE_NAME)
        facts = read_lock(text, shown)
        cited = citations_of(self._site)
        self.posts = cited.posts
        self.failures += cited.failures
        if self._update:
            facts = self._updated(cited, facts, text, shown)
        rows = rows_of(cited.sources, facts, self._site.today)
        if self._show:
            say(line for row in rows for line in row_lines(row))
        return rows

    def _updated(
        self, cited: Citations, facts: Mapping[str, Fact], text: str | None, shown: str
    ) -> Mapping[str, Fact]:
        """Ask, show what changed, write it; return the facts that hold afterwards."""
        found = update(self._site, cited.sources, facts, self._asking, offline=self._offline)
        self.failures += found.failures
        say(found.notes if self._show else ())
        if found.facts == facts:
            say([f"{shown} stays as it is"] if self._show else ())
            return facts
        if self._show:
            say([f"Changes to {shown}:", *changes(facts, found.facts)])
        if not agreed(shown, self._yes):
            self.unwritten = True
            return facts
        self._write(text, write_lock(found.facts), shown)
        return found.facts

    def _write(self, before: str | None, after: str, shown: str) -> None:
        with self._site.in_turn():
            path = self._site.root / FILE_NAME
            try:
                now = path.read_bytes().decode("utf-8-sig") if path.exists() else None
            except (OSError, UnicodeDecodeError):
                now = ""
            if now != before:
                raise CopydeskError(
                    Failure(
                        "site",
                        "was changed meanwhile, so nothing was written",
                        "Run this again.",
                        shown,
                    )
                )
            self._site.write(FILE_NAME, after)


def _summary(rows: list[Row], posts: int) -> Iterator[str]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    states = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    sources = "1 source" if len(rows) == 1 else f"{len(rows)} sources"
    where = "1 post" if posts == 1 else f"{posts} posts"
    yield f"{sources} in {where}{': ' + states if states else ''}"
