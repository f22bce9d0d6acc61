"""What the tests of the formats for CI share: results in memory, real results, hostile words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from copydesk.api import (
    Chain,
    Edit,
    Failure,
    FileResult,
    Finding,
    Post,
    Related,
    Results,
    Rule,
    Span,
)
from copydesk.model.finding import Place
from copydesk.results import RunResults
from copydesk.runner import Options, Session

PROJECT = Path(__file__).parents[3]
SCHEMAS = PROJECT / "tests" / "schemas"

#: Words that mean something to a terminal, to XML, to JSON, to GitHub or to a link.
HOSTILE_WORDS = (
    "100% %0A %25 %3A",
    "::error file=a.md::no",
    "]]><!-- & <b a='\"'> -->",
    "##[add-mask]x\r\n::stop-commands::x",
    "line\nbreak\r\nand\rmore",
    "🌿 \u200fright\u202eleft\u200d",
    "\x1b[31mred\x07\x00\x9b",
    "[press](https://example.com)",
    "lone \ud800 half",
    "a: b, c; d = e",
    "\u2028\u2029\ufeff\ufffe",
)
HOSTILE_PATHS = (
    "posts/a b, c: d.md",
    "a:b.md",
    "posts/50% off #1?.md",
    "posts/🌿 \u200frtl.md",
    "posts/]]>.md",
    "posts/::error::.md",
    "posts/line\nbreak.md",
    "posts/not \udce9 utf-8.md",
    "/elsewhere/whole.md",
    "../beside/a.md",
)


@dataclass
class Report:
    """Results held in memory; `taken` counts the files that were asked for so far."""

    results: list[FileResult] = field(default_factory=list)
    failures: tuple[Failure, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    fail_on: str = "error"
    plugins: tuple[str, ...] = ("basics (copydesk 0.1.0)",)
    taken: int = 0
    now: datetime = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    linked: tuple[Chain, ...] = ()

    @property
    def summary(self) -> Mapping[str, Any]:
        names = ("not_read", "drafts", "errors", "warnings", "infos", "waived")
        counts = dict.fromkeys(names, 0) | {"posts": len(self.results)}
        return {**counts, "left_out": {}, "seconds": 0.2}

    def files(self) -> Iterator[FileResult]:
        for each in self.results:
            self.taken += 1
            yield each

    def post(self, result: FileResult) -> Post | None:
        return None  # no file is there

    def chains(self) -> Iterator[Chain]:
        yield from self.linked


def finding(severity: str = "error", **parts: Any) -> Finding:
    """Return a finding in line 3; any part may be given."""
    values: dict[str, Any] = {
        "rule": "basics.date",
        "severity": severity,
        "message": "published is no date.",
        "help": "Write a date.",
        "quote": "2026-02-30",
        "start": Place(30, 3, 12),
        "end": Place(40, 3, 22),
        "where": "the front matter",
        "fingerprint": "f" * 16,
    }
    return Finding(**(values | parts))


def file(*findings: Finding, path: str = "posts/fees.md") -> FileResult:
    return FileResult(path, path, "fees", "Fees", "published", True, findings, {})


def hostile() -> Report:
    """Return a report in which everything that comes from people is hostile."""
    files = []
    for path in HOSTILE_PATHS:
        found = [
            finding(
                severity,
                rule="house.words",
                message=words,
                help=words,
                quote=words,
                where=words,
                fingerprint=f"{number}{severity}",
                related=(Related(words, Span(0, 1), path), Related("here", Span(2, 3))),
                fix=(Edit(0, 1, words), Edit(4, 6, "")),
                end=Place(50, 5, 1),
            )
            for number, words in enumerate(HOSTILE_WORDS)
            for severity in ("error", "warning", "info")
        ]
        files.append(file(*found, path=path))
    failures = [
        Failure("file", words, words, path, words, 3, 4)
        for words, path in zip(HOSTILE_WORDS, HOSTILE_PATHS, strict=False)
    ]
    return Report(files, tuple(failures))


FAILURES = (
    Failure("file", "could not be read: byte 0xe9 at 212 is not UTF-8", "Save it.", "posts/a.md",
            line=9, column=4),
    Failure("plugin", "the rule a.bad failed", "Mend it.", "posts/a.md", "house (h.py)"),
    Failure("plugin", "does not load", "", plugin="house (h.py)"),
    Failure("target", "the site is not there", "Look."),
)  # fmt: skip

#: Reports that every format has to write well.
REPORTS: dict[str, Callable[[], Report]] = {
    "empty": Report,
    "clean": lambda: Report([file(), file(path="b.md")]),
    "found": lambda: Report([file(finding(), finding("warning"), finding("info"))]),
    "failures only": lambda: Report(failures=FAILURES),
    "hostile": hostile,
}


def written(write: Callable[..., None], results: Results, **settings: bool) -> str:
    """Return what a format writes."""
    parts: list[str] = []
    write(results, parts.append, settings)
    return "".join(parts)


@contextmanager
def checked(*paths: Path) -> Iterator[RunResults]:
    """Yield the results of a real run."""
    session = Session(Options(use_cache=False, jobs="1"))
    try:
        session.check(list(paths))
        yield RunResults(session)
    finally:
        session.close()
