"""Units of work on a running Dask cluster (`pip install copydesk[cluster]`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from copydesk import jobs
from copydesk.jobs import Answer, Request, answers_of, batches_of
from copydesk.workbench import Setup

#: Batches under way at once: enough for a small cluster, little enough to keep memory flat.
_WINDOW = 64


class Cluster:
    """Does the work on a running Dask cluster, `--jobs tcp://HOST:PORT`.

    Answers are gathered as they come; nothing is pinned to a worker, so a worker that dies
    costs only what it had under way.
    """

    def __init__(self, setup: Setup, address: str) -> None:
        import distributed

        self._setup = setup
        dask: Any = distributed
        self._client = dask.Client(address, timeout=10, set_as_default=False)

    def run(self, requests: Iterable[Request]) -> Iterator[tuple[str, Answer]]:
        """Examine posts in batches, a bounded number of them under way at once."""
        import distributed

        dask: Any = distributed
        batches = batches_of(requests)
        running: dict[str, list[Request]] = {}
        waiting = dask.as_completed()
        more = True
        while more or running:
            while more and len(running) < _WINDOW:
                batch = next(batches, None)
                if batch is None:
                    more = False
                    break
                future = self._client.submit(
                    examine_on_cluster, self._setup, batch, pure=False, retries=2
                )
                running[future.key] = batch
                waiting.add(future)
            if not running:
                break
            future = next(waiting)
            yield from answers_of(future, running.pop(future.key))

    def close(self) -> None:
        """Leave the cluster; it goes on running."""
        self._client.close()


def examine_on_cluster(setup: Setup, requests: Sequence[Request]) -> list[Answer]:
    """Examine some posts on a cluster's worker, which keeps its workbench between calls."""
    if jobs.bench_setup() != setup:
        jobs.start(setup)
    return jobs.examine_batch(requests)
