"""Ways to do many units of work: here, in processes, on a cluster. All give the same results.

A worker gets a `Setup` once and then requests; requests and answers are JSON values.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from copydesk.codec import failure_to_json
from copydesk.model.finding import Failure
from copydesk.workbench import Setup, Workbench, no_answer

Request = Mapping[str, Any]
Answer = dict[str, Any]

#: Posts handed to a worker at a time: enough to hide the cost of handing over.
_BATCH = 8
_bench: Workbench | None = None


class Jobs(Protocol):
    """Does units of work; answers come in any order with the key of their request."""

    def run(self, requests: Iterable[Request]) -> Iterator[tuple[str, Answer]]:
        """Examine posts and yield (key, answer) pairs."""

    def close(self) -> None:
        """End all workers."""


def start(setup: Setup) -> None:
    """Build the workbench of a worker process."""
    global _bench
    _bench = Workbench(setup)


def _start_process(setup: Setup) -> None:
    """Build the workbench of a process of ours; what plugins print goes to standard error."""
    end_at_once()
    sys.stdout = sys.stderr
    start(setup)


def end_at_once() -> None:
    """Let a process of ours end without a word when it is told to.

    A handler in Python, as the pool sets one, may be gone when the signal comes while the process
    ends by itself; Python then prints a traceback over which nobody has any say.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def bench_for(setup: Setup) -> Workbench:
    """Return this process's workbench for a setup; it is kept until another setup is wanted."""
    global _bench
    bench = _bench
    if bench is None or bench.setup != setup:
        bench = _bench = Workbench(setup)
    return bench


def examine_batch(requests: Sequence[Request]) -> list[Answer]:
    """Examine some posts in a worker process."""
    if _bench is None:
        raise RuntimeError("the worker has no workbench")
    return [_bench.examine(request) for request in requests]


class Serial:
    """Does everything in this process."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def run(self, requests: Iterable[Request]) -> Iterator[tuple[str, Answer]]:
        """Examine posts one after the other."""
        for request in requests:
            yield request["key"], self._bench.examine(request)

    def close(self) -> None:
        """Do nothing: there are no workers."""


class Processes:
    """Does the work in worker processes on this machine."""

    def __init__(self, setup: Setup, workers: int) -> None:
        self._pool = start_pool(setup, workers)
        self._window = workers * 4

    def run(self, requests: Iterable[Request]) -> Iterator[tuple[str, Answer]]:
        """Examine posts in batches, a bounded number of them under way at once."""
        from concurrent.futures import FIRST_COMPLETED, wait

        running: dict[Any, list[Request]] = {}
        batches = batches_of(requests)
        more = True
        while more or running:
            while more and len(running) < self._window:
                batch = next(batches, None)
                if batch is None:
                    more = False
                else:
                    running[self._pool.schedule(examine_batch, args=(batch,))] = batch
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                batch = running.pop(future)
                yield from answers_of(future, batch)

    def close(self) -> None:
        """End all workers."""
        self._pool.stop()
        self._pool.join()


def answers_of(future: Any, batch: list[Request]) -> Iterator[tuple[str, Answer]]:
    """Yield what came of a batch; where its worker ended, a named failure for each post."""
    try:
        answers = future.result()
    except Exception as error:  # a worker that died takes its batch with it: named, not silent
        failure = Failure(
            "plugin",
            f"a worker process ended while it worked on this post: {error}",
            "Run again with --jobs 1 to see which post is the cause.",
        )
        answers = [_lost(failure, request["path"]) for request in batch]
    yield from zip((request["key"] for request in batch), answers, strict=True)


def _lost(failure: Failure, path: str) -> Answer:
    return {**no_answer(), "failures": [failure_to_json(failure._replace(path=path))]}


def batches_of(requests: Iterable[Request]) -> Iterator[list[Request]]:
    """Group requests, so that handing them over costs little."""
    batch: list[Request] = []
    for request in requests:
        batch.append(request)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def start_pool(setup: Setup, workers: int) -> Any:
    """Start worker processes that each build the same workbench."""
    import multiprocessing

    from pebble import ProcessPool

    # Spawned workers behave the same on every system and inherit no open file or lock.
    return ProcessPool(
        max_workers=workers,
        initializer=_start_process,
        initargs=(setup,),
        context=multiprocessing.get_context("spawn"),
    )
