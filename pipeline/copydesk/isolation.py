"""Plugins that are not built in: loaded and run in a process that can be ended.

So a plugin that exits the process or never returns is a named failure, not the end of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from copydesk import registry
from copydesk.codec import failure_to_json
from copydesk.jobs import Answer, Request, bench_for, end_at_once, examine_batch, start_pool
from copydesk.model.context import SiteContext
from copydesk.model.finding import Failure
from copydesk.model.rule import OptionValue
from copydesk.model.site import Index, LivePost
from copydesk.registry import PluginRef
from copydesk.workbench import Setup, Workbench, no_answer, rule_failure


def probe(refs: Sequence[PluginRef], deadline: float) -> tuple[list[PluginRef], list[Failure]]:
    """Load each plugin in a process of its own first; return those that came back, and why not."""
    good: list[PluginRef] = []
    failures: list[Failure] = []
    if not refs:
        return good, failures
    import multiprocessing

    from pebble import ProcessExpired, ProcessPool

    pool: Any = ProcessPool(
        max_workers=1,
        initializer=end_at_once,
        context=multiprocessing.get_context("spawn"),
    )
    try:
        for ref in refs:
            future = pool.schedule(_load, args=(ref,), timeout=deadline)
            try:
                future.result()
                good.append(ref)
            except TimeoutError:
                failures.append(_failure(ref, f"did not load within {deadline:g} seconds"))
            except ProcessExpired as error:
                failures.append(
                    _failure(ref, f"ended its process while loading (exit code {error.exitcode})")
                )
            except Exception as error:  # the process itself failed, such as for want of memory
                failures.append(_failure(ref, f"could not be tried: {registry.describe(error)}"))
    finally:
        pool.stop()  # not close: after Ctrl-C nobody waits for a plugin that never returns
        pool.join()
    return good, failures


def _failure(ref: PluginRef, message: str) -> Failure:
    return Failure(
        "plugin",
        message,
        "Mend it, or leave it out (--no-external-plugins skips all that are not built in).",
        plugin=ref.shown,
    )


def _load(ref: PluginRef) -> None:
    """Load a plugin and forget it; an ordinary error is found again, and told, in the parent."""
    registry.load([ref])


def site_reports(
    setup: Setup, rule_id: str, index: Index, options: Mapping[str, OptionValue]
) -> list[Any]:
    """Run one site rule on the index and return what it yields, then the failures it noted."""
    bench = bench_for(setup)
    context = SiteContext(index, setup.now, setup.provided, bench.records.records, setup.site)
    context.with_options(options)
    return [*bench.registry.rules[rule_id].check(context), *context.failures]


def additions(
    setup: Setup, name: str, posts: tuple[LivePost, ...], options: Mapping[str, OptionValue]
) -> list[Any]:
    """Ask one enricher and return what it yields."""
    return bench_for(setup).additions(name, posts, options)


def apart(
    setup: Setup, deadline: float, function: Callable[..., list[Any]], *args: Any
) -> list[Any]:
    """Call a function of this module in a process of its own, under a deadline.

    Raises what the function raises, or RuntimeError where it never returned or its process
    ended.
    """
    from pebble import ProcessExpired

    pool = start_pool(setup, 1)
    try:
        found: list[Any] = pool.schedule(function, args=(setup, *args), timeout=deadline).result()
        return found
    except TimeoutError:
        raise RuntimeError(f"it did not return within {deadline:g} seconds") from None
    except ProcessExpired as error:
        raise RuntimeError(f"it ended its process (exit code {error.exitcode})") from None
    finally:
        pool.stop()
        pool.join()


class Isolated:
    """Runs rules that are not built in, in one process that can be ended.

    A rule that raises is blamed by the workbench; one that never returns or exits the process
    is found by asking rule by rule, blamed by name, and not asked again in this run.
    """

    def __init__(self, setup: Setup, bench: Workbench, deadline: float) -> None:
        self._setup = setup
        self._bench = bench
        self._deadline = deadline
        self._blocked: dict[str, str] = {}
        self._workers: Any = None

    def examine(self, request: Request) -> Answer:
        """Run the rules of a request; those that fail are failures of the answer."""
        rules = [rule for rule in request["rules"] if rule[0] not in self._blocked]
        asked = {**request, "rules": rules}
        answer, problem = self._call(asked, self._deadline * max(1, len(rules)))
        if answer is not None:
            return self._blame(answer, request)
        if len(rules) == 1:
            self._blocked[rules[0][0]] = problem
            return self._blame(no_answer(), request)
        merged = no_answer()
        for rule in rules:
            answer, problem = self._call({**request, "rules": [rule]}, self._deadline)
            if answer is None:
                self._blocked[rule[0]] = problem
                continue
            merged["findings"] += answer["findings"]
            merged["failures"] += answer["failures"]
            merged["measures"].update(answer["measures"])
            merged["series"].update(answer["series"])
            merged["asked"].update(answer["asked"])
        return self._blame(merged, request)

    def _blame(self, answer: Answer, request: Request) -> Answer:
        for rule_id, _, _ in request["rules"]:
            if rule_id in self._blocked:
                answer["failures"].append(
                    failure_to_json(
                        rule_failure(
                            self._bench.registry,
                            rule_id,
                            request["path"],
                            f"the rule {rule_id} {self._blocked[rule_id]}",
                        )
                    )
                )
        return answer

    def _call(self, request: Request, deadline: float) -> tuple[Answer | None, str]:
        from pebble import ProcessExpired

        if not request["rules"]:
            return no_answer(), ""
        if self._workers is None:
            self._workers = start_pool(self._setup, 1)
        future = self._workers.schedule(examine_batch, args=([request],), timeout=deadline)
        try:
            answer: Answer = future.result()[0]
        except TimeoutError:
            return None, f"did not return within {self._deadline:g} seconds"
        except ProcessExpired as error:
            return None, f"ended its process (exit code {error.exitcode})"
        except Exception as error:  # such as an answer that cannot be passed on
            return None, f"gave no answer: {registry.describe(error)}"
        return answer, ""

    def close(self) -> None:
        """End the process; a later request starts another."""
        if self._workers is not None:
            self._workers.stop()
            self._workers.join()
            self._workers = None
