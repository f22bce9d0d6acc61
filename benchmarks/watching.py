"""How long a writer waits: from the save of a post to its findings in `copydesk watch`."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.posts import write_site
from benchmarks.table import Row
from benchmarks.timing import copydesk

#: Seconds between two saves, so that each is seen by itself.
_PAUSE = 0.3


def waits(folder: Path, posts: int, times: int) -> Iterator[Row]:
    """Measure saves of single posts on a clock; the budget is for 600 posts."""
    site = write_site(folder / "watched", posts)
    env = {**os.environ, "XDG_CACHE_HOME": str(folder / ".cache"), "PYTHONUTF8": "1"}
    watch = subprocess.Popen(
        copydesk("watch", "posts"),
        cwd=site,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    try:
        _until(watch, "Ctrl-C ends this")
        chosen = sorted((site / "posts").rglob("*.md"))[: times + 1]
        first, *rest = [_save(watch, path) for path in chosen]
        name = f"watch of {posts:,} posts: from save to findings, wall clock"
        yield Row(name, 1000 * median(rest or [first]), "ms", 200)
    finally:
        watch.kill()
        watch.wait()


def _save(watch: subprocess.Popen[str], path: Path) -> float:
    time.sleep(_PAUSE)
    text = path.read_text("utf-8") + "\nOne more line of the day.\n"
    started = time.perf_counter()
    path.write_text(text, "utf-8")
    _until(watch, "1 post checked")
    return time.perf_counter() - started


def _until(watch: subprocess.Popen[str], words: str) -> None:
    assert watch.stdout is not None
    for line in watch.stdout:
        if words in line:
            return
    raise RuntimeError(f"the watch ended with {watch.wait()}")
