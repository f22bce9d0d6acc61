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
#: Refusals after which the request may have been carried out.
_MAY_BE_DONE = frozenset({408, 425, 429})
_LOOK = "Nobody knows whether it was carried out. Copydesk looks before it asks again."
_LATER = "Try again later, or ask whoever runs the site."


class Denied(Refused):
    """A refusal with WordPress's own code and data, for who knows a way on."""

    code: str = ""
    data: Any = None


class TooMuch(Lost):
    """An answer was too long: less can be asked for at a time."""


class Sessions(NamedTuple):
    """Ways to ask one host; `slow` waits longer, for uploads."""

    usual: Session
    slow: Session


class Reply(NamedTuple):
    """An answer in JSON with its headers."""

    headers: Mapping[str, str]
    value: Any

    @property
    def code(self) -> str:
        """WordPress's own code of an error."""
        return shapes.text_or_none(self.value, "code")


class Api:
    """One WordPress; `plain` is how its addresses look where it has no pretty ones."""

    def __init__(self, sessions: Sessions, url: str, login: Login) -> None:
        self._session, self._slow = sessions
        self.base = base_of(url)
        self.login = login
        self.plain = False

    def address(self, route: str, query: Query | None = None) -> str:
        """Return the address of a route such as `/wp/v2/posts`."""
        asked = urlencode(query or {}, quote_via=quote, safe=",")
        if self.plain:
            return f"{self.base}/?rest_route={quote(route)}" + (f"&{asked}" if asked else "")
        return f"{self.base}/wp-json{route}" + (f"?{asked}" if asked else "")

    def ask(self, route: str, query: Query) -> Answer:
        """Read and return whatever is answered; raises Lost where nothing is."""
        try:
            return self._session.get(
                self.address(route, query), MOST_BYTES, headers=self.login.headers
            )
        except TooLong as error:
            raise TooMuch(error.failure) from None
        except CopydeskError as error:
            raise Lost(error.failure) from None

    def get(self, route: str, query: Query, take: Callable[[Reply], T]) -> T:
        """Read and return what `take` makes of the answer; raises Lost and Refused."""
        answer = self.ask(route, query)
        if answer.status == 200:
            try:
                return take(reply_of(answer))
            except shapes.Odd as odd:
                raise Lost(self.odd(odd).failure) from None
        error = self.denial(answer)
        if answer.status >= 500 and error.code:
            raise error
        if answer.status in (*FOR_NOW, *_MAY_BE_DONE) or not 400 <= answer.status < 500:
            message = f"cannot answer for now (status {answer.status})"
            raise Lost(self.failure(message, _LATER).failure)
        raise error if answer.status != 401 else Lost(error.failure)

    def post(
        self, route: str, data: Mapping[str, Any], take: Callable[[Reply], T], fields: str = "id"
    ) -> T:
        """Write once and return what `take` makes of the answer; raises as `send`."""
        body = json.dumps(data).encode()
        return self.send(route, fields, {"Content-Type": "application/json"}, body, take)

    def send(
        self,
        route: str,
        fields: str,
        headers: Mapping[str, str],
        body: bytes,
        take: Callable[[Reply], T],
    ) -> T:
        """Write bytes once; raises Unclear, NotDone, Refused and Lost.

        `fields` are those to answer with.
        """
        upload = "Content-Disposition" in headers
        try:
            answer = (self._slow if upload else self._session).ask(
                self.address(route, {"_fields": fields}),
                "POST",
                _MOST_OF_A_WRITE,
                {**headers, **self.login.headers()},
                body,
            )
        except NotReached as error:
            raise NotDone(error.failure) from None
        except CopydeskError as error:
            raise Unclear(error.failure._replace(help=_LOOK)) from None
        if answer.status in (200, 201):
            try:
                return take(reply_of(answer))
            except shapes.Odd:
                raise self._unclear(Unclear, answer, "gave no answer of WordPress's") from None
        raise self._not_written(answer)

    def _not_written(self, answer: Answer) -> CopydeskError:
        """Return the error for an answer to a write that is no success."""
        status = answer.status
        if status == 429 and not answer.body.lstrip().startswith(b"<"):
            return self._unclear(NotDone, answer, "asks for fewer requests for now")
        denied = self.denial(answer)
        if denied.code in _NOT_DONE:
            return denied
        if not 400 <= status < 500 or status in _MAY_BE_DONE:
            return self._unclear(Unclear, answer, f"cannot answer for now (status {status})")
        return Lost(denied.failure) if status == 401 else denied

    def denial(self, answer: Answer) -> Denied:
        """Return what an answer that says no means."""
        try:
            reply = reply_of(answer)
        except shapes.Odd:
            reply = Reply(answer.headers, None)
        if reply.code:
            said = shapes.text_or_none(reply.value, "message")
            words = refusals.by_code(reply.code, refusals.quote_remote(said, self.login.hide))
        else:
            words = refusals.no_json(answer.status)
        denied = Denied(self.failure(f"refuses this: {words.message}", words.help).failure)
        denied.code = reply.code
        denied.data = shapes.field(reply.value, "data")
        return denied

    def odd(self, odd: shapes.Odd) -> CopydeskError:
        """Return the error for an answer that is not what WordPress answers."""
        what = f"“{odd}” in it is not as it should be" if str(odd) != shapes.NO_JSON else str(odd)
        return self.failure(
            f"gave an answer that is not WordPress's: {what}",
            "A plugin of the site may change its answers. Look in a browser what stands at "
            f"{self.base}/wp-json/.",
        )

    def failure(self, message: str, help: str) -> CopydeskError:
        """Return an error about this site; the message goes on after its address."""
        return CopydeskError(Failure("target", f"{self._session.origin} {message}", help))

    def close(self) -> None:
        """End the connection."""
        for each in (self._session, self._slow):
            each.__exit__(None, None, None)

    def _unclear(self, kind: type[Unclear], answer: Answer, message: str) -> Unclear:
        """Return an error that says how long to leave the system alone."""
        error = kind(self.failure(message, _LOOK).failure)
        error.pause = retry_after(answer.headers, datetime.now(UTC)) or 0.0
        return error


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
        raise shapes.Odd(shapes.NO_JSON)
    value = shapes.read_json(answer.body)
    if not isinstance(value, dict | list):
        raise shapes.Odd(shapes.NO_JSON)
    return Reply(answer.headers, value)
