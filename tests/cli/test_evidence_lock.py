"""evidence.lock on the command line: refused by name when newer, part of what results hang on."""

from __future__ import annotations

import json

import pytest
from cli_kit import NOW, write

LOCK = {
    "version": 1,
    "sources": {
        "doi:10.5555/a": {"state": "retracted", "asked": "2026-05-01", "until": "2026-10-28"}
    },
}
POST = "---\ntitle: Rest\n---\n\nRest is good ([a](https://doi.org/10.5555/a)).\n"
OTHER = "---\ntitle: Hours\n---\n\nWe open at nine.\n"


@pytest.fixture(autouse=True)
def site(here) -> None:
    write("copydesk.toml", "root = true\n")
    write("posts/rest.md", POST)
    write("posts/hours.md", OTHER)


def lock(**changes: object) -> None:
    write("evidence.lock", json.dumps(LOCK | changes))


def rules(ran) -> list[str]:
    found = [each["rule"] for file in ran.json["files"] for each in file["findings"]]
    return [each for each in found if each in ("claims.retracted", "claims.source-expired")]


@pytest.mark.parametrize("command", [("lint", "posts"), ("claims", "sources")])
def test_a_newer_lock_is_named_once_and_the_exit_code_is_2(copydesk, command) -> None:
    lock(version=2)
    ran = copydesk(*command)
    assert ran.code == 2
    assert ran.said.count("evidence.lock is of version 2") == 1
    assert "Traceback" not in ran.said


def test_kept_results_hold_only_while_the_lock_does(copydesk) -> None:
    lock()
    lint = ("lint", "posts", "--format", "json", "--now", NOW)
    first = copydesk(*lint)
    assert (first.code, rules(first)) == (1, ["claims.retracted"])
    assert rules(copydesk(*lint)) == ["claims.retracted"]
    entry = LOCK["sources"]["doi:10.5555/a"] | {"state": "verified"}
    lock(sources={"doi:10.5555/a": entry})
    assert rules(copydesk(*lint)) == []
    later = ("lint", "posts", "--format", "json", "--now", "2027-06-01T12:00:00Z")
    assert rules(copydesk(*later)) == ["claims.source-expired"]


def test_sources_of_the_command_line(copydesk) -> None:
    lock()
    ran = copydesk("claims", "sources", "--now", NOW)
    assert ran.code == 1
    assert "retracted       doi:10.5555/a" in ran.out
    assert copydesk("claims", "sources", "posts/hours.md", "--now", NOW).code == 0
    missing = copydesk("claims", "sources", "posts/nowhere.md")
    assert missing.code == 2
    assert "nowhere.md" in missing.err
