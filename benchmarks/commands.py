"""What whole commands cost: start, one post, many posts cold and warm, two jobs, memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.posts import write_site
from benchmarks.table import Row
from benchmarks.timing import copydesk, empty_run, ratio, run

_LINT = ("lint", "posts", "--format", "json", "--output", "report.json", "--jobs")


def start(folder: Path, times: int) -> Iterator[Row]:
    """Measure `--version`, and one post that is alone in its site."""
    site = write_site(folder / "one", 1)
    (site / "copydesk.toml").unlink()  # a post and nothing else
    # 20 ms are a fixed part of the budget, so it is told in empty runs of this machine.
    budget = 3 + 0.020 / empty_run(site, 9)
    yield Row("copydesk --version", ratio(copydesk("--version"), site, times), "x", budget)
    one = copydesk("lint", "posts/visit-00000.md", "--no-cache")
    yield Row("lint of one post, alone in its site", ratio(one, site, times), "x", 12)


def many(folder: Path, posts: int, times: int) -> Iterator[Row]:
    """Measure many posts: cold, unchanged, and with two jobs; budgets are for 1,000 posts."""
    share = posts / 1000
    site = write_site(folder / "many", posts)
    cold = copydesk(*_LINT, "1", "--no-cache")
    yield Row(f"lint of {posts:,} cold posts, JSON", ratio(cold, site, times), "x", 600 * share)
    clean = write_site(folder / "clean", posts, faults=False)
    warm = copydesk(*_LINT, "1")
    if run(warm, clean).wall and '"findings":[{' in (clean / "report.json").read_text("utf-8"):
        raise RuntimeError("the posts without faults have findings")
    # Starting costs the same for few posts, so only what is above it shrinks with their number.
    yield Row(f"lint of {posts:,} unchanged posts", ratio(warm, clean, times), "x", 10 + 30 * share)
    yield Row("the cold posts, --jobs 2 : --jobs 1, wall clock", _jobs(site, times), ":1", 0.6)


def _jobs(site: Path, times: int) -> float:
    two, one = (copydesk(*_LINT, jobs, "--no-cache") for jobs in ("2", "1"))
    return median(run(two, site).wall / run(one, site).wall for _ in range(times))


def memory(folder: Path, few: int, lots: int) -> Iterator[Row]:
    """Measure what one more post adds to the peak of memory, and the peak itself."""
    peaks = []
    for posts in (few, lots):
        site = write_site(folder / f"memory-{posts}", posts)
        peaks.append(run(copydesk(*_LINT, "1", "--no-cache"), site).peak_kb)
    growth = (peaks[1] - peaks[0]) / (lots - few)
    yield Row(f"memory for each post, {few:,} to {lots:,} posts", growth, "kB", 2)
    yield Row(f"peak of memory at {lots:,} posts", peaks[1] / 1024, "MB", None)


def whole_run(folder: Path, posts: int) -> Iterator[Row]:
    """Measure `copydesk run` into a folder, the first time and once more with no change."""
    site = write_site(folder / "run", posts, faults=False)
    command = copydesk("run", "posts", "--jobs", "1")
    for name in ("first time", "again, nothing changed"):
        yield Row(f"run of {posts:,} posts, {name}", ratio(command, site, 1), "x", None)
