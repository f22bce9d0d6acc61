"""A server on this machine that answers as Ghost does, or as something in its place may."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.append(str(Path(__file__).parents[2] / "core"))

from loopback_kit import send, server  # found through the line above

from copydesk.credentials import Secret
from copydesk.http import Session
from copydesk_plugins.publishers.cms.remote import Wish
from copydesk_plugins.publishers.ghost.answers import Where
from copydesk_plugins.publishers.ghost.api import Api
from copydesk_plugins.publishers.ghost.posts import Ghost
from copydesk_plugins.publishers.ghost.token import read_key

ID = "0123456789abcdef01234567"
HEX = "00112233445566778899aabbccddeeff" * 2
KEY = f"{ID}:{HEX}"
#: The middle of the day of all tests.
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DATE = format_datetime(NOW, usegmt=True)
API = "/ghost/api/admin/"

WISH = Wish(
    key="id-a",
    text="abc",
    slug="a",
    title="A",
    description="About A.",
    published=datetime(2026, 3, 1, 9, tzinfo=UTC),
    body="<p>Words.</p>",
    block="",
    category=("Sleep",),
    tags=("rest",),
)


class Asked(NamedTuple):
    """A request as it came: `query` holds one value a name."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def post(self) -> dict[str, Any]:
        """The post that was sent."""
        return dict(json.loads(self.body)["posts"][0])


class Says(NamedTuple):
    """An answer: `value` is sent as JSON unless it is bytes."""

    value: Any = b""
    status: int = 200
    headers: Mapping[str, str] = {}


Respond = Callable[[Asked], Says]


def ghost_error(status: int, message: str, code: str = "", **more: object) -> Says:
    """Return an error in the form that Ghost gives it."""
    error = {"message": message, "context": None, "code": code or None, **more}
    return Says({"errors": [error]}, status)


def post(**fields: Any) -> dict[str, Any]:
    """Return a post in the form that Ghost gives it."""
    words = {"type": "text", "text": "Words.", "format": 0}
    document = {"root": {"children": [{"type": "paragraph", "children": [words]}]}}
    return {
        "id": "6" * 24,
        "title": "A",
        "slug": "a",
        "status": "draft",
        "updated_at": "2026-05-01T00:00:00.000Z",
        "published_at": None,
        "lexical": json.dumps(document),
        "mobiledoc": None,
        "custom_excerpt": None,
        "codeinjection_head": None,
        "feature_image": None,
        "feature_image_alt": None,
        "canonical_url": None,
        "tags": [],
        "url": "https://blog.example/p/x/",
        "newsletter": None,
        "email": None,
        "email_only": False,
        **fields,
    }


def usual(asked: Asked) -> Says | None:
    """Answer the first questions as a Ghost of the version 6 does, and none of the others."""
    if asked.path == "site/":
        site = {"url": "https://blog.example/", "version": "6.65"}
        return Says({"site": site}, headers={"Content-Version": "v6.65"})
    if asked.path == "users/me/":
        return ghost_error(404, "User not found.")
    if asked.path == "settings/":
        return Says({"settings": [{"key": "timezone", "value": "Etc/UTC"}]})
    if asked.path == "posts/" and asked.query.get("filter") == "status:published":
        return Says({"posts": [{"slug": "b", "url": "https://blog.example/b/"}]})
    if asked.path == "tags/":
        return Says({"tags": []})
    return None


@contextmanager
def ghost(respond: Respond, now: datetime = NOW) -> Iterator[tuple[Ghost, list[Asked]]]:
    """Serve a Ghost that answers with a function, after the usual; yield it and what was asked.

    Every answer says that it is NOW; `now` is what this machine believes.
    """
    seen: list[Asked] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        length = int(handler.headers.get("Content-Length") or 0)
        asked = Asked(
            handler.command,
            unquote(parts.path.removeprefix(API)),
            query,
            dict(handler.headers.items()),
            handler.rfile.read(length),
        )
        seen.append(asked)
        handler.date_time_string = lambda timestamp=None: DATE  # type: ignore[method-assign]
        says = respond(asked)
        if callable(says.value):
            says.value(handler)
            return
        body = says.value if isinstance(says.value, bytes) else json.dumps(says.value).encode()
        send(handler, body, status=str(says.status), **says.headers)

    with server(answer) as (address, _):
        pauses: list[float] = []
        session = Session(address, "targets.gh.url", wait=0.4, sleep=pauses.append)
        key = read_key(Secret(KEY), "gh")
        where = Where("gh", session.origin)
        api = Api(session, address + API, key, where, lambda: now, pauses.append)
        yield Ghost(api), seen
