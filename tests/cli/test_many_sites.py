"""Twelve clinics with six hundred posts in one repository: each a site of its own."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from cli_kit import BAD_DATE, GOOD, NOW, post, process, write

CLINICS = [f"c{number:02}" for number in range(1, 13)]
TABLE = re.compile(r"^(clinics/\S+)((?:\s+\d+)+)$", re.MULTILINE)


def clinic(name: str, posts: int) -> None:
    """Write one clinic; its posts have the names and slugs of those of every other clinic."""
    write(f"clinics/{name}/copydesk.toml", 'root = true\nextends = "../../common.toml"\n')
    for number in range(1, posts + 1):
        write(
            f"clinics/{name}/posts/p{number:02}.md",
            post(
                f"Visit {number}",
                f"On visit {number} you ring the bell, and we make tea. The garden is open.",
                id=f"v{number}",
                slug=f"visit-{number}",
                state="published",
                published=f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}T09:00:00Z",
            ),
        )


def rows(text: str) -> dict[str, list[int]]:
    return {name: [int(each) for each in cells.split()] for name, cells in TABLE.findall(text)}


@pytest.fixture
def repo(here):
    write("common.toml", 'timezone = "UTC"\n[rules]\nreadability = "off"\nseo = "off"\n')
    write("README.md", "# About these blogs\n")
    return here


@pytest.fixture
def three(repo):
    for name in ("east", "north", "south"):
        clinic(name, 2)
    return repo


def test_six_hundred_posts_of_twelve_clinics(repo):
    for name in CLINICS:
        clinic(name, 50)
    write("clinics/c03/posts/copy.md", post("Visit 1 again", id="v1"))
    write("clinics/c04/copydesk.toml", "root = true\n[rules\n")
    ran = process("check", "--format", "json", "--output", "report.json", "--now", NOW)
    assert ran.code == 2
    report = json.loads(Path("report.json").read_bytes())
    assert [failure["path"] for failure in report["failures"]] == ["clinics/c04/copydesk.toml"]
    sites = {each["path"]: each for each in report["summary"]["sites"]}
    assert list(sites) == [f"clinics/{name}" for name in CLINICS]
    assert report["summary"]["posts"] == sum(each["posts"] for each in sites.values()) == 551
    assert sites["clinics/c03"]["errors"] == report["summary"]["errors"] == 2
    assert (sites["clinics/c04"]["posts"], sites["clinics/c04"]["failures"]) == (0, 1)
    double = {
        (file["path"], related["path"])
        for file in report["files"]
        for finding in file["findings"]
        if finding["severity"] == "error"
        for related in finding["related"]
    }
    copy, first = "clinics/c03/posts/copy.md", "clinics/c03/posts/p01.md"
    assert double == {(copy, first), (first, copy)}

    table = rows(process("check", "--now", NOW).out)
    assert {name: cells[0] for name, cells in table.items()} == {
        name: each["posts"] for name, each in sites.items()
    }

    ran = process("run", "--now", NOW)
    assert ran.code == 2
    assert "Done, clinics/c01: 50 posts are on the site" in ran.out
    assert "Done, clinics/c04" not in ran.out
    assert not Path("clinics/c04/site").exists()
    for name in ("c01", "c12"):
        page = Path(f"clinics/{name}/site/visit-24.html").read_text("utf-8")
        assert set(re.findall(r'href="(visit-\d+)\.html"', page)) == {"visit-23", "visit-25"}
        assert len(list(Path(f"clinics/{name}/site").glob("visit-*.html"))) == 50


@pytest.mark.parametrize("where", [".", "clinics"])
def test_a_table_and_a_total_line(three, copydesk, where):
    write("clinics/north/posts/bad.md", BAD_DATE)
    write("clinics/south/posts/lost.md", b"\xff")
    ran = copydesk("check", where, "--now", NOW)
    assert ran.code == 2
    assert rows(ran.out) == {
        "clinics/east": [2, 0, 0, 0, 0, 0],
        "clinics/north": [3, 1, 0, 0, 0, 0],
        "clinics/south": [2, 0, 0, 0, 1, 0],
    }
    last = ran.out.splitlines()[-1]
    assert last.startswith("7 posts checked, 1 not read; 1 error, 0 warnings")
    assert ("1 file in no site (README.md)" in last) == (where == ".")


def test_one_site_has_its_counts_in_json_and_no_table(three, copydesk):
    found = copydesk("check", "clinics/north", "--format", "json", "--now", NOW).json["summary"]
    assert found["sites"] == [
        {
            "path": "clinics/north",
            "posts": 2,
            "errors": 0,
            "warnings": 0,
            "infos": 0,
            "waived": 0,
            "accepted": 0,
            "not_read": 0,
            "failures": 0,
        }
    ]
    assert not rows(copydesk("check", "clinics/north", "--now", NOW).out)


def test_each_site_is_judged_by_its_own_policy(three, copydesk):
    write(
        "clinics/north/copydesk.toml",
        'root = true\nextends = "../../common.toml"\n[check]\nfail-on = "info"\n',
    )
    write("clinics/south/posts/p01.md", post("One", mood="calm", id="v1"))
    assert copydesk("check", "--now", NOW).code == 0
    write("clinics/north/posts/p01.md", post("One", mood="calm", id="v1"))
    assert copydesk("check", "--now", NOW).code == 1


def test_waivers_and_baseline_are_those_of_the_site(three, copydesk):
    for name in ("east", "north", "south"):
        write(f"clinics/{name}/posts/bad.md", BAD_DATE)
    write(
        "clinics/north/waivers.toml",
        '[[waiver]]\npost = "posts/bad.md"\nrule = "basics.date"\nquote = "2026-02-30"\n'
        'reason = "The printer closed."\nby = ["Mara"]\n',
    )
    copydesk("baseline", "write", "clinics/south")
    ran = copydesk("check", "--now", NOW)
    assert ran.code == 1
    table = rows(ran.out)
    assert table["clinics/east"][1:4] == [1, 0, 0]
    assert table["clinics/north"][1:4] == [0, 0, 1]
    assert table["clinics/south"][1] == 0
    assert table["clinics/south"][4] > 0


@pytest.mark.parametrize("command", ["lint", "check", "plan", "publish", "run", "measure"])
def test_every_command_takes_a_folder_of_sites(three, copydesk, command):
    clock = [] if command == "measure" else ["--now", NOW]
    ran = copydesk(command, ".", *clock)
    assert ran.code == 0, ran.said
    for name in ("east", "north", "south"):
        assert f"clinics/{name}" in ran.out


def test_plans_name_their_site_and_one_that_fails_does_not_stop_the_others(three, copydesk):
    write("clinics/north/posts/p03.md", b"\xff")
    write("clinics/east/house.py", "raise SystemExit\n")
    write("clinics/east/copydesk.toml", 'root = true\nplugin-files = ["house.py"]\n')
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 2
    assert 'Plan for clinics/south, "folder" (clinics/south/site):' in ran.out
    assert "failed clinics/east nothing was published, because not every check" in ran.err
    assert not Path("clinics/east/site").exists()
    assert len(list(Path("clinics/south/site").glob("visit-*.html"))) == 2
    plans = copydesk("plan", "--format", "json", "--now", NOW).json["plans"]
    assert [plan["site"] for plan in plans] == ["clinics/north", "clinics/south"]


def test_plugin_files_of_shared_rules_lie_beside_those(three, copydesk):
    write("common.toml", 'timezone = "UTC"\nplugin-files = ["rules/house.py"]\n')
    write(
        "rules/house.py",
        """
from copydesk.api import hookimpl, rule

@rule("house.tea", summary="s", why="w", good="g", bad="b", authority="a", severity="error")
def tea(ctx):
    for unit in ctx.post.units:
        at = unit.text.find("tea")
        if at >= 0:
            yield ctx.report(ctx.span(unit, at, at + 3), "We say infusion.")

@hookimpl
def register_rules():
    return [tea]
""",
    )
    ran = copydesk("check", "--select", "house", "--now", NOW)
    assert ran.code == 1
    assert [cells[1] for cells in rows(ran.out).values()] == [2, 2, 2]


def test_a_mistake_in_shared_rules_is_named_once(three, copydesk):
    write("common.toml", 'colour = "red"\n')
    ran = copydesk("check")
    assert ran.code == 2
    assert ran.out.count("failed common.toml:1 unknown key colour") == 1


def test_a_site_without_posts_fails_and_the_others_are_checked(three, copydesk):
    shutil.rmtree("clinics/north/posts")
    ran = copydesk("check", "--now", NOW)
    assert ran.code == 2
    assert "failed clinics/north holds no posts" in ran.out
    assert rows(ran.out)["clinics/south"][0] == 2


def test_a_root_below_a_root_is_told_from_either_end(three, copydesk):
    write("copydesk.toml", "root = true\n")
    write("posts/a.md", GOOD)
    for path in (".", "clinics/north/posts/p01.md"):
        ran = copydesk("lint", path, "--now", NOW)
        assert ran.code == 2
        assert (
            "clinics/north/copydesk.toml:1 says root = true, but so does copydesk.toml" in ran.out
        )


def test_a_nested_file_that_may_be_meant_as_a_root(here, copydesk):
    write("clinics/north/copydesk.toml", 'site-title = "North"\n')
    write("clinics/north/posts/a.md")
    ran = copydesk("check", "clinics")
    assert ran.code == 2
    assert "If this folder is a site, write root = true into this file." in ran.out
