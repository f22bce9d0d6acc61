"""Requests against a real server on this machine that does what servers should not do."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler

import pytest
from loopback_kit import send, server

from copydesk.http import Session
from copydesk.model.finding import CopydeskError


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def refused(address: str, words: str, most: int = 1000, wait: float = 5) -> None:
    with (
        Session(address, "url", wait) as session,
        pytest.raises(CopydeskError, match=words) as caught,
    ):
        session.ask(address + "/", most=most)
    assert caught.value.failure.help
    assert "Traceback" not in caught.value.failure.message
    assert caught.value.__cause__ is None


def test_an_answer() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b"hello", status="404", X_Clinic="yes", Set_Cookie="a=b")

    with server(answer) as (address, seen), Session(address, "url") as session:
        for _ in range(2):
            found = session.ask(f"{address}/wp-json?x=1")
            assert (found.status, found.body) == (404, b"hello")
            assert found.headers["x-clinic"] == "yes"
        assert session.ask(address, "HEAD", 0).body == b""
    assert [each.path for each in seen] == ["/wp-json?x=1", "/wp-json?x=1", "/"]
    assert "cookie" not in seen[1].headers
    assert seen[0].headers["accept-encoding"] == "identity"


def test_nothing_of_netrc_is_sent(tmp_path, monkeypatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login mara password pear\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with server(send) as (address, seen), Session(address, "url") as session:
        session.ask(address)
    assert "authorization" not in seen[0].headers


def test_redirects_on_the_same_host_are_followed() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler) if handler.path == "/b" else send(handler, status="301", Location="/b")

    with server(answer) as (address, _), Session(address, "url") as session:
        assert session.ask(address).body == b"hello"
        assert session.ask(address).address == f"{address}/b"
        assert session.ask(f"{address}/b").address == f"{address}/b"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://{other}/x", "sends on to http://{other}, where nothing was asked or sent"),
        ("//{other}/x", "sends on to http://{other}, where"),
        ("https://127.0.0.1/", "sends on to https://127.0.0.1, where"),
        ("http://mara:pear@{mine}/", "sends on to something that is no web site"),
        ("file:///etc/passwd", "sends on to something that is no web site"),
        ("javascript:alert(1)", "sends on to something that is no web site"),
    ],
)
def test_no_other_host_is_asked(location: str, words: str) -> None:
    with server(send) as (other, seen):

        def answer(handler: BaseHTTPRequestHandler) -> None:
            names = {"other": other[7:], "mine": handler.headers["host"]}
            send(handler, status="302", Location=location.format(**names))

        with server(answer) as (address, _):
            refused(address, words.format(other=other[7:]))
    assert seen == []


def test_another_origin_is_refused_before_anything_is_sent() -> None:
    with server(send) as (address, seen), Session("http://127.0.0.1:9", "url") as session:
        with pytest.raises(CopydeskError, match="where nothing was asked or sent"):
            session.ask(address)
        assert seen == []


def test_redirects_without_end() -> None:
    with server(lambda handler: send(handler, status="302", Location="/x")) as (address, seen):
        refused(address, "without end")
    assert len(seen) == 6


def test_a_server_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        refused(f"http://127.0.0.1:{listening.getsockname()[1]}", "did not answer within", wait=0.2)


def test_a_body_that_stops_in_the_middle() -> None:
    release = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"begun")
        handler.wfile.flush()
        release.wait(30)

    with server(answer) as (address, _):
        refused(address, "did not answer within", wait=0.2)
        release.set()


@pytest.mark.parametrize(
    ("begin", "part"),
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"a"),
    ],
    ids=["headers", "interim answers", "size of a chunk"],
)
def test_an_answer_that_drips_before_its_body(begin: bytes, part: bytes) -> None:
    """No part of it is late, so only the time of the whole ends it."""
    release = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(begin)
            while not release.wait(0.01):
                handler.wfile.write(part)
        except OSError:
            pass

    with server(answer) as (address, _):
        refused(address, "did not finish its answer within 1.2 seconds", wait=0.2)
        release.set()


@pytest.mark.parametrize("pause", [0.0, 0.01])
def test_a_body_without_end(pause: float) -> None:
    """One that floods is stopped by its size; one that drips, by the clock."""
    release = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not release.wait(pause):
                handler.wfile.write(b"x" * (1 if pause else 4096))
        except OSError:
            pass

    with server(answer) as (address, _):
        words = "did not finish its answer" if pause else "more than 10,000 bytes"
        refused(address, words, most=10_000, wait=0.2 if pause else 5)
        release.set()


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        b"",
    ],
)
def test_nonsense(raw: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    with server(answer) as (address, _):
        refused(address, "could not be reached|cannot be understood|no web site")


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    refused(f"http://127.0.0.1:{port}", "could not be reached")


def test_a_server_without_tls() -> None:
    with server(send) as (address, _):
        refused(address.replace("http:", "https:"), "certificate|could not be reached")
