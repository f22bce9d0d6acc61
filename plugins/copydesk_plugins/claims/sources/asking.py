"""Asking a resolver politely: one request at a time, at most three a second, no longer than fits.

The limits are those that Crossref and NCBI publish; what Crossref's rate-limit headers say
counts where it is slower.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, NamedTuple, NoReturn

from copydesk.api import CopydeskError, Failure
from copydesk.http import FOR_NOW, Answer, Patience, Session, retry_after

#: Answers about one document are some kilobytes; long reference lists make some a megabyte.
MOST_BYTES = 4 * 1024 * 1024
_PAUSE = 1 / 3
_LONGEST_PAUSE = 60.0


class Clock(NamedTuple):
    """Where waiting takes its time from; tests give one that only counts."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class HostDown(CopydeskError):
    """A host cannot be asked for now, whatever the document."""


class Polite:
    """Requests to one resolver, spaced in time."""

    def __init__(self, base: str, key: str, clock: Clock, wait: float, patience: Patience) -> None:
        self.base = base.rstrip("/")
        self._clock = clock
        self._patience = patience
        self._session = Session(base, f"sources.{key}", wait, clock.sleep)
        self._pause = _PAUSE
        self._last = -_LONGEST_PAUSE

    def __enter__(self) -> Polite:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.__exit__(kind, error, trace)

    def get(self, path: str) -> Answer:
        """Ask for a path below the base; raises CopydeskError, HostDown for a host that is busy."""
        left = self._last + self._pause - self._clock.now()
        if left > 0:
            self._clock.sleep(left)
        try:
            answer = self._session.get(self.base + path, MOST_BYTES, self._patience)
        except CopydeskError as error:
            raise HostDown(error.failure) from None
        finally:
            self._last = self._clock.now()
        self._obey(answer)
        if answer.status in FOR_NOW:
            self._refuse(answer)
        return answer

    def lies(self, message: str) -> NoReturn:
        """Raise CopydeskError for an answer that cannot be one to what was asked."""
        raise CopydeskError(
            Failure(
                "target",
                f"{self._session.origin} {message}, so nothing was changed for it",
                "Look whether the address in [sources] of copydesk.toml is right, and try again.",
            )
        )

    def _refuse(self, answer: Answer) -> NoReturn:
        from datetime import UTC, datetime

        wanted = retry_after(answer.headers, datetime.now(UTC))
        when = f"in {wanted:,.0f} seconds" if wanted else "later"
        raise HostDown(
            Failure(
                "target",
                f"{self._session.origin} is busy or broken for now (it answered {answer.status})",
                f"Run this again {when}; what was answered so far is kept.",
            )
        )

    def _obey(self, answer: Answer) -> None:
        """Slow down where the host allows fewer requests than three a second."""
        try:
            limit = float(answer.headers.get("X-Rate-Limit-Limit", ""))
            seconds = float(answer.headers.get("X-Rate-Limit-Interval", "").removesuffix("s"))
        except ValueError:
            return
        if limit > 0 and seconds > 0:
            self._pause = min(max(_PAUSE, seconds / limit), _LONGEST_PAUSE)


def json_of(polite: Polite, answer: Answer, about: str) -> dict[str, Any]:
    """Return the object that an answer holds; raises CopydeskError where it is none."""
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        kind = answer.headers.get("Content-Type", "").partition(";")[0][:40]
        shown = f" ({kind})" if kind else ""
        polite.lies(f"did not answer about {about} with JSON{shown}")
    return data
