"""Which way of working `--jobs` asks for."""

from __future__ import annotations

import os

from copydesk.cluster import Cluster
from copydesk.jobs import Jobs, Processes, Serial
from copydesk.workbench import Setup, Workbench


def choose(jobs: str, setup: Setup, bench: Workbench, posts: int) -> Jobs:
    """Return the way to work that `--jobs` asks for.

    A number means processes, an address a cluster; `auto` takes one process for each 100
    posts, at most one a core: below that, starting them costs more than they save.
    """
    if "://" in jobs:
        return Cluster(setup, jobs)
    workers = min(os.cpu_count() or 1, posts // 100) if jobs == "auto" else int(jobs)
    return Processes(setup, workers) if workers > 1 else Serial(bench)
