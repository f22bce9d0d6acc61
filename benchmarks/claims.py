"""What finding claims costs: one post of about 60 units, and loading all built-in packs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.table import Row
from copydesk.model.context import PostContext
from copydesk.model.post import Post
from copydesk.testing import read
from copydesk_plugins.claims.detection import claims_of

#: The labelled posts that are open to all: about 60 units each, a third of them claims.
_POSTS = Path(__file__).resolve().parents[1] / "tests" / "claims" / "posts" / "open"
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_UNITS = 60
#: Imports are left out: every command pays them once, whatever packs there are.
_LOADING = """
import time
from copydesk_plugins.claims.detection.vocabulary import vocabulary
began = time.process_time()
vocabulary((), lambda name: None).find(["massage", "eases", "pain"])
print(time.process_time() - began)
"""


def claims(times: int) -> Iterator[Row]:
    """Measure finding claims in a post, words not counted, and a first load of the packs."""
    posts = [read(path.read_text("utf-8"), path.name) for path in sorted(_POSTS.glob("*.md"))]
    _found(posts)  # loads the packs
    units = sum(len(post.units) for post in posts)
    seconds = median(_found(posts) for _ in range(times))
    yield Row("claims of one post of 60 units", 1000 * seconds * _UNITS / units, "ms", 4)
    loads = median(_load() for _ in range(times))
    yield Row("loading all built-in packs", 1000 * loads, "ms", 30)


def _found(posts: list[Post]) -> float:
    contexts = [PostContext(post, _NOW) for post in posts]
    for context in contexts:
        for unit in context.post.units:
            context.words(unit)
    started = time.process_time()
    for context in contexts:
        claims_of(context)
    return time.process_time() - started


def _load() -> float:
    done = subprocess.run(
        [sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True
    )
    return float(done.stdout)
