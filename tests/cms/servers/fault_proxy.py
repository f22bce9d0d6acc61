"""A proxy that stands before a server of this machine, notes every request, and spoils some.

By hand:  python fault_proxy.py LISTEN_PORT SERVER_PORT ["POST /posts$ cut-after" ...]

Tests start it in their own process: `with FaultProxy(port) as proxy: proxy.plan(...)`.

Faults:
  cut-before            the connection is reset; the server never saw the request
  cut-after             the server has done the work, then the connection is reset
  502-after 503-after 504-after   the work is done, the answer is a gateway's error page
  503-before 429-before the server never saw it; Retry-After: 1
  truncated             status and headers arrive, the body stops half-way
  200-html              the work is done, the answer is a page of HTML with status 200
  403-html              not done, a firewall's page
  delay:SECONDS         the work is done, the answer comes late
  twice                 delivered twice, as by a box on the way; the second answer is returned
"""

from __future__ import annotations

import http.client
import http.server
import re
import socket
import socketserver
import struct
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import ClassVar

FAULTS = (
    "cut-before", "cut-after", "502-after", "503-after", "504-after", "503-before", "429-before",
    "truncated", "200-html", "403-html", "delay", "twice",
)  # fmt: skip
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_NOT_FOR_THE_SERVER = frozenset({"connection", "host", "accept-encoding"})
_NOT_FOR_THE_CLIENT = frozenset(
    {"transfer-encoding", "content-length", "connection", "date", "server"}
)


@dataclass(frozen=True)
class Rule:
    """One planned fault; it is used up by the first request that fits."""

    method: str
    path: re.Pattern[str]
    fault: str
    body: re.Pattern[str]

    @classmethod
    def read(cls, line: str) -> Rule:
        """Read `METHOD REGEX-ON-PATH FAULT [REGEX-ON-BODY]`; the method may be `*`."""
        method, path, fault, *rest = line.split(maxsplit=3)
        if fault.partition(":")[0] not in FAULTS:
            raise ValueError(f"there is no fault {fault}")
        return cls(method, re.compile(path), fault, re.compile(rest[0] if rest else ""))

    def fits(self, request: Request) -> bool:
        """Say whether a request is meant."""
        return (
            self.method in ("*", request.method)
            and self.path.search(request.path) is not None
            and self.body.search(request.text) is not None
        )


@dataclass
class Request:
    """One request as it came, and what became of it.

    `status` is the server's answer, None where it never saw the request; `answer` is its body.
    """

    number: int
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    fault: str = ""
    status: int | None = None
    answer: bytes = field(default=b"", repr=False)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def shown(self) -> str:
        """One line for people."""
        path = self.path if len(self.path) < 80 else self.path[:80] + "..."
        return f"{self.number} {self.method} {path} {self.fault or '-'} {self.status}"


class FaultProxy:
    """Listens on a free port of this machine, or on a given one, until it is closed.

    `before` is called with each request before the server gets it, `after` once the server has
    answered: for what a person, or a cut of power, does just in between.
    """

    def __init__(self, server: int, listen: int = 0) -> None:
        self._rules: list[Rule] = []
        self._log: list[Request] = []
        self._lock = threading.Lock()
        self.server = server
        self.before: Callable[[Request], None] | None = None
        self.after: Callable[[Request], None] | None = None
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._http = _Server(("127.0.0.1", listen), handler)
        self.port: int = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> FaultProxy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()

    def plan(self, *lines: str) -> None:
        """Add faults to come: `POST /posts$ cut-after [REGEX-ON-BODY]`."""
        with self._lock:
            self._rules += [Rule.read(line) for line in lines]

    def unused(self) -> int:
        """Return how many planned faults met no request."""
        return len(self._rules)

    def reset(self) -> None:
        """Forget plan, log and what is to be called."""
        with self._lock:
            self._rules.clear()
            self._log.clear()
        self.before = self.after = None

    def log(self) -> list[Request]:
        """Return the requests so far, in the order in which they came."""
        with self._lock:
            return list(self._log)

    def writes(self) -> list[Request]:
        """Return the requests that asked for a change."""
        return [each for each in self.log() if each.method in WRITES]

    def note(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Request:
        """Log a request as it comes in, with the fault that is planned for it."""
        with self._lock:
            request = Request(len(self._log) + 1, method, path, headers, body)
            self._log.append(request)
            rule = next((each for each in self._rules if each.fits(request)), None)
            if rule is not None:
                self._rules.remove(rule)
                request.fault = rule.fault
        return request


class _Handler(http.server.BaseHTTPRequestHandler):
    proxy: ClassVar[FaultProxy]
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in _NOT_FOR_THE_SERVER
        }
        request = self.proxy.note(self.command, self.path, headers, body)
        try:
            self._pass_on(request)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client gave up

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_any

    def _pass_on(self, request: Request) -> None:
        fault = request.fault
        if self.proxy.before is not None:
            self.proxy.before(request)
        if fault == "cut-before":
            return self._cut()
        if fault in ("429-before", "503-before"):
            return self._reply(int(fault[:3]), b"", [("Retry-After", "1")])
        if fault == "403-html":
            return self._page(403, b"<html>Request blocked</html>")
        if fault == "twice":
            self._deliver(request)
        headers = self._deliver(request)
        if self.proxy.after is not None:
            self.proxy.after(request)
        if fault == "cut-after":
            return self._cut()
        if fault.startswith("delay:"):
            time.sleep(float(fault[6:]))
        if fault in ("502-after", "503-after", "504-after", "200-html"):
            return self._page(int(fault[:3]), b"<html>not what you asked for</html>")
        assert request.status is not None
        return self._reply(request.status, request.answer, headers, half=fault == "truncated")

    def _deliver(self, request: Request) -> list[tuple[str, str]]:
        """Ask the server, keep its answer in the log, and return its headers."""
        server = f"127.0.0.1:{self.proxy.server}"
        connection = http.client.HTTPConnection(server, timeout=120)
        try:
            headers = {**request.headers, "Host": server}
            connection.request(request.method, request.path, request.body or None, headers)
            answer = connection.getresponse()
            request.answer = answer.read()
            request.status = answer.status
        finally:
            connection.close()
        headers_back = [
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in _NOT_FOR_THE_CLIENT
        ]
        here = f"127.0.0.1:{self.proxy.port}"
        return [
            (name, value.replace(server, here) if name.lower() == "location" else value)
            for name, value in headers_back
        ]

    def _page(self, status: int, body: bytes) -> None:
        self._reply(status, body, [("Content-Type", "text/html")])

    def _reply(
        self, status: int, body: bytes, headers: list[tuple[str, str]], half: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body[: len(body) // 2] if half else body)
        if half:
            self.wfile.flush()
            self._cut()

    def _cut(self) -> None:
        """Reset the connection, so that the client sees an error and no end."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.rfile.close()
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the log of the proxy holds more."""


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], OSError | ValueError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def main() -> None:
    """Run by hand until Ctrl-C, then print each request."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with FaultProxy(int(sys.argv[2]), int(sys.argv[1])) as proxy:
        proxy.plan(*sys.argv[3:])
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            for request in proxy.log():
                print(request.shown)


if __name__ == "__main__":
    main()
