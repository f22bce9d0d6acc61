"""Going through a live site: what is asked, how often, how fast, and what an answer becomes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from copydesk.api import CopydeskError
from copydesk.http import NoAnswer, Session
from copydesk_plugins.publishers.cms.crawling import LIMITS, Crawler, Limits

sys.path.insert(0, str(Path(__file__).parents[2] / "core"))

from loopback_kit import send, server  # found through the line above

Handle = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def answer(robots: str = "", pages: dict[str, Handle] | None = None) -> Handle:
    """Return a site: a robots.txt, some pages, and nothing else."""

    def handle(request: BaseHTTPRequestHandler) -> None:
        if request.path == "/robots.txt":
            send(request, robots.encode(), status="200" if robots else "404")
        else:
            (pages or {}).get(request.path, lambda it: send(it, b"none", status="404"))(request)

    return handle


def page(text: str, **headers: str) -> Handle:
    return lambda request: send(request, text.encode(), **headers)


class Clock:
    """A clock that only moves when it is asked; `slept` holds the pauses."""

    def __init__(self, step: float = 0.0) -> None:
        self.now, self.step = 0.0, step
        self.slept: list[float] = []

    def time(self) -> float:
        self.now += self.step
        return self.now

    def crawler(self, address: str, limits: Limits = LIMITS) -> Crawler:
        session = Session(address, "the address", sleep=self.slept.append)
        return Crawler(session, limits, self.slept.append, self.time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_page_is_asked_for_as_a_stranger(clock: Clock):
    with server(answer(pages={"/fees/": page("<p>Fees</p>", X_Robots_Tag="noindex")})) as (
        at,
        seen,
    ):
        found = clock.crawler(at).visit(f"{at}/fees/")
    assert found is not None
    assert (found.status, found.body, found.robots) == (200, b"<p>Fees</p>", "noindex")
    assert [each.path for each in seen] == ["/robots.txt", "/fees/"]
    for each in seen:
        assert each.command == "GET"
        assert {"authorization", "cookie"}.isdisjoint(name.lower() for name in each.headers)
        assert each.headers["User-Agent"].startswith("copydesk/")


def test_where_a_page_leads_to_on_this_host_and_on_another(clock: Clock):
    moved = page("", status="301", Location="/prices/")
    away = page("", status="302", Location="https://other.example/")
    pages = {"/fees/": moved, "/prices/": page("<p>Prices</p>"), "/away/": away}
    with server(answer(pages=pages)) as (at, seen):
        crawler = clock.crawler(at)
        one, two = crawler.visit(f"{at}/fees/"), crawler.visit(f"{at}/away/")
        three = crawler.visit("https://other.example/fees/")
    assert one is not None and two is not None and three is not None
    assert (one.status, one.leads_to) == (200, f"{at}/prices/")
    assert two.status == 0
    assert "https://other.example" in two.why
    assert three.why == "it is on another site, which was not asked"
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("robots", "asked", "closed"),
    [
        ("", True, False),
        ("User-agent: *\nDisallow: /\n", True, True),
        ("User-agent: *\nDisallow: /wp-admin/\n", True, False),
        ("User-agent: copydesk\nDisallow: /\n", False, False),
        ("User-agent: Googlebot\nDisallow: /\n", True, False),
        ("\xff\x00 nonsense\nDisallow", True, False),
    ],
)
def test_robots_txt(clock: Clock, robots: str, asked: bool, closed: bool):
    with server(answer(robots, {"/fees/": page("<p>Fees</p>")})) as (at, seen):
        crawler = clock.crawler(at)
        found = crawler.visit(f"{at}/fees/")
        assert crawler.closed_to_robots(f"{at}/fees/") is closed
    assert found is not None
    assert (found.status == 200) is asked
    assert len(seen) == (2 if asked else 1)
    if not asked:
        assert found.why == "robots.txt there asks Copydesk to stay away"


def test_no_more_pages_than_the_limit(clock: Clock):
    with server(answer()) as (at, seen):
        crawler = clock.crawler(at, LIMITS._replace(pages=3))
        found = [crawler.visit(f"{at}/{number}") for number in range(5)]
    assert [each is None for each in found] == [False, False, False, True, True]
    assert crawler.left == 2
    assert len(seen) == 4


def test_no_longer_than_the_limit():
    clock = Clock(step=10.0)
    with server(answer()) as (at, seen):
        crawler = clock.crawler(at, LIMITS._replace(seconds=65.0))
        found = [crawler.visit(f"{at}/{number}") for number in range(9)]
    asked = [each for each in found if each is not None]
    assert 0 < len(asked) < 9
    assert crawler.left == 9 - len(asked)
    assert len(seen) == 1 + len(asked)


def test_there_is_a_pause_as_long_as_the_answer_took():
    clock = Clock(step=0.5)
    with server(answer()) as (at, _):
        clock.crawler(at).visit(f"{at}/fees/")
        assert clock.slept == [0.5]
        clock.step = 60.0
        clock.crawler(at).visit(f"{at}/fees/")
        assert clock.slept == [0.5, LIMITS.pause]


def test_a_busy_site_is_given_the_time_it_asks_for(clock: Clock):
    busy = page("busy", status="503", Retry_After="7")
    with server(answer(pages={"/fees/": busy})) as (at, seen):
        found = clock.crawler(at).visit(f"{at}/fees/")
    assert found is not None
    assert found.status == 503
    assert clock.slept == [7.0, 7.0, 0.0]
    assert len(seen) == 4


def test_a_page_that_is_too_long_is_told_and_the_next_is_asked_for(clock: Clock):
    pages = {"/long/": page("x" * 3000), "/fees/": page("<p>Fees</p>")}
    with server(answer(pages=pages)) as (at, _):
        crawler = clock.crawler(at, LIMITS._replace(bytes=2000))
        long, fees = crawler.visit(f"{at}/long/"), crawler.visit(f"{at}/fees/")
    assert long is not None and fees is not None
    assert (long.status, long.body) == (0, b"")
    assert "more than 2,000 bytes" in long.why
    assert fees.status == 200


def test_a_site_that_is_gone_ends_the_look(clock: Clock):
    with server(answer(pages={"/fees/": page("<p>Fees</p>")})) as (at, _):
        crawler = clock.crawler(at)
        assert crawler.visit(f"{at}/fees/") is not None
    told = [crawler.visit(f"{at}/{number}/") for number in range(2)]
    assert all(each is not None and "could not be reached" in each.why for each in told)
    with pytest.raises(NoAnswer, match="could not be reached"):
        crawler.visit(f"{at}/2/")


def test_a_site_that_is_not_there_cannot_be_looked_at(clock: Clock):
    with server(answer()) as (at, _):
        pass
    with pytest.raises(CopydeskError, match="could not be reached"):
        clock.crawler(at)
