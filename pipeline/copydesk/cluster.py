"""Units of work on a running Dask cluster (`pip install copydesk[cluster]`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from copydesk import jobs
from copydesk.jobs import Answer, Request, answers_of, batches_of
from copydesk.model.finding import CopydeskError, Failure
from copydesk.workbench import Setup

#: Batches under way at once: enough for a small cluster, little enough to keep memory flat.
_WINDOW = 64
#: Seconds to wait for the scheduler to answer.
_PATIENCE = 10


def _unreachable(address: str, why: str, help: str) -> CopydeskError:
    return CopydeskError(
        Failure("arguments", f"the cluster at {address} cannot be used: {why}", help)
    )


class Cluster:
    """Does the work on a running Dask cluster, `--jobs tcp://HOST:PORT`.

    Answers are gathered as they come; nothing is pinned to a worker, so a worker that dies
    costs only what it had under way.
    """

    def __init__(self, setup: Setup, address: str) -> None:
        self._setup = setup
        try:
            import distributed

            dask: Any = distributed
            self._client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
        except ImportError:
            raise _unreachable(
                address, "distributed is not installed", "Run: pip install copydesk[cluster]"
            ) from None
        except (OSError, ValueError) as error:
            raise _unreachable(
                address,
                str(error) or type(error).__name__,
                "Start the cluster's scheduler, or check the address.",
            ) from None

    def run(self, requests: Iterable[Request]) -> Iterator[tuple[str, Answer]]:
        """Examine posts in batches, a bounded number of them under way at once."""
        import distributed

        dask: Any = distributed
        batches = batches_of(requests)
        running: dict[str, list[Request]] = {}
        waiting = dask.as_completed(loop=self._client.loop)
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
    bench = jobs.bench_for(setup)
    return [bench.examine(request) for request in requests]
