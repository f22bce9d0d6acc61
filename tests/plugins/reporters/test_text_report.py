"""The report for people: what it says, in which order, and what it folds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from copydesk.api import Failure, FileResult, Finding
from copydesk.model.finding import Place
from copydesk_plugins.reporters.json import write_json
from copydesk_plugins.reporters.text import write_text

COUNTS = {
    "posts": 1,
    "not_read": 0,
    "drafts": 0,
    "errors": 0,
    "warnings": 0,
    "infos": 0,
    "waived": 0,
    "left_out": {},
    "seconds": 0.2,
}


@dataclass
class Report:
    """Results held in memory; `taken` counts the files that were asked for so far."""

    results: list[FileResult]
    failures: tuple[Failure, ...] = ()
    counts: dict[str, Any] = field(default_factory=dict)
    plugins: tuple[str, ...] = ("basics (copydesk 0.1.0)",)
    taken: int = 0

    @property
    def summary(self) -> Mapping[str, Any]:
        return {**COUNTS, **self.counts}

    def files(self) -> Iterator[FileResult]:
        for each in self.results:
            self.taken += 1
            yield each


def finding(rule: str = "basics.date", severity: str = "error", line: int = 3, **parts: Any) -> Any:
    values = {
        "message": "published is no date.",
        "help": "Write a date.",
        "quote": "2026-02-30",
        "where": "the front matter",
    } | parts
    start, end = Place(20 + line, line, 12), Place(30 + line, line, 22)
    return Finding(rule, severity, start=start, end=end, fingerprint="f" * 16, **values)


def file(*findings: Finding, path: str = "posts/fees.md") -> FileResult:
    return FileResult(path, path, "fees", "Fees", "published", True, findings, {})


def text_of(report: Report, **settings: bool) -> str:
    written: list[str] = []
    write_text(report, written.append, settings)
    return "".join(written)


def test_a_finding_says_where_what_and_the_way_out():
    report = Report([file(finding())], counts={"errors": 1})
    assert text_of(report) == (
        "error  basics.date   the front matter   posts/fees.md:3:12\n"
        '       "2026-02-30"\n'
        "       published is no date. Write a date.\n"
        "1 post checked; 1 error, 0 warnings; 0.2 s.\n"
    )


def test_a_place_without_words_has_no_quote():
    report = Report([file(finding(quote="  \n", help=""))])
    assert text_of(report).splitlines()[1:2] == ["       published is no date."]


def test_a_failure_says_what_was_not_done():
    report = Report(
        [],
        (
            Failure(
                "file",
                "could not be read: byte 0xe9 at 212 is not UTF-8",
                "Save it as UTF-8.",
                "posts/old.md",
                line=9,
                column=4,
            ),
            Failure("plugin", "the rule a.bad failed", "Mend it.", "posts/a.md", "house (h.py)"),
            Failure("plugin", "does not load", "", plugin="house (h.py)"),
        ),
        {"posts": 11, "not_read": 1, "errors": 2, "warnings": 5, "waived": 3},
    )
    assert text_of(report) == (
        "failed posts/old.md:9:4 could not be read: byte 0xe9 at 212 is not UTF-8.\n"
        "       Save it as UTF-8.\n"
        "failed posts/a.md [house (h.py)] the rule a.bad failed.\n"
        "       Mend it.\n"
        "failed house (h.py) does not load.\n"
        "11 posts checked, 1 not read, 2 other failures; 2 errors, 5 warnings, 3 waived; 0.2 s.\n"
    )


def test_the_last_line_names_all_that_was_left_out():
    report = Report([], counts={"infos": 2, "left_out": {"excluded by 'old/'": 3, "site/": 1}})
    assert text_of(report) == (
        "1 post checked; 0 errors, 0 warnings, 2 notes (--all shows them); "
        "left out: 3 excluded by 'old/'; 1 site/; 0.2 s.\n"
    )


def test_ten_findings_are_shown_and_eleven_are_folded():
    warnings = [finding("seo.title", "warning", line) for line in range(1, 11)]
    assert text_of(Report([file(*warnings)])).count("seo.title") == 10
    eleven = text_of(Report([file(*warnings, finding(line=40))]))
    assert eleven == (
        "posts/fees.md: 11 findings. These 3 are the ones to mend first:\n"
        "error  basics.date   the front matter   posts/fees.md:40:12\n"
        '       "2026-02-30"\n'
        "       published is no date. Write a date.\n"
        "warn   seo.title   the front matter   posts/fees.md:1:12\n"
        '       "2026-02-30"\n'
        "       published is no date. Write a date.\n"
        "warn   seo.title   the front matter   posts/fees.md:2:12\n"
        '       "2026-02-30"\n'
        "       published is no date. Write a date.\n"
        "warn   seo.title   8 more, lines 3, 4, 5, 6, 7, 8, 9, 10\n"
        "       `--all` shows each of them.\n"
        "1 post checked; 0 errors, 0 warnings; 0.2 s.\n"
    )
    everything = text_of(Report([file(*warnings, finding(line=40))]), all=True)
    assert everything.count("\n       published is no date.") == 11
    assert "mend first" not in everything


def test_errors_come_before_warnings_in_what_is_folded():
    found = [finding("a.warn", "warning", line) for line in range(1, 10)]
    found += [finding("z.error", "error", line) for line in range(20, 25)]
    lines = text_of(Report([file(*found)])).splitlines()
    more = [line for line in lines if " more, " in line]
    assert more == [
        "error  z.error   2 more, lines 23, 24",
        "warn   a.warn   9 more, lines 1, 2, 3, 4, 5, 6, 7, 8, 9",
    ]


def test_notes_are_shown_only_with_all_and_do_not_fold():
    notes = [finding("seo.note", "info", line) for line in range(1, 20)]
    report = Report([file(finding(), *notes)])
    assert "seo.note" not in text_of(report)
    assert "mend first" not in text_of(report)
    assert text_of(report, all=True).count("seo.note") == 19


def test_waived_findings_are_not_shown():
    report = Report([file(finding(waived="Agreed (mara)"))], counts={"waived": 1})
    assert text_of(report) == "1 post checked; 0 errors, 0 warnings, 1 waived; 0.2 s.\n"


def test_colour_only_when_asked():
    report = Report([file(finding())], (Failure("file", "is lost", "", "a.md"),))
    assert "\x1b" not in text_of(report)
    coloured = text_of(report, color=True)
    assert coloured.startswith("\x1b[31m\x1b[1merror ")
    assert coloured.count("\x1b[0m") == 2


def test_quotes_cannot_steer_a_terminal():
    hostile = "a\x1b[31mred\x07\r\x9b2J\u202eback\u200b \ud800 end"
    shown = text_of(Report([file(finding(quote=hostile))]))
    assert all(char.isprintable() or char == "\n" for char in shown)
    assert '"a\ufffd[31mred\ufffd \ufffd2J\ufffdback\ufffd \ufffd end"' in shown


def test_nothing_else_of_a_post_can_steer_a_terminal():
    hostile = "x\x1b[2Jy"
    found = finding(message=f"M {hostile}.", help=f"H {hostile}.", where=f"“{hostile}”")
    failure = Failure("file", f"is lost: {hostile}", hostile, f"posts/{hostile}.md")
    for report in (
        Report([file(found, path=f"posts/{hostile}.md")], (failure,)),
        Report([file(*[found] * 12, path=f"posts/{hostile}.md")], (failure,)),
    ):
        shown = text_of(report)
        assert all(char.isprintable() or char == "\n" for char in shown)


def test_a_long_quote_is_cut():
    shown = text_of(Report([file(finding(quote="word " * 1000))]))
    assert max(len(line) for line in shown.splitlines()) < 125
    assert '…"' in shown


def test_json_is_written_as_the_files_come():
    report = Report([file(path=f"posts/{number}.md") for number in range(3)])
    seen: list[int] = []
    write_json(report, lambda text: seen.append(report.taken) if "posts/" in text else None, {})
    assert seen == [1, 2, 3]


def test_json_keeps_what_cannot_be_encoded():
    import json

    written: list[str] = []
    write_json(Report([file(finding(quote="\ud800 \x1b"))]), written.append, {})
    document = "".join(written)
    assert document.isascii()
    assert json.loads(document)["files"][0]["findings"][0]["quote"] == "\ud800 \x1b"


def test_brief_tells_what_failed_and_how_it_went_and_takes_no_file():
    report = Report([file(finding())], (Failure("file", "is lost", "Look.", "a.md"),))
    assert text_of(report, brief=True) == (
        "failed a.md is lost.\n"
        "       Look.\n"
        "1 post checked, 1 failure; 0 errors, 0 warnings; 0.2 s.\n"
    )
    assert report.taken == 0
