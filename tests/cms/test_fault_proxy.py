"""The proxy: what each fault lets the server see, and what it leaves to the client."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
import requests
from fault_proxy import FAULTS, FaultProxy

ANSWER = b'{"done": true, "text": "a whole answer"}'

#: fault: how often the server sees a request, and what the client gets ("error", or a status).
CASES = {
    "cut-before": (0, "error"),
    "cut-after": (1, "error"),
    "502-after": (1, "502"),
    "503-after": (1, "503"),
    "504-after": (1, "504"),
    "503-before": (0, "503"),
    "429-before": (0, "429"),
    "truncated": (1, "error"),
    "200-html": (1, "200"),
    "403-html": (0, "403"),
    "delay:1.2": (1, "error"),
    "twice": (2, "200"),
}


class Counting(http.server.BaseHTTPRequestHandler):
    """Answers everything and remembers what it was asked."""

    seen: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append(f"{self.command} {self.path} {body.decode()}")
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[http.server.HTTPServer]:
    Counting.seen.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting) as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def proxy(server: http.server.HTTPServer) -> Iterator[FaultProxy]:
    with FaultProxy(server.server_address[1]) as made:
        yield made


def ask(proxy: FaultProxy, path: str = "/posts", body: str = "x") -> str:
    """Return the status that a client gets, or `error`."""
    try:
        answer = requests.post(proxy.url + path, data=body, timeout=1)
        answer.content  # noqa: B018  # read to its end
    except requests.RequestException:
        return "error"
    return str(answer.status_code)


def test_every_fault_has_a_case() -> None:
    assert {each.partition(":")[0] for each in CASES} == set(FAULTS)


@pytest.mark.parametrize("fault", CASES)
def test_a_fault_happens_once_and_as_said(proxy: FaultProxy, fault: str) -> None:
    sees, gets = CASES[fault]
    proxy.plan(f"POST /posts$ {fault}")
    assert ask(proxy) == gets
    assert len(Counting.seen) == sees
    assert ask(proxy) == "200"
    assert len(Counting.seen) == sees + 1
    assert [each.fault for each in proxy.log()] == [fault, ""]
    assert proxy.unused() == 0


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("POST /posts$ cut-before", True),
        ("* . cut-before", True),
        ("GET /posts$ cut-before", False),
        ("POST /media$ cut-before", False),
        ('POST /posts$ cut-before "status": ?"publish"', True),
        ('POST /posts$ cut-before "status": ?"draft"', False),
    ],
)
def test_a_fault_meets_only_what_it_is_planned_for(
    proxy: FaultProxy, line: str, fits: bool
) -> None:
    proxy.plan(line)
    assert ask(proxy, body='{"status": "publish"}') == ("error" if fits else "200")
    assert proxy.unused() == (0 if fits else 1)


def test_an_unknown_fault_is_refused(proxy: FaultProxy) -> None:
    with pytest.raises(ValueError, match="cut-somewhere"):
        proxy.plan("POST . cut-somewhere")


def test_the_log_holds_requests_and_answers(proxy: FaultProxy) -> None:
    requests.get(proxy.url + "/read", timeout=5)
    ask(proxy, body="wörds")
    read, write = proxy.log()
    assert (read.method, read.path, read.status) == ("GET", "/read", 501)
    assert (write.text, write.status, write.answer) == ("wörds", 200, ANSWER)
    assert proxy.writes() == [write]


def test_something_can_happen_around_a_request(proxy: FaultProxy) -> None:
    calls: list[tuple[str, int]] = []
    proxy.before = lambda request: calls.append(("before", len(Counting.seen)))
    proxy.after = lambda request: calls.append(("after", len(Counting.seen)))
    ask(proxy)
    assert calls == [("before", 0), ("after", 1)]
