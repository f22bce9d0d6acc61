"""The calls to Ghost's Admin API: reads that are tried again, writes that are made once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from copydesk.api import CopydeskError
from copydesk.http import FOR_NOW, MOST_BYTES, Answer, NotReached, Session, TooLong
from copydesk_plugins.publishers.cms.remote import Lost, NotDone
from copydesk_plugins.publishers.ghost.answers import (
    Where,
    first_error,
    json_of,
    refused,
    unclear,
)
from copydesk_plugins.publishers.ghost.token import Key, make_token

#: A maintenance page may come with status 200; it is asked again this often.
_TRIES = 3


class TooMuch(Lost):
    """An answer is longer than what was asked for may be; a smaller question may help."""


class Api:
    """The Admin API at one address; `clock` tells the time, aware."""

    def __init__(
        self,
        session: Session,
        root: str,
        key: Key,
        where: Where,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.session = session
        self.where = where
        self.clock = clock
        self._root = root
        self._key = key
        self._sleep = sleep

    @property
    def desk(self) -> str:
        """The address at which people work in Ghost, with a slash at its end."""
        return self._root.removesuffix("api/admin/")

    def headers(self) -> dict[str, str]:
        """Return the headers of one request; its token is good for a few minutes only."""
        token = make_token(self._key, self.clock())
        return {"Authorization": f"Ghost {token}", "Accept": "application/json"}

    def answer(self, path: str, most: int = MOST_BYTES) -> Answer:
        """Read and return the answer, whatever it says; raises Lost where none comes."""
        for tried in range(1, _TRIES + 1):
            try:
                answer = self.session.get(self._root + path, most, headers=self.headers)
            except TooLong as error:
                raise TooMuch(error.failure) from None
            except CopydeskError as error:
                raise Lost(error.failure) from None
            if answer.status >= 300 or json_of(answer) is not None or tried == _TRIES:
                break
            self._sleep(tried)
        return answer

    def read(self, path: str, most: int = MOST_BYTES) -> Mapping[str, Any] | None:
        """Read and return what Ghost says, or None where there is no such thing.

        Raises Lost and Refused.
        """
        answer = self.answer(path, most)
        found = json_of(answer)
        if answer.status == 200 and found is not None and "errors" not in found:
            return found
        if answer.status == 404 and first_error(answer):
            return None
        if answer.status == 200:
            raise Lost(
                self.where.lost(
                    "a web page came back where Ghost should have answered",
                    "Look in a browser whether the site is up, and whether targets."
                    f"{self.where.target}.url is the address of a Ghost site.",
                )
            )
        error = refused(self.where, answer, self.clock())
        if answer.status in FOR_NOW:
            raise Lost(
                self.where.lost(
                    f"Ghost is busy or broken just now (it answered {answer.status})",
                    "Try again later, or ask whoever runs the site.",
                )
            )
        raise error

    def write(self, method: str, path: str, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask for a change, once, and return what Ghost says.

        Raises NotDone, Unclear, Refused, Moved and Lost.
        """
        body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        return self.send(method, path, body, "application/json")

    def send(self, method: str, path: str, body: bytes, kind: str) -> Mapping[str, Any]:
        """Send bytes of a kind, once, and return what Ghost says; raises as `write`."""
        headers = {**self.headers(), "Content-Type": kind}
        try:
            answer = self.session.ask(self._root + path, method, headers=headers, body=body)
        except NotReached as error:
            raise NotDone(error.failure) from None
        except CopydeskError as error:
            raise unclear(self.where, f"gave no clear answer ({error.failure.message})") from None
        if answer.status not in (200, 201):
            raise refused(self.where, answer, self.clock())
        found = json_of(answer)
        if found is None or "errors" in found:
            raise unclear(self.where, "answered with something else than it should")
        return found
