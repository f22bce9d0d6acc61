"""The comparison with other tools runs, tells ratios, and drops no tool in silence."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from benchmarks.peers.measuring import Measured, measured, write_posts
from benchmarks.peers.report import lines
from benchmarks.peers.tools import COPYDESK, PEERS, Tool


def install(folder: Path) -> None:
    """Leave a trace, so that a second installation can be told."""
    with (folder / "installs").open("a") as file:
        file.write("once\n")


def tool(name: str, script: str, most: int = 1000) -> Tool:
    """Return a tool that is a line of Python; its arguments are the posts."""

    def command(folder: Path, posts: Sequence[str]) -> tuple[str, ...]:
        return (sys.executable, "-c", script, *posts)

    return Tool(name, "1", "nothing", install, command, "said", most=most)


GOOD = tool("good", "print('said')", most=1)
SILENT = tool("silent", "pass")
BROKEN = tool("broken", "print('said'); raise SystemExit(3)")


def test_tools_run_and_failures_are_named(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    tools = (GOOD, SILENT, BROKEN)
    found = {
        each.tool.name: each for each in measured(tools, tmp_path / "1", cache, 2, 1, offline=False)
    }
    assert list(found) == ["Copydesk", "good", "silent", "broken"]
    ours = found["Copydesk"]
    assert not ours.failed and ours.posts == 2 and ours.start > 0 and ours.peak_kb > 1000
    assert not found["good"].failed and found["good"].posts == 1
    assert "said nothing of 2 posts" in found["silent"].failed
    assert "ended with 3" in found["broken"].failed
    again = measured((GOOD,), tmp_path / "2", cache, 1, 1, offline=True)
    assert [each.failed for each in again] == ["", ""]
    assert (cache / "good-1" / "installs").read_text() == "once\n"


def test_what_is_not_installed_is_named_and_not_fetched(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    ours, *others = measured(PEERS, tmp_path / "run", cache, 1, 1, offline=True)
    assert not ours.failed
    assert len(others) == len(PEERS) >= 6
    assert all("not installed" in each.failed for each in others)
    table = "\n".join(lines([ours, *others]))
    assert all(f"Not measured: {each.name} {each.version}: it is" in table for each in PEERS)


def test_figures_are_ratios_to_copydesk() -> None:
    ours = Measured(COPYDESK, 1000, start=0.1, each=0.004, peak_kb=40 * 1024)
    slow = Measured(GOOD, 20, start=0.05, each=0.8, peak_kb=80 * 1024)
    table = list(lines([ours, slow]))
    assert table[2] == "| Copydesk | all rules, claims too | 1,000 | 1 | 1 | 1 |"
    assert table[3] == "| good 1 | nothing | 20 | 200 | 0.5 | 2 |"
    assert "1 is Copydesk: 4 ms for each post, 100 ms to start, 40 MB." in table


def test_without_copydesk_there_is_no_table() -> None:
    with pytest.raises(RuntimeError, match="no copydesk"):
        list(lines([Measured(COPYDESK, failed="there is no copydesk")]))


def test_yoast_gets_the_same_post_as_a_page(tmp_path: Path) -> None:
    (name,) = write_posts(tmp_path, 1)
    post = (tmp_path / name).read_text("utf-8")
    page = json.loads((tmp_path / name).with_suffix(".json").read_text("utf-8"))
    assert page["html"].count("<h2>") == post.count("\n## ") == 5
    assert page["title"] in post and page["keyphrase"] in page["title"].lower()
