"""Starts the real systems for the tests of this folder; under CI nothing here may be skipped.

`make test-cms` runs these tests; by hand: `python -m pytest tests/cms/test_x.py -m cms`.
"""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "servers"))

from cms_kit import Site  # these are found through the lines above
from fault_proxy import FaultProxy
from ghost_kit import Ghost
from systems_kit import NoServer, System, in_ci, stop
from wordpress_kit import WordPress

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, and what needs a Ghost: `make test-cms` runs two halves."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker("cms")
        param = getattr(item, "callspec", None)
        names = {*getattr(item, "fixturenames", ()), *(param.params.values() if param else ())}
        if names & {"ghost", "clean_ghost"}:
            item.add_marker("ghost")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, None]:
    """Turn every skip and every expected failure into a failure under CI."""
    outcome = yield
    refuse_skip(outcome.get_result())


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, None]:
    """Do the same with a whole file that wants to be skipped."""
    outcome = yield
    refuse_skip(outcome.get_result())


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Make a skipped report a failed one under CI."""
    if report.skipped and in_ci():
        vars(report).pop("wasxfail", None)  # with it, pytest would not count the failure
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped under CI: {report.longrepr}"


@pytest.fixture(scope="session")
def _ended_in_order() -> Iterator[None]:
    """Stop the servers also where the run is ended from outside."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    yield
    signal.signal(signal.SIGTERM, before)


def _started(make: Callable[[Path], System], folder: Path) -> Iterator[System]:
    try:
        yield make(folder)
    except NoServer as error:
        if in_ci():
            pytest.fail(f"a server did not start: {error}", pytrace=False)
        pytest.skip(f"a server did not start: {error}")
    finally:
        stop(folder)
        shutil.rmtree(folder / "site", ignore_errors=True)


@pytest.fixture(scope="session")
def wordpress(_ended_in_order: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A real WordPress, one for all tests; see `clean_wordpress`."""
    yield from _started(WordPress, tmp_path_factory.mktemp("wordpress"))


@pytest.fixture(scope="session")
def ghost(_ended_in_order: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A real Ghost, one for all tests; see `clean_ghost`."""
    yield from _started(Ghost, tmp_path_factory.mktemp("ghost"))


@pytest.fixture
def clean_wordpress(wordpress: WordPress) -> WordPress:
    """The WordPress, put back to how it was when it was new."""
    wordpress.clean()
    return wordpress


@pytest.fixture
def clean_ghost(ghost: Ghost) -> Ghost:
    """The Ghost, put back to how it was when it was new."""
    ghost.clean()
    return ghost


@pytest.fixture(params=["clean_wordpress", "clean_ghost"], ids=["wordpress", "ghost"])
def cms(request: pytest.FixtureRequest) -> System:
    """Each of the two systems in turn, as new."""
    found: System = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def fault_proxy() -> Iterator[Callable[[System], FaultProxy]]:
    """Put a proxy before a system: `proxy = fault_proxy(cms)`."""
    made: list[FaultProxy] = []

    def put(system: System) -> FaultProxy:
        made.append(FaultProxy(system.port))
        return made[-1]

    yield put
    for proxy in made:
        proxy.close()


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Site]:
    """Make a site whose target is a system, or a proxy before it: `site(cms, proxy.url)`.

    A second site of one test needs a `name` of its own.
    """

    def make(system: System, url: str = "", user: str = "", name: str = "") -> Site:
        return Site(tmp_path / name, system, url, user)

    return make
