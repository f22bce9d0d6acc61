"""Gives the same posts to each tool in turn and measures what it takes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.peers.installing import installed
from benchmarks.peers.tools import COPYDESK, Tool
from benchmarks.posts import Writer
from benchmarks.timing import Cost, run

#: How many posts a tool has to say something of, and how much of what it says instead is shown.
_TRIED, _SHOWN = 20, 300
_TINY = "A short post.\n"
#: The keyphrase that Yoast is given for the posts, whose titles all begin with it.
_KEYPHRASE = "visit"


class Measured(NamedTuple):
    """What a tool took: CPU seconds to start and for each post, peak memory; or why not.

    `start` is a run on one sentence; what a post takes is what comes on top of it.
    """

    tool: Tool
    posts: int = 0
    start: float = 0.0
    each: float = 0.0
    peak_kb: float = 0.0
    failed: str = ""


def write_posts(folder: Path, posts: int) -> list[str]:
    """Write posts, and beside each what Yoast is given of it; return their paths."""
    import pyromark

    (folder / "posts").mkdir(parents=True)
    (folder / "copydesk.toml").write_text("root = true\n", "utf-8")
    names = []
    for number in range(posts):
        text = Writer(number).post()
        _, front_matter, body = text.split("---\n", 2)
        values = dict(line.split(": ", 1) for line in front_matter.splitlines())
        page = {
            "html": pyromark.html(body),
            "keyphrase": _KEYPHRASE,
            **{key: values[key] for key in ("title", "description", "slug")},
        }
        names.append(_write(folder, f"visit-{number:05}", text, page))
    return names


def write_tiny(folder: Path) -> list[str]:
    """Write a post of one sentence, alone in its folder."""
    (folder / "posts").mkdir(parents=True)
    page = {"html": f"<p>{_TINY}</p>", "keyphrase": _KEYPHRASE}
    return [_write(folder, "tiny", _TINY, {**page, "title": "", "description": "", "slug": ""})]


def _write(folder: Path, name: str, text: str, page: dict[str, str]) -> str:
    (folder / "posts" / f"{name}.md").write_text(text, "utf-8")
    (folder / "posts" / f"{name}.json").write_text(json.dumps(page), "utf-8")
    return f"posts/{name}.md"


def measured(
    tools: Sequence[Tool], folder: Path, cache: Path, posts: int, times: int, offline: bool
) -> Iterator[Measured]:
    """Yield what each tool took, the median of some rounds, Copydesk first."""
    names, tiny = write_posts(folder / "many", posts), write_tiny(folder / "tiny")
    for tool in (COPYDESK, *tools):
        try:
            home = installed(tool, cache, offline)
            _prove(tool, home, folder / "many", names[:_TRIED])
            some = names[: tool.most]
            starts = [_run(tool, home, folder / "tiny", tiny) for _ in range(times + 1)][1:]
            costs = [_run(tool, home, folder / "many", some) for _ in range(times)]
        except RuntimeError as error:
            yield Measured(tool, failed=str(error))
            continue
        start = median(cost.cpu for cost in starts)
        each = (median(cost.cpu for cost in costs) - start) / len(some)
        yield Measured(tool, len(some), start, each, median(cost.peak_kb for cost in costs))


def _prove(tool: Tool, home: Path, folder: Path, posts: Sequence[str]) -> None:
    """Raise RuntimeError where a tool says nothing: it found no rules, or no posts."""
    done = subprocess.run(tool.command(home, posts), cwd=folder, capture_output=True, text=True)
    said = done.stdout + done.stderr
    if tool.proof not in said:
        shown = " ".join(said.split())[-_SHOWN:]
        raise RuntimeError(f"it said nothing of {len(posts)} posts with faults: {shown}")


def _run(tool: Tool, home: Path, folder: Path, posts: Sequence[str]) -> Cost:
    allowed = range(256) if tool.allowed is None else tool.allowed
    return run(tool.command(home, posts), folder, tuple(allowed))
