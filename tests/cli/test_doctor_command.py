"""`doctor`: the lines people see, the document programs read, and the exit code."""

from __future__ import annotations

import json

import pytest
from cli_kit import post, process, tree, write


@pytest.fixture(autouse=True)
def site(here):
    write("copydesk.toml", 'root = true\ntimezone = "America/Denver"\n')
    write("posts/fees.md", post("Fees"))


def test_all_is_well(copydesk, here):
    before = tree()
    ran = copydesk("doctor")
    assert ran.code == 0, ran.said
    lines = ran.out.splitlines()
    assert all(line.startswith("ok      ") for line in lines[:-1])
    assert lines[-1] == f"{len(lines) - 1} looked at: {len(lines) - 1} ok."
    assert ran.err == ""
    assert tree() == before


def test_what_is_not_well(copydesk, here):
    write("copydesk.toml", 'root = true\n[targets.a]\nkind = "foldr"\n')
    ran = copydesk("doctor", "posts")
    assert ran.code == 2
    (failed,) = (n for n, line in enumerate(ran.out.splitlines()) if line.startswith("failed"))
    assert "no plugin publishes to targets of kind 'foldr'" in ran.out.splitlines()[failed]
    assert ran.out.splitlines()[failed + 1].strip() == "Did you mean folder?"
    assert "1 to look at, 1 failed." in ran.out.splitlines()[-1]


def test_warnings_alone_are_no_failure(copydesk, here):
    write("copydesk.toml", "root = true\n")
    ran = copydesk("doctor")
    assert ran.code == 0
    assert "\nwarn    time zone " in ran.out


def test_json(copydesk, here):
    ran = copydesk("doctor", "--format", "json", "--now", "2001-01-01T00:00:00Z")
    assert ran.code == 0
    document = json.loads(ran.out)
    assert document["version"] == 1
    assert {"status", "about", "message", "help"} == set(document["checks"][0])
    counts = [each["status"] for each in document["checks"]]
    summary = document["summary"]
    assert summary == {word: counts.count(word) for word in ("ok", "warn", "failed")}
    assert summary["warn"] >= 2, "the clock is before everything here"


def test_a_site_with_broken_settings(copydesk, here):
    write("copydesk.toml", "root = true\nx = \n")
    ran = copydesk("doctor")
    assert ran.code == 2
    assert "copydesk.toml:2:5 is not valid TOML" in ran.out


def test_a_path_that_is_not_there(copydesk, here):
    assert copydesk("doctor", "nowhere").code == 2


def test_a_name_that_could_steer_the_terminal(copydesk, here):
    write("copydesk.toml", 'root = true\n[targets."a\\u001b[31m"]\nkind = "folder"\n')
    write("site/\x1b[31m.html", "x")
    ran = copydesk("doctor")
    assert "\x1b" not in ran.said


def test_without_addresses_nothing_is_loaded_for_them(here):
    ran = process("doctor", python=("-X", "importtime"))
    assert ran.code == 0
    for package in ("keyring", "requests", "idna"):
        assert f" {package}\n" not in ran.err
