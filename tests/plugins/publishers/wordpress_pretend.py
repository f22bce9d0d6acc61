"""A server on this machine that answers like a WordPress, or like what stands before one."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

sys.path.append(str(Path(__file__).parents[2] / "core"))

from loopback_kit import send, server  # found through the line above

from copydesk.credentials import Secret
from copydesk.http import Session
from copydesk_plugins.publishers.cms.remote import Wish
from copydesk_plugins.publishers.wordpress.api import Api, Sessions
from copydesk_plugins.publishers.wordpress.login import Login
from copydesk_plugins.publishers.wordpress.system import WordPress

PASSWORD = "abcd efgh ijkl mnop"
ME = {
    "id": 1,
    "name": "Ann",
    "roles": ["editor"],
    "capabilities": dict.fromkeys(
        [
            *("edit_posts", "publish_posts", "upload_files", "edit_others_posts"),
            *("manage_categories", "unfiltered_html"),
        ],
        True,
    ),
}
WISH = Wish("k", "1", "fees", "Fees", "", None, "<p>x</p>", "", (), ())


class Asked(NamedTuple):
    """A request as the server saw it."""

    method: str
    route: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


Answer = Callable[[BaseHTTPRequestHandler, Asked], None]


def say(handler: BaseHTTPRequestHandler, value: object, status: int = 200, **headers: str) -> None:
    """Answer with JSON."""
    body = json.dumps(value).encode()
    send(handler, body, status=str(status), Content_Type="application/json", **headers)


def page(handler: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
    """Answer with a page of HTML."""
    html = b"<!doctype html><html><title>Blocked</title><script>1</script></html>"
    send(handler, html, status=str(status), Content_Type="text/html", **headers)


def post(number: int, **fields: Any) -> dict[str, Any]:
    """Return a post as WordPress tells it."""
    return {
        "id": number,
        "status": "publish",
        "slug": f"post-{number}",
        "link": f"https://blog.example/post-{number}/",
        "date_gmt": "2026-03-02T09:00:00",
        "modified_gmt": "2026-03-02T09:00:00",
        "title": {"raw": "Fees"},
        "content": {"raw": "<p>x</p>"},
        "excerpt": {"raw": ""},
        "categories": [],
        "tags": [],
        "featured_media": 0,
        "permalink_template": "https://blog.example/%postname%/",
        "generated_slug": f"post-{number}",
    } | fields


def asked_of(handler: BaseHTTPRequestHandler) -> Asked:
    parts = urlsplit(handler.path)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
    route = parts.path.partition("/wp-json")[2] if "/wp-json" in parts.path else parts.path
    return Asked(handler.command, route, query, dict(handler.headers), body)


@contextmanager
def pretend(answer: Answer, path: str = "") -> Iterator[tuple[WordPress, list[Asked]]]:
    """Serve; yields a WordPress that asks this server, and what it asked."""
    seen: list[Asked] = []

    def one(handler: BaseHTTPRequestHandler) -> None:
        seen.append(asked_of(handler))
        answer(handler, seen[-1])

    with server(one) as (address, _), Session(address, "url", 2, lambda pause: None) as session:
        login = Login("ann", Secret(PASSWORD))
        yield WordPress(Api(Sessions(session, session), address + path, login)), seen
