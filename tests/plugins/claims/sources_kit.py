"""Resolvers on this machine that answer as Crossref and NCBI describe it.

The answers are written after the published descriptions, with the fields that are used: the
Crossref REST API (`/works/{doi}`, `/works/{doi}/agency`, rate-limit headers, "Resource not
found.") and the NCBI E-utilities (`esummary` with `retmode=json`). All DOIs have the prefix for
tests, 10.5555; the PMIDs are no real ones either.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.append(str(Path(__file__).parents[2] / "core"))

from loopback_kit import send, server  # found through the line above

from copydesk.http import Patience
from copydesk_plugins.claims.sources.asking import Clock
from copydesk_plugins.claims.sources.updating import Asking

Respond = Callable[[BaseHTTPRequestHandler], None]


class Pauses:
    """A clock that counts the seconds it was told to wait, and waits none."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waited: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.now += seconds

    def asking(self, wait: float = 5, tries: int = 3) -> Asking:
        return Asking(Clock(lambda: self.now, self.sleep), wait, Patience(tries))


class Resolvers:
    """What both hosts know: works by DOI, summaries by PMID, and odd answers by identity."""

    def __init__(self) -> None:
        self.works: dict[str, dict[str, Any]] = {}
        self.agencies: dict[str, str] = {}
        self.articles: dict[str, dict[str, Any]] = {}
        self.pmc: dict[str, dict[str, Any]] = {}
        self.odd: dict[str, list[Respond]] = {}
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.paths: list[str] = []

    def work(self, doi: str, called: str, **more: Any) -> None:
        """Let Crossref know a work."""
        self.works[doi] = {"DOI": doi, "title": [called], "type": "journal-article", **more}

    def article(self, pmid: str, title: str, **more: Any) -> None:
        """Let PubMed know an article."""
        self.articles[pmid] = {"uid": pmid, "title": title, "pubtype": ["Journal Article"], **more}

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        self.paths.append(handler.path)
        if parts.path.startswith("/works/"):
            name, *_ = unquote(parts.path.removeprefix("/works/")).partition("/agency")
            about, answer = (
                f"doi:{name}",
                lambda: self._crossref(handler, name, "agency" in parts.path),
            )
        else:
            asked = parse_qs(parts.query)
            number, database = asked["id"][0], asked["db"][0]
            kind = "pmid" if database == "pubmed" else "pmcid"
            about = f"{kind}:{number}"
            answer = lambda: self._ncbi(handler, number, database)  # noqa: E731
        self.asked.append(about)
        queue = self.odd.get(about)
        if queue:
            queue.pop(0)(handler) if len(queue) > 1 else queue[0](handler)
        else:
            answer()

    def _crossref(self, handler: BaseHTTPRequestHandler, doi: str, agency: bool) -> None:
        if agency and doi in self.agencies:
            found = {"DOI": doi, "agency": {"id": self.agencies[doi]}}
            self._json(handler, {"status": "ok", "message-type": "work-agency", "message": found})
        elif doi in self.works:
            self._json(
                handler, {"status": "ok", "message-type": "work", "message": self.works[doi]}
            )
        else:
            send(handler, b"Resource not found.", status="404", Content_Type="text/plain")

    def _ncbi(self, handler: BaseHTTPRequestHandler, number: str, database: str) -> None:
        known = self.articles if database == "pubmed" else self.pmc
        missing = {"uid": number, "error": "cannot get document summary"}
        record = known.get(number, missing)
        result = {"uids": [number], number: record}
        self._json(handler, {"header": {"type": "esummary", "version": "0.3"}, "result": result})

    def _json(self, handler: BaseHTTPRequestHandler, data: Any) -> None:
        named = {name.replace("-", "_"): value for name, value in self.headers.items()}
        send(handler, json.dumps(data).encode(), Content_Type="application/json", **named)


@contextmanager
def serving(known: Resolvers) -> Iterator[dict[str, str | int]]:
    """Serve both resolvers; yields the table [sources] that leads to them."""
    with server(known.respond) as (address, _):
        yield {"crossref": address, "pubmed": address}


def status(code: int, **headers: str) -> Respond:
    """Return what answers with a status."""
    return lambda handler: send(handler, b"busy", status=str(code), **headers)


def body(data: bytes, **headers: str) -> Respond:
    """Return what answers 200 with a body."""
    return lambda handler: send(handler, data, **headers)
