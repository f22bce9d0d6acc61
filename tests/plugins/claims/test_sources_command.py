"""`copydesk claims sources`: what it shows, asks, writes, and leaves alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from sources_kit import Pauses, Resolvers, body, serving, status

from copydesk.api import CopydeskError
from copydesk_plugins.claims.commands.sources import command

NOW = "2026-06-01T12:00:00Z"
LATER = "2027-06-01T12:00:00Z"
POST = """---
title: Rest
---

Rest eases pain ([trial](https://doi.org/10.5555/a)). Walking helps.[^1]

[^1]: Okafor P. Walking and the back pain of nurses. PMID: 123
"""


class Ran:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


class Site:
    """A site on disk, and a way to run the command on it with hosts of this machine."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        self.known = Resolvers()
        self.pauses = Pauses()
        self.settings = ""
        self.write("posts/rest.md", POST)
        self.known.work("10.5555/a", "Rest and pain")
        self.known.article("123", "Walking and the back pain of nurses.")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    @property
    def lock(self) -> str | None:
        path = self.root / "evidence.lock"
        return path.read_text("utf-8") if path.exists() else None

    def states(self) -> dict[str, str]:
        data = json.loads(self.lock or '{"sources": {}}')
        return {name: each["state"] for name, each in data["sources"].items()}

    def run(self, *arguments: str, now: str = NOW) -> Ran:
        with serving(self.known) as addresses:
            table = "".join(f'{key} = "{value}"\n' for key, value in addresses.items())
            self.write("copydesk.toml", f"root = true\n[sources]\n{table}{self.settings}")
            made = command(self.pauses.asking())
            self._capsys.readouterr()
            code = made.main([*arguments, "--now", now], standalone_mode=False)
        out, err = self._capsys.readouterr()
        return Ran(code, out, err)


@pytest.fixture
def site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Site:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "practice"
    root.mkdir()
    monkeypatch.chdir(root)
    return Site(root, capsys)


def test_without_update_nobody_is_asked_and_nothing_written(site: Site) -> None:
    ran = site.run()
    assert ran.code == 0
    assert site.known.asked == []
    assert site.lock is None
    assert "unverified      doi:10.5555/a" in ran.out
    assert "cited in posts/rest.md:5 for “Rest eases pain (trial).”" in ran.out
    assert "cited in posts/rest.md:7 for “Walking helps.”" in ran.out
    assert "2 sources in 1 post: 2 unverified" in ran.out


def test_an_update_asks_each_source_once_and_the_second_run_none(site: Site) -> None:
    site.write("posts/again.md", POST)
    ran = site.run("--update", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert sorted(site.known.asked) == ["doi:10.5555/a", "pmid:123"]
    assert "verified        doi:10.5555/a   looked up 2026-06-01" in ran.out
    assert '+  "doi:10.5555/a": {' in ran.out  # shown before it was written
    first = site.lock
    assert site.states() == {"doi:10.5555/a": "verified", "pmid:123": "verified"}
    again = site.run("--update", "--yes", now="2026-08-01T12:00:00Z")
    assert len(site.known.asked) == 2
    assert (again.code, site.lock) == (0, first)
    assert "evidence.lock stays as it is" in again.out


def test_nobody_said_yes(site: Site) -> None:
    ran = site.run("--update")
    assert ran.code == 2
    assert site.lock is None
    assert "because nobody said yes" in ran.err
    assert "unverified" in ran.out


def test_ci_reads_the_lock_without_a_network(site: Site) -> None:
    site.run("--update", "--yes")
    asked = len(site.known.asked)
    ran = site.run()
    assert (ran.code, len(site.known.asked)) == (0, asked)
    assert "2 sources in 1 post: 2 verified" in ran.out


@pytest.mark.parametrize("change", ["retracted", "not-found", "title-mismatch"])
def test_what_cannot_stay_exits_with_1(site: Site, change: str) -> None:
    if change == "retracted":
        site.known.article("123", "Walking", pubtype=["Retracted Publication"])
    elif change == "not-found":
        del site.known.works["10.5555/a"]
    else:
        site.known.article("123", "Tea and the sleep of owls")
    ran = site.run("--update", "--yes")
    assert ran.code == 1
    assert ran.out.splitlines()[-1].endswith(f"1 {change}, 1 verified") or change in ran.out
    assert site.run().code == 1
    if change == "title-mismatch":
        assert "It is cited as another document in posts/rest.md:7." in ran.out


def test_what_was_not_found_is_asked_again_the_next_day_only(site: Site) -> None:
    del site.known.works["10.5555/a"]
    site.run("--update", "--yes")
    assert site.known.asked.count("doi:10.5555/a") == 2  # the work, then its agency
    site.run("--update", "--yes")
    assert site.known.asked.count("doi:10.5555/a") == 2
    site.known.work("10.5555/a", "Rest and pain")
    ran = site.run("--update", "--yes", now="2026-06-02T12:00:00Z")
    assert site.known.asked.count("doi:10.5555/a") == 3
    assert site.known.asked.count("pmid:123") == 1
    assert ran.code == 0


def test_old_answers_are_asked_anew(site: Site) -> None:
    site.settings = "max-age-days = 30\n"
    site.run("--update", "--yes")
    ran = site.run(now="2026-07-15T12:00:00Z")
    assert ran.code == 0
    assert "Its answer held until 2026-07-01" in ran.out
    assert site.run(now=LATER).code == 1
    site.run("--update", "--yes", now=LATER)
    assert len(site.known.asked) == 4
    assert site.run(now=LATER).code == 0


def test_a_host_that_fails_leaves_what_was_known(site: Site) -> None:
    site.run("--update", "--yes")
    before = site.states()
    site.known.odd["doi:10.5555/a"] = [status(503)]
    ran = site.run("--update", "--yes", now=LATER)
    assert ran.code == 2
    assert "is busy or broken for now" in ran.err
    assert site.states() == before
    data = json.loads(site.lock or "")["sources"]
    assert data["doi:10.5555/a"]["asked"] == "2026-06-01"
    assert data["pmid:123"]["asked"] == "2027-06-01"


def test_a_resolver_that_lies_changes_nothing(site: Site) -> None:
    site.run("--update", "--yes")
    before = site.lock
    wrong = json.dumps({"message": {"DOI": "10.5555/z", "title": ["Rest and pain"]}}).encode()
    site.known.odd["doi:10.5555/a"] = [body(wrong)]
    site.known.odd["pmid:123"] = [body(b"<html>")]
    ran = site.run("--update", "--yes", now=LATER)
    assert ran.code == 2
    assert "answered about doi:10.5555/z instead of doi:10.5555/a" in ran.err
    assert "did not answer about pmid:123 with JSON" in ran.err
    assert site.lock == before


def test_offline_asks_nobody_and_is_neither_red_nor_green(site: Site) -> None:
    ran = site.run("--update", "--offline", "--yes")
    assert (ran.code, site.known.asked, site.lock) == (0, [], None)
    assert "2 unverified" in ran.out


LIST = (
    "Record ID,Title,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate,"
    "RetractionDOI\n"
    '1,"Rest, and pain",10.5555/A,0,Retraction,3/5/2024 0:00,10.5555/notice\n'
    "2,Walking,unavailable,123,Expression of concern,3/5/2024 0:00,unavailable\n"
    "3,Other,10.5555/other,9,Retraction,3/5/2024 0:00,\n"
)


def test_the_local_list_needs_no_network(site: Site) -> None:
    site.settings = 'retraction-watch = "data/list.csv"\n'
    site.write("data/list.csv", LIST)
    ran = site.run("--update", "--offline", "--yes")
    assert ran.code == 1
    assert site.known.asked == []
    assert site.states() == {"doi:10.5555/a": "retracted", "pmid:123": "concern"}
    assert "Retraction of 2024-03-05 by the list of Retraction Watch." in ran.out
    first = site.lock
    site.run("--update", "--offline", "--yes", now="2026-06-05T12:00:00Z")
    assert site.lock == first


def test_a_paper_that_was_reinstated_is_fine_again(site: Site) -> None:
    site.settings = 'retraction-watch = "list.csv"\n'
    site.write("list.csv", LIST + "4,Rest,10.5555/a,0,Reinstatement,4/6/2025 0:00,\n")
    site.run("--update", "--yes")
    assert site.states()["doi:10.5555/a"] == "verified"


def test_a_correction_lifts_no_retraction(site: Site) -> None:
    """Only a reinstatement does; nor does the order of the rows count."""
    rows = [
        "4,Rest,10.5555/a,0,Correction,4/6/2025 0:00,\n",
        "5,Rest,10.5555/a,0,Expression of concern,3/5/2024 0:00,\n",
    ]
    site.settings = 'retraction-watch = "list.csv"\n'
    site.write("list.csv", LIST + "".join(rows))
    site.run("--update", "--yes")
    assert site.states()["doi:10.5555/a"] == "retracted"


def test_a_notice_without_a_day_names_none(site: Site) -> None:
    site.settings = 'retraction-watch = "list.csv"\n'
    site.write("list.csv", LIST.replace("3/5/2024 0:00", "soon"))
    ran = site.run("--update", "--yes")
    assert "Retraction by the list of Retraction Watch." in ran.out


def test_the_local_list_makes_no_answer_younger(site: Site) -> None:
    """Else a host would not be asked again for as long as the list is looked at."""
    site.run("--update", "--yes")
    site.settings = 'retraction-watch = "list.csv"\n'
    site.write("list.csv", LIST)
    site.run("--update", "--offline", "--yes", now="2026-11-01T12:00:00Z")
    assert site.states()["doi:10.5555/a"] == "retracted"
    assert json.loads(site.lock or "")["sources"]["doi:10.5555/a"]["asked"] == "2026-06-01"


@pytest.mark.parametrize("days", [3_660_000, 99_999_999_999])
def test_answers_that_hold_beyond_the_calendar(site: Site, days: int) -> None:
    site.settings = f"max-age-days = {days}\n"
    assert site.run("--update", "--yes").code == 0
    assert json.loads(site.lock or "")["sources"]["pmid:123"]["until"] == "9999-12-31"
    assert site.run().code == 0


def test_a_lock_with_the_line_ends_of_windows_is_written_anew(site: Site) -> None:
    site.run("--update", "--yes")
    path = site.root / "evidence.lock"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    site.write("posts/tea.md", "Tea helps (doi:10.5555/tea).\n")
    site.known.work("10.5555/tea", "Tea")
    assert site.run("--update", "--yes").code == 0
    assert "doi:10.5555/tea" in site.states()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("list\\u0000.csv", None, "lies outside the site"),
        ("loop.csv", None, "lies outside the site"),
        ("list.csv", None, "list.csv could not be read"),
        ("list.csv", "a,b\n1,2\n", "list.csv has no column OriginalPaperDOI"),
        ("list.csv", "", "list.csv has no column OriginalPaperDOI"),
        ("list.csv", LIST + '5,"' + "x" * 200_000, "cannot be read as CSV"),
        ("../list.csv", LIST, "lies outside the site"),
    ],
)
def test_a_bad_list_is_named_and_the_answers_are_kept(
    site: Site, name: str, text: str | None, words: str
) -> None:
    site.settings = f'retraction-watch = "{name}"\n'
    (site.root / "loop.csv").symlink_to("loop.csv")
    if text is not None:
        site.write(name, text)
    ran = site.run("--update", "--yes")
    assert ran.code == 2
    assert words in ran.err
    assert site.states() == {"doi:10.5555/a": "verified", "pmid:123": "verified"}


def test_only_the_posts_that_are_named(site: Site) -> None:
    site.write("posts/other.md", "Tea helps (doi:10.5555/tea).\n")
    site.known.work("10.5555/tea", "Tea")
    site.run("--update", "--yes", "posts/other.md")
    assert site.known.asked == ["doi:10.5555/tea"]
    site.run("--update", "--yes")
    assert site.states().keys() == {"doi:10.5555/a", "doi:10.5555/tea", "pmid:123"}


def test_pages_and_other_agencies_are_shown_as_not_verified(site: Site) -> None:
    site.write("posts/rest.md", "Rest ([label](https://www.fda.gov/drugs/x)), doi:10.5555/d.\n")
    site.known.agencies["10.5555/d"] = "datacite"
    ran = site.run("--update", "--yes")
    assert ran.code == 0
    assert "Only sources with a DOI or PMID can be looked up." in ran.out
    assert "doi:10.5555/d   It is registered with another agency than Crossref." in ran.out
    assert site.lock is None


def test_json(site: Site) -> None:
    site.run("--update", "--yes")
    data = json.loads(site.run("--format", "json").out)
    assert data["version"] == 1
    assert data["failures"] == []
    by_name = {each["source"]: each for each in data["sources"]}
    assert by_name["pmid:123"] == {
        "source": "pmid:123",
        "state": "verified",
        "title": "Walking and the back pain of nurses.",
        "note": "",
        "asked": "2026-06-01",
        "until": "2026-11-28",
        "by": "pubmed",
        "cited": [{"path": "posts/rest.md", "line": 7, "for": "Walking helps."}],
    }


@pytest.mark.parametrize("arguments", [(), ("--update", "--yes")])
def test_a_lock_of_a_newer_version_is_refused_and_left(site: Site, arguments: Any) -> None:
    site.write("evidence.lock", '{"version": 7, "sources": {}}')
    with pytest.raises(CopydeskError, match="is of version 7") as caught:
        site.run(*arguments)
    assert caught.value.failure.path == "evidence.lock"
    assert site.known.asked == []
    assert site.lock == '{"version": 7, "sources": {}}'


def test_a_lock_that_changed_meanwhile_is_not_written_over(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(handler: Any) -> None:
        site.write("evidence.lock", '{"version": 1, "sources": {}}\n')
        site.known._crossref(handler, "10.5555/a", False)

    site.known.odd["doi:10.5555/a"] = [other]
    with pytest.raises(CopydeskError, match="was changed meanwhile"):
        site.run("--update", "--yes")
    assert site.states() == {}


def test_the_evidence_of_the_register_is_looked_up_too(site: Site) -> None:
    site.write(
        "claims.toml",
        'version = 1\n\n[[claim]]\nid = "tea"\nstatement = "Tea may help."\n'
        'status = "draft"\n\n[[claim.evidence]]\ndoi = "10.5555/tea"\n',
    )
    site.known.work("10.5555/tea", "Tea")
    ran = site.run("--update", "--yes")
    assert "cited in claims.toml:" in ran.out, ran.err
    assert site.states()["doi:10.5555/tea"] == "verified"


def test_a_source_that_is_none_leaves_the_lock_in_order(site: Site) -> None:
    """A register may hold what begins like a DOI, and a post the number of no paper."""
    site.write(
        "claims.toml",
        'version = 1\n\n[[claim]]\nid = "tea"\nstatement = "Tea may help."\nstatus = "draft"\n'
        '\n[[claim.evidence]]\ndoi = "10.5555/tea and more"\n'
        '\n[[claim.evidence]]\npmid = "000"\n'
        '\n[[claim.evidence]]\npmid = "00123"\n',
    )
    site.write("posts/tea.md", "Tea may help, PMID: 0, PMC00000 and (10.5555/).\n")
    ran = site.run("--update", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert site.known.asked == ["doi:10.5555/a", "pmid:123"]
    assert "unverified      10.5555/tea and more" in ran.out
    assert site.run().code == 0


def test_help_names_an_example() -> None:
    assert isinstance(command(), click.Command)
    assert "copydesk claims sources --update" in (command().epilog or "")
