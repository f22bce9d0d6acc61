"""CPU time of each part of the work on one post, against a bare parse of the same post."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import pyromark

from benchmarks.posts import Writer
from benchmarks.table import Row
from copydesk import registry
from copydesk.metadata import ReadingSettings
from copydesk.model.context import Counted, PostContext
from copydesk.model.post import Post
from copydesk.sources import decode
from copydesk.workbench import Setup, Workbench, request_of

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def phases(posts: int, times: int) -> Iterator[Row]:
    """Measure each phase over some different posts; the first pass only warms up."""
    refs = tuple(registry.built_in_refs())
    bench = Workbench(Setup(refs, Path(), ReadingSettings(), _NOW))
    sources = [
        decode(Writer(number).post().encode(), f"{number}.md", f"{number}.md")
        for number in range(posts)
    ]
    requests = [request_of(source) for source in sources]
    read = [bench.read(request) for request in requests]
    parser = pyromark.Markdown()
    bare = [lambda text=source.text: list(parser.events_with_range(text)) for source in sources]
    work: dict[str, list[Callable[[], Any]]] = {
        "read": [lambda r=request: bench.read(r) for request in requests],
        "count": [lambda p=post: _count(p) for post in read],
    }
    for plugin in ("basics", "readability", "artefacts", "claims"):
        work[plugin] = [lambda p=post, name=plugin: _rules(bench, p, name) for post in read]
    rules = _all_rules(bench)
    light = [rule for rule in rules if not rule[0].startswith("claims.")]
    for name, some in (("read and all rules but claims", light), ("read and all rules", rules)):
        work[name] = [lambda r={**request, "rules": some}: bench.examine(r) for request in requests]
    for name, calls in work.items():
        share = median(_seconds(calls) / _seconds(bare) for _ in range(times + 1))
        yield Row(f"CPU of one post: {name}", share, "parses", None)


def _seconds(calls: list[Callable[[], Any]]) -> float:
    started = time.process_time()
    for call in calls:
        call()
    return time.process_time() - started


def _count(post: Post) -> None:
    counted = Counted(post)
    for unit in post.units:
        counted.syllables(unit)


def _all_rules(bench: Workbench, plugin: str = "") -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (rule.id, rule.severity, {})
        for rule in bench.registry.rules.values()
        if rule.scope == "post" and plugin in ("", rule.plugin)
    ]


def _rules(bench: Workbench, post: Post, plugin: str) -> None:
    """Run the rules of one plugin on a post whose words are counted anew."""
    bench._run(post, PostContext(post, _NOW), _all_rules(bench, plugin))
