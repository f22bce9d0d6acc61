"""Requests to WordPress's REST interface: one question, one answer, or why there is none.

Reads are tried again by the session. A write is sent exactly once, and whatever does not say
clearly what came of it is `Unclear`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from copydesk.api import CopydeskError, Failure
from copydesk.http import FOR_NOW, Answer, NotReached, Session, TooLong, retry_after
from copydesk_plugins.publishers.cms.remote import Lost, NotDone, Refused, Unclear
from copydesk_plugins.publishers.wordpress import refusals, shapes
from copydesk_plugins.publishers.wordpress.login import Login

T = TypeVar("T")
Query = Mapping[str, Any]
#: A hundred long posts, and far below what would fill a machine.
MOST_BYTES = 24 * 1024 * 1024
#: What an answer to a write may hold: one post, of which we ask for a few fields only.
_MOST_OF_A_WRITE = 8 * 1024 * 1024
#: Answered with status 500, and nothing was done all the same.
_NOT_DONE = frozenset({"rest_upload_sideload_error"})
_LOOK = "Nobody knows whether it was carried out. Copydesk looks before it asks again."


class Denied(Refused):
    """A refusal with WordPress's own code and data, for who knows a way on."""

    code: str = ""
    data: Any = None


class Reply(NamedTuple):
    """An answer in JSON with its status and headers."""

    status: int
    headers: Mapping[str, str]
    value: Any

    @property
    def code(self) -> str:
        """WordPress's own code of an error."""
        return shapes.text_or_none(self.value, "code")


class Api:
    """One WordPress; `plain` is how its addresses look where it has no pretty ones."""

    def __init__(self, session: Session, url: str, login: Login) -> None:
        self._session = session
        self.base = base_of(url)
        self.login = login
        self.plain = False

    def address(self, route: str, query: Query | None = None) -> str:
        """Return the address of a route such as `/wp/v2/posts`."""
        asked = urlencode(query or {}, quote_via=quote, safe=",")
        if self.plain:
            return f"{self.base}/?rest_route={quote(route)}" + (f"&{asked}" if asked else "")
        return f"{self.base}/wp-json{route}" + (f"?{asked}" if asked else "")

    def ask(self, route: str, query: Query | None = None, most: int = MOST_BYTES) -> Answer:
        """Read and return whatever is answered; raises Lost where nothing is, and TooLong."""
        try:
            return self._session.get(self.address(route, query), most, headers=self.login.headers)
        except TooLong:
            raise
        except CopydeskError as error:
            raise Lost(error.failure) from None

    def get(self, route: str, query: Query, take: Callable[[Reply], T]) -> T:
        """Read and return what `take` makes of the answer; raises Lost and Refused."""
        answer = self.ask(route, query)
        try:
            reply = reply_of(answer)
            if answer.status == 200:
                return take(reply)
        except shapes.Odd as odd:
            raise self._no_sense(answer, odd) from None
        error = self._refusal(reply, answer)
        if isinstance(error, Unclear):
            raise (Refused if answer.status == 500 else Lost)(error.failure)
        raise error

    def post(self, route: str, data: Mapping[str, Any], take: Callable[[Reply], T]) -> T:
        """Write once and return what `take` makes of the answer."""
        body = json.dumps(data).encode()
        return self.send(route, {}, {"Content-Type": "application/json"}, body, take)

    def send(
        self,
        route: str,
        query: Query,
        headers: Mapping[str, str],
        body: bytes,
        take: Callable[[Reply], T],
    ) -> T:
        """Write bytes once; raises Unclear, NotDone, Refused and Lost."""
        address = self.address(route, query)
        try:
            answer = self._session.ask(
                address, "POST", _MOST_OF_A_WRITE, {**headers, **self.login.headers()}, body
            )
        except NotReached as error:
            raise NotDone(error.failure) from None
        except CopydeskError as error:
            raise Unclear(Failure("target", error.failure.message, _LOOK)) from None
        if answer.status == 429 and not answer.body.lstrip().startswith(b"<"):
            raise self._pausing(NotDone, answer, "asks for fewer requests for now")
        try:
            reply = reply_of(answer)
            if answer.status in (200, 201):
                return take(reply)
        except shapes.Odd:
            if 400 <= answer.status < 500 and answer.status not in (408, 425, 429):
                raise self._refusal(None, answer) from None
            raise self._pausing(Unclear, answer, "gave no answer that WordPress gives") from None
        raise self._refusal(reply, answer)

    def _refusal(self, reply: Reply | None, answer: Answer) -> CopydeskError:
        """Return the error for an answer that is no success."""
        status = answer.status
        code = reply.code if reply else ""
        if reply is None or not code:
            words = refusals.no_json(status)
        else:
            said = shapes.text_or_none(reply.value, "message")
            words = refusals.by_code(code, refusals.quote_remote(said, self.login.hide))
        error = self.failure(*words)
        if status == 401:
            return Lost(error.failure)
        if status in FOR_NOW and code not in _NOT_DONE:
            return self._pausing(Unclear, answer, f"cannot answer for now (status {status})")
        denied = Denied(error.failure)
        denied.code = code
        denied.data = shapes.field(reply.value, "data") if reply else None
        return denied

    def _no_sense(self, answer: Answer, odd: shapes.Odd) -> CopydeskError:
        """Return the error for a read whose answer is not what WordPress answers."""
        if 400 <= answer.status < 500:
            return Refused(self.failure(*refusals.no_json(answer.status)).failure)
        if answer.status != 200:
            return Lost(self.failure(f"cannot answer (status {answer.status})", _LATER).failure)
        return Lost(
            self.failure(
                f"gave an answer that is not WordPress's: it has {odd}"
                if str(odd) == "no JSON"
                else f"gave an answer that is not WordPress's: “{odd}” is not as it should be",
                "A plugin of the site may change its answers. Look in a browser what stands at "
                f"{self.base}/wp-json/.",
            ).failure
        )

    def _pausing(self, kind: type[Unclear], answer: Answer, message: str) -> Unclear:
        """Return an error that says how long to leave the system alone."""
        error = kind(self.failure(message, _LOOK).failure)
        error.pause = retry_after(answer.headers, datetime.now(UTC)) or 0.0
        return error

    def close(self) -> None:
        """End the connection."""
        self._session.__exit__(None, None, None)

    def failure(self, message: str, help: str) -> CopydeskError:
        """Return an error about this site."""
        return CopydeskError(Failure("target", f"{self._session.origin}: {message}", help))


_LATER = "Try again later, or ask whoever runs the site."


def base_of(url: str) -> str:
    """Return the address of a site, without the part that leads to its REST interface."""
    parts = urlsplit(url)
    path = parts.path
    for end in ("/wp-json", "/index.php", "/wp-admin", "/wp-login.php"):
        before, found, after = path.partition(end)
        if found and (not after or after.startswith("/")):
            path = before
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}"


def reply_of(answer: Answer) -> Reply:
    """Return an answer as JSON; raises Odd where it is none, or was cut off on its way."""
    length = answer.headers.get("Content-Length", "").strip()
    if length.isascii() and length.isdigit() and int(length[:18]) != len(answer.body):
        raise shapes.Odd("no JSON")
    value = shapes.read_json(answer.body)
    if not isinstance(value, dict | list):
        raise shapes.Odd("no JSON")
    return Reply(answer.status, answer.headers, value)
