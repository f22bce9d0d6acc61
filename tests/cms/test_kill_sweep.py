"""A run that is killed at any request, and run again, ends as one that nothing disturbed.

Killed means SIGKILL, at two moments of a request: before the system saw it, and when the system has
done the work but nobody has heard of it yet. For reads, where both are the same, only before.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cms_kit import Site, kill, shown
from fault_proxy import WRITES, FaultProxy, Request
from faults_kit import End, end, fill, never, public, settled
from systems_kit import System

SLUGS = ("bread", "cake", "jam", "milk", "tea")
#: How many of the moments `make test-cms` tries, spread over the run.
SAMPLE = 6


def publish_until(site: Site, proxy: FaultProxy, number: int, after: bool) -> bool:
    """Publish, and kill the run at a request; say whether it came that far."""
    killed = []
    process = site.start("publish", "--to", site.target, "--yes", "--go-live")

    def cut(request: Request) -> None:
        if request.number == number:
            kill(process)
            process.wait()
            killed.append(request)
            raise ConnectionResetError

    proxy.before, proxy.after = (None, cut) if after else (cut, None)
    process.communicate(timeout=300)
    proxy.before = proxy.after = None
    return bool(killed)


def moments(log: list[Request]) -> list[tuple[int, bool]]:
    """Return every moment at which a run of these requests can be killed."""
    found = []
    for request in log:
        found.append((request.number, False))
        if request.method in WRITES:
            found.append((request.number, True))
    return found


def survives(
    system: System, site: Site, proxy: FaultProxy, moment: tuple[int, bool], expected: End
) -> None:
    """Kill a run at a moment, run again, and compare."""
    fill(site, SLUGS)
    assert publish_until(site, proxy, *moment), "the run ended before that request"
    never(system, proxy)
    again = site.go_live()
    assert again.code == 0, again.said
    settled(site, system, proxy, expected)
    public(system, SLUGS)


def sweep(
    system: System,
    site: Callable[..., Site],
    fault_proxy: Callable[[System], FaultProxy],
    most: int,
) -> tuple[int, list[str]]:
    """Kill at some moments or at all; return how many, and what went wrong."""
    proxy = fault_proxy(system)
    first = site(system, proxy.url, name="undisturbed")
    fill(first, SLUGS)
    ran = first.go_live()
    assert ran.code == 0, ran.said
    expected = end(system)
    every = moments(proxy.log())
    chosen = every[:: max(1, len(every) // most)]
    failures = []
    for number, after in chosen:
        system.clean()
        proxy.reset()
        name = f"{number}-{'after' if after else 'before'}"
        try:
            survives(system, site(system, proxy.url, name=name), proxy, (number, after), expected)
        except AssertionError as error:
            failures.append(f"killed {name}: {error}\n{shown(proxy.log())}")
    return len(chosen), failures


def test_a_run_killed_at_some_requests_ends_the_same(
    cms: System, site: Callable[..., Site], fault_proxy: Callable[[System], FaultProxy]
) -> None:
    number, failures = sweep(cms, site, fault_proxy, SAMPLE)
    assert number >= SAMPLE
    assert not failures, "\n\n".join(failures)


@pytest.mark.full
def test_a_run_killed_at_every_request_ends_the_same(
    cms: System,
    site: Callable[..., Site],
    fault_proxy: Callable[[System], FaultProxy],
    record_property: Callable[[str, object], None],
) -> None:
    number, failures = sweep(cms, site, fault_proxy, 1_000)
    record_property("moments", number)
    record_property("same end", number - len(failures))
    assert not failures, "\n\n".join(failures)
