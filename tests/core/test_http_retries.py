"""Asking again: how often, after which pause, and when not."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

import pytest
from loopback_kit import send, server

from copydesk.http import Patience, Session, retry_after
from copydesk.model.finding import CopydeskError


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def asked(
    *answers: dict[str, str], patience: Patience | None = None
) -> tuple[int, int, list[float]]:
    """Let a host give these answers in turn; return the status, the requests, and the pauses."""
    rest = list(answers)
    pauses: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, **(rest.pop(0) if len(rest) > 1 else rest[0]))

    with (
        server(answer) as (address, seen),
        Session(address, "url", 5, pauses.append) as session,
    ):
        found = session.get(address, patience=patience or Patience())
        return found.status, len(seen), pauses


OK = {"status": "200"}


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([OK], (200, 1, [])),
        ([{"status": "404"}], (404, 1, [])),
        ([{"status": "400", "Retry_After": "3"}], (400, 1, [])),
        ([{"status": "429", "Retry_After": "7"}, OK], (200, 2, [7])),
        ([{"status": "503", "Retry_After": "0"}, OK], (200, 2, [0])),
        ([{"status": "503"}, {"status": "500"}, OK], (200, 3, [1, 2])),
        ([{"status": "502"}], (502, 4, [1, 2, 4])),
        ([{"status": "429", "Retry_After": "61"}], (429, 1, [])),
        ([{"status": "429", "Retry_After": "99999999999999999999"}], (429, 1, [])),
        ([{"status": "429", "Retry_After": "-5"}, OK], (200, 2, [1])),
        ([{"status": "429", "Retry_After": "soon"}, OK], (200, 2, [1])),
        ([{"status": "429", "Retry_After": "\u00b2"}, OK], (200, 2, [1])),
        (
            [{"status": "429", "Retry_After": f"Fri, 01 Jan {9**30} 00:00:00 GMT"}, OK],
            (200, 2, [1]),
        ),
        (
            [{"status": "429", "Retry_After": f"Fri, 01 Jan 2100 00:00:00 +{9**30}"}, OK],
            (200, 2, [1]),
        ),
        ([{"status": "429", "Retry_After": "Mon, 01 Jan 2001 00:00:00 GMT"}, OK], (200, 2, [0])),
        ([{"status": "429", "Retry_After": "Fri, 01 Jan 2100 00:00:00 GMT"}], (429, 1, [])),
    ],
)
def test_answers(answers: list[dict[str, str]], found: tuple[int, int, list[float]]) -> None:
    assert asked(*answers) == found


def test_the_number_of_tries_is_bounded() -> None:
    assert asked({"status": "500"}, patience=Patience(2, pause=0.5)) == (500, 2, [0.5])
    assert asked({"status": "500"}, patience=Patience(1)) == (500, 1, [])


def test_nobody_there_is_asked_again_and_then_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    pauses: list[float] = []
    with (
        Session(address, "url", 1, pauses.append) as session,
        pytest.raises(CopydeskError, match="could not be reached"),
    ):
        session.get(address)
    assert pauses == [1, 2, 4]


def test_what_will_not_change_is_not_asked_again() -> None:
    pauses: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, status="302", Location="http://127.0.0.1:9/")

    with (
        server(answer) as (address, seen),
        Session(address, "url", 5, pauses.append) as session,
        pytest.raises(CopydeskError, match="sends on to"),
    ):
        session.get(address)
    assert (len(seen), pauses) == (1, [])

    with (
        server(lambda handler: send(handler, b"x" * 2000)) as (address, seen),
        Session(address, "url", 5, pauses.append) as session,
        pytest.raises(CopydeskError, match="more than 1,000 bytes"),
    ):
        session.get(address, most=1000)
    assert (len(seen), pauses) == (1, [])


def test_a_date_without_zone_is_utc() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert retry_after({"Retry-After": "Thu, 01 Jan 2026 00:00:30 -0000"}, now) == 30
    assert retry_after({}, now) is None
