"""`--format` and `--output` of lint and check: every format, whole files, clear refusals."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cli_kit import BAD_DATE, post, process, tree, write

from copydesk import registry
from copydesk.cli.lint import command as lint

FORMATS = ("github", "gitlab", "html", "json", "junit", "sarif", "text")
#: A page tells the hour.
NOW = ("--now", "2026-06-01T12:00:00Z")
ODD = ("a b, c: d.md", "50% #1?.md", "🌿 \u200frtl.md", "]]>.md", "::error::.md", "-dash.md")


@pytest.fixture
def posts() -> None:
    write("posts/hours.md", BAD_DATE)
    write("posts/fees.md", post("Fees", "Studies show that tea helps. 100% safe ::error::x ]]>"))
    write("posts/lost.md", b"caf\xe9")


def test_these_are_the_formats() -> None:
    assert tuple(sorted(registry.load(registry.built_in_refs()).reporters)) == FORMATS
    help = next(each.help for each in lint.params if each.name == "output_format")
    assert all(name in help for name in FORMATS)


@pytest.mark.parametrize("command", ["lint", "check"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_report_in_a_file_is_what_would_be_printed(copydesk, here, posts, command, name):
    printed = copydesk(command, "--format", name, *NOW)
    ran = copydesk(command, "--format", name, *NOW, "--output", "report")
    assert (printed.code, ran.code) == (2, 2)
    assert ran.out == ""
    lines = (here / "report").read_text(encoding="utf-8").splitlines()
    assert lines[:-1] == printed.out.splitlines()[:-1]  # the last line of `text` tells seconds
    assert set(tree()) == {"posts/hours.md", "posts/fees.md", "posts/lost.md", "report"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_log_still_says_how_it_went(copydesk, posts, name):
    ran = copydesk("check", "--format", name, "--output", "report")
    failed, help, last, place = ran.err.splitlines()
    assert failed.startswith("failed posts/lost.md:1:4 could not be read")
    assert help.startswith("       ")
    assert last.startswith("2 posts checked, 1 not read; ")
    assert place == "The report is in report."


@pytest.mark.parametrize("name", set(FORMATS) - {"text"})
def test_equal_runs_are_equal_byte_for_byte(copydesk, posts, name):
    cold = copydesk("lint", "posts", "--format", name, *NOW, "--no-cache").out
    assert copydesk("lint", "posts", "--format", name, *NOW).out == cold
    assert copydesk("lint", "posts", "--format", name, *NOW).out == cold
    other = process("lint", "posts", "--format", name, *NOW, "--jobs", "2", PYTHONHASHSEED="7")
    assert other.out == cold


@pytest.mark.parametrize("name", FORMATS)
def test_odd_names_of_files(copydesk, name):
    for each in ODD:
        write(f"posts/{each}", BAD_DATE)
    ran = copydesk("lint", "posts", "--format", name)
    assert ran.code == 1, ran.said
    assert all(char.isprintable() or char == "\n" for char in ran.out)
    if name in ("gitlab", "json", "sarif"):
        json.loads(ran.out)
    if name == "gitlab":
        paths = {entry["location"]["path"] for entry in json.loads(ran.out)}
        assert paths == {f"posts/{each}" for each in ODD}
    if name == "junit":
        assert len(ElementTree.fromstring(ran.out.encode())) == len(ODD)
    if name == "github":
        assert "file=posts/a b%2C c%3A d.md," in ran.out
        assert "file=posts/%3A%3Aerror%3A%3A.md," in ran.out


@pytest.mark.skipif(sys.platform != "linux", reason="names of files that are no Unicode")
@pytest.mark.parametrize("name", FORMATS)
def test_a_name_that_is_no_unicode(name):
    write(os.fsdecode(b"posts/caf\xe9.md"), BAD_DATE)
    ran = process("lint", "posts", "--format", name)
    assert (ran.code, ran.err) == (1, ""), ran.said
    if name == "sarif":
        assert "posts/caf%E9.md" in ran.out


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_without_posts_is_a_report_too(copydesk, name):
    ran = copydesk("check", "--format", name)
    assert ran.code == 2
    assert "holds no posts" in ran.out


@pytest.mark.parametrize(
    "given, said",
    [
        ("sarf", "Did you mean sarif?"),
        ("Junit", "Did you mean junit?"),
        ("git-lab", "Did you mean gitlab?"),
        ("checkstyle", "Known are: github, gitlab, html, json, junit, sarif, text."),
    ],
)
def test_an_unknown_format_gets_a_hint(copydesk, here, given, said):
    write("a.md")
    ran = copydesk("lint", "a.md", "--format", given, "--output", "report")
    assert ran.code == 2
    assert f"There is no format {given!r}." in ran.err
    assert said in ran.err
    assert not (here / "report").exists()


@pytest.mark.parametrize("command", ["lint", "check", "plan", "run"])
def test_a_folder_that_is_not_there_is_named_before_any_work(copydesk, here, command):
    write("posts/fees.md", post("Fees", day=3))
    before = tree()
    ran = copydesk(command, "--output", "no/such/report.txt")
    assert ran.code == 2
    assert ran.err == (
        "failed no/such/report.txt could not be written: the folder no/such is not there. "
        "Make the folder first, or name another.\n"
    )
    assert tree() == before  # `run` has published nothing


def test_a_folder_is_no_report(copydesk):
    write("posts/a.md")
    ran = copydesk("lint", "--output", "posts")
    assert ran.code == 2
    assert "posts could not be written: it is a folder." in ran.err


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX systems")
def test_a_place_that_may_not_be_written(copydesk, here, monkeypatch):
    write("posts/a.md")
    (here / "closed").mkdir(mode=0o500)
    if os.geteuid() == 0:  # root may write anywhere, so the answer is made here
        monkeypatch.setattr(os, "access", lambda path, mode: "closed" not in str(path))
    ran = copydesk("lint", "--output", "closed/report")
    assert ran.code == 2
    assert "closed/report could not be written: permission denied." in ran.err
    assert not list((here / "closed").iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_is_full_is_named(copydesk):
    write("posts/a.md", BAD_DATE)
    ran = copydesk("lint", "--output", "/dev/full")
    assert ran.code == 2
    assert "/dev/full could not be written: no space left on device." in ran.err
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="devices of POSIX systems")
def test_a_device_is_written_and_never_replaced(copydesk):
    write("posts/a.md", BAD_DATE)
    assert copydesk("lint", "--output", "/dev/null").code == 1
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_and_a_file_keeps_who_may_read_it(copydesk, here):
    write("posts/a.md", BAD_DATE)
    real = write("reports/real.txt", "old")
    real.chmod(0o640)
    (here / "report").symlink_to(real)
    assert copydesk("lint", "posts", "--output", "report").code == 1
    assert (here / "report").is_symlink()
    assert "basics.date" in real.read_text(encoding="utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_format_that_fails_leaves_the_old_file_and_nothing_half(copydesk, here):
    write("posts/a.md", BAD_DATE)
    write(
        "half.py",
        "from copydesk.api import Reporter, hookimpl\n\n\n"
        "def write_half(results, write, settings):\n"
        "    write('half')\n    raise ValueError('no')\n\n\n"
        "@hookimpl\ndef register_reporters():\n"
        "    return [Reporter('half', 'Writes half of it.', write_half)]\n",
    )
    write("report", "old")
    before = tree()
    ran = copydesk("lint", "posts", "--plugin", "half.py", "--format", "half", "--output", "report")
    assert ran.code == 2
    assert "the format half failed: ValueError: no" in ran.err
    assert tree() == before


def test_standard_output_by_name(here):
    write("posts/a.md", BAD_DATE)
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", "lint", "posts", "--format", "gitlab"]
        + (["--output", "/dev/stdout"] if Path("/dev/stdout").exists() else []),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert json.loads(done.stdout)[0]["check_name"] == "basics.date"


def test_the_github_log_says_what_changed_was_about(copydesk, here):
    for arguments in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Start"),
    ):
        write("posts/old.md")
        subprocess.run(["git", *arguments], cwd=here, check=True, capture_output=True)
    write("posts/new.md", BAD_DATE)
    ran = copydesk("check", "--changed", "--format", "github")
    assert ran.code == 1
    *found, changed, last = ran.out.splitlines()
    assert found and all(line.startswith("::error file=posts/new.md,") for line in found)
    assert changed.startswith("1 of 2 posts changed since the last commit")
    assert last.startswith("1 post checked; ")
