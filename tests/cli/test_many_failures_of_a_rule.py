"""A rule that finds a file of the site broken in several places: each is told, and once a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_kit import post, process, write

PLUGIN = """
from copydesk.api import CopydeskError, Failure, hookimpl, rule

class Broken(CopydeskError):
    def __init__(self):
        self.failures = [Failure("config", f"has fault {at}", "Mend it.", "own.csv", line=at)
                         for at in range(1, 22)]
        super().__init__(self.failures[0])

@rule("house.broken", summary="Broken.", why="Why.", good="Good.", bad="Bad.", authority="Us.")
def broken(context):
    raise Broken
    yield

@hookimpl
def register_rules():
    return [broken]
"""


def test_each_fault_is_told_once_for_all_posts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write("broken.py", PLUGIN)
    for number in range(4):
        write(f"posts/{number}.md", post(f"Post {number}"))
    ran = process("lint", "posts", "--plugin", "broken.py", "--no-cache")
    assert ran.code == 2
    for at in range(1, 22):
        assert ran.said.count(f"has fault {at}.") == 1
