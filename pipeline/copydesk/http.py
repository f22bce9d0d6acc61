"""The one way to ask a host: one origin for each session, with limits on time and size.

A session goes to the origin that it was made for and nowhere else, also not where that host
sends it on to. Failures are told in words of our own, because those of the libraries below
quote addresses, and addresses may hold what is nobody's business.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from copydesk import __version__
from copydesk.model.finding import CopydeskError, Failure
from copydesk.origins import origin_of

if TYPE_CHECKING:
    from http.cookiejar import CookiePolicy

    import requests

#: Seconds to wait for a connection and for each part of an answer.
WAIT = 10.0
#: An answer has to be whole after this many times the wait.
_WHOLE = 6
MOST_BYTES = 8 * 1024 * 1024
_MOST_REDIRECTS = 5
_PART = 64 * 1024


#: Statuses of a host that is busy or broken for now: asking again may help.
FOR_NOW = frozenset({429, 500, 502, 503, 504})


class Patience(NamedTuple):
    """How often `Session.get` asks at most, and how many seconds it waits between two times.

    The pause doubles from `pause` on where the host names none. One that asks for more than
    `longest` is not asked again.
    """

    tries: int = 4
    longest: float = 60.0
    pause: float = 1.0


PATIENCE = Patience()


class Answer(NamedTuple):
    """What a host answered: the status, the headers (names in any case) and the body.

    `address` is where the answer stands in the end, after the host sent on.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str = ""


class NoAnswer(CopydeskError):
    """A host did not answer this time; it may the next.

    It may have done what it was asked to do all the same, unless it was not reached.
    """


class NotReached(NoAnswer):
    """There was no connection to a host, so it knows of nothing."""


class TooLong(CopydeskError):
    """An answer has more bytes than whoever asked will take; smaller questions may help."""


class _Request(NamedTuple):
    """What is asked: a host sees it once, or is followed where it sends on what is harmless."""

    address: str
    method: str
    headers: Mapping[str, str]
    body: bytes | None

    @property
    def may_be_sent_on(self) -> bool:
        harmless = self.method in ("GET", "HEAD") and self.body is None
        return harmless and not any(name.lower() == "authorization" for name in self.headers)


class Session:
    """Requests to one origin; `name` says in messages whose address it is.

    `sleep` waits a number of seconds; tests give one that only counts.
    """

    def __init__(
        self,
        address: str,
        name: str,
        wait: float = WAIT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        import requests

        self._sleep = sleep

        self.origin = origin_of(address, name)
        self._name = name
        self._wait = wait
        self._requests = requests.Session()
        self._requests.auth = _no_login
        self._requests.cookies.set_policy(_no_cookies())
        self._requests.headers["User-Agent"] = f"copydesk/{__version__}"
        # Packed answers can be a thousand times larger than what comes over the wire.
        self._requests.headers["Accept-Encoding"] = "identity"

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._requests.close()

    def ask(
        self,
        address: str,
        method: str = "GET",
        most: int = MOST_BYTES,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Ask for an address and return the answer, whatever its status; follows this host only.

        `most` is how many bytes the answer's body may have. What carries a login or a body is sent
        once and never sent on. Raises NotReached where the host was not reached, NoAnswer where
        it may have done its work, CopydeskError for too long an answer, for a certificate that
        cannot be trusted, and where the host sends elsewhere.
        """
        # The libraries limit the time between two bytes, not that of all of them: a host that
        # drips its headers would hold us up for days. Such a thread ends with the process.
        found: list[Answer | BaseException] = []

        def work() -> None:
            try:
                found.append(self._answer(_Request(address, method, headers or {}, body), most))
            except BaseException as error:
                found.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(self._wait * (_WHOLE + 1))
        if not found:
            raise NoAnswer(self._too_slow().failure)
        if isinstance(found[0], BaseException):
            raise found[0]
        return found[0]

    def _answer(self, request: _Request, most: int) -> Answer:
        import requests
        from urllib3.exceptions import HTTPError

        end = time.monotonic() + self._wait * _WHOLE
        address = request.address
        for _ in range(_MOST_REDIRECTS + 1):
            self._refuse_others(address)
            try:
                with self._requests.request(
                    request.method,
                    address,
                    timeout=self._wait,
                    allow_redirects=False,
                    stream=True,
                    headers=dict(request.headers),
                    data=request.body,
                ) as response:
                    if not response.is_redirect:
                        body = self._body(response, most, end)
                        return Answer(response.status_code, response.headers, body, address)
                    address = urljoin(address, response.headers["Location"])
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                failure = self._failure(*_words(error, self._wait))
                if isinstance(error, requests.exceptions.SSLError | ValueError):
                    raise failure from None
                kind = NotReached if _not_reached(error) else NoAnswer
                raise kind(failure.failure) from None
            if not request.may_be_sent_on:
                self._refuse_others(address)
                raise self._failure(
                    "answers that what was asked stands at another address, and what carries a "
                    "login or a text is not sent on",
                    "Write the address in copydesk.toml just as the browser shows it on that site.",
                )
        raise self._failure(
            "sends from one address to the next without end",
            "Ask whoever runs the site to look at its redirects.",
        )

    def get(
        self,
        address: str,
        most: int = MOST_BYTES,
        patience: Patience = PATIENCE,
        headers: Callable[[], Mapping[str, str]] | None = None,
    ) -> Answer:
        """Ask with GET, and again where the host is busy or does not answer.

        Waits as long as its Retry-After says. `headers` is asked anew for each try, because a
        login may be good for a short time only. Returns the last answer, whatever its status;
        raises CopydeskError like `ask`.
        """
        for tried in range(1, patience.tries + 1):
            pause = min(patience.pause * 2 ** (tried - 1), patience.longest)
            try:
                answer = self.ask(address, "GET", most, headers() if headers else None)
            except NoAnswer:
                if tried == patience.tries:
                    raise
            else:
                wanted = retry_after(answer.headers, datetime.now(UTC))
                pause = pause if wanted is None else wanted
                last = tried == patience.tries or pause > patience.longest
                if last or answer.status not in FOR_NOW:
                    return answer
            self._sleep(pause)
        raise AssertionError("unreachable: the last try returns or raises")

    def _refuse_others(self, address: str) -> None:
        try:
            other = origin_of(address, self._name)
        except CopydeskError:
            other = "something that is no web site"
        if other != self.origin:
            raise self._failure(
                f"sends on to {other}, where nothing was asked or sent",
                "If that is the right address, write it into copydesk.toml.",
            )

    def _body(self, response: requests.Response, most: int, end: float) -> bytes:
        """Read an answer part by part, so that neither its length nor its pace can hold us up."""
        body = bytearray()
        while part := response.raw.read1(_PART, decode_content=False):
            body += part
            if len(body) > most:
                message = f"sends an answer of more than {most:,} bytes"
                help = "Look in a browser what is at this address."
                raise TooLong(self._failure(message, help).failure)
            if time.monotonic() > end:
                raise self._too_slow()
        return bytes(body)

    def _too_slow(self) -> CopydeskError:
        return self._failure(
            f"did not finish its answer within {self._wait * _WHOLE:g} seconds",
            "Try again later, or ask whoever runs the site.",
        )

    def _failure(self, message: str, help: str) -> CopydeskError:
        return CopydeskError(Failure("target", f"{self.origin} {message}", help))


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a host asks to wait for, given as such or as a date, or None."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        until = parsedate_to_datetime(said)
    except (TypeError, ValueError, OverflowError):
        return None
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Add nothing to a request; without this, requests would send what it finds in ~/.netrc."""
    return request


def _no_cookies() -> CookiePolicy:
    from http.cookiejar import DefaultCookiePolicy

    return DefaultCookiePolicy(allowed_domains=[])


def _not_reached(error: Exception) -> bool:
    """Say whether a request failed before anything of it was sent."""
    import requests

    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    return isinstance(error, requests.ConnectionError) and any(
        name in repr(error) for name in ("NewConnectionError", "NameResolution")
    )


def _words(error: Exception, wait: float) -> tuple[str, str]:
    """Return what to say of a failed request, and what to do."""
    import requests

    if isinstance(error, requests.exceptions.SSLError):
        return (
            "has a certificate that cannot be trusted, so nothing was sent",
            "Ask whoever runs the site to mend it. Look whether the clock of this machine is "
            "right, too.",
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return "could not be reached through the proxy", "Check HTTPS_PROXY in the environment."
    if isinstance(error, requests.Timeout) or "ReadTimeout" in type(error).__name__:
        return f"did not answer within {wait:g} seconds", "Try again later."
    if isinstance(error, requests.ConnectionError):
        if "NameResolution" in repr(error):
            return "is not known: no host has this name", "Check the spelling, and the network."
        return "could not be reached", "Check the address, and whether this machine is online."
    return (
        "gave an answer that cannot be understood",
        "Look in a browser what is at this address.",
    )
