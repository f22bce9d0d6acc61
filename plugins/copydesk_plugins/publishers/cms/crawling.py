"""Going through the pages of a live site as a visitor would: slowly, within limits, no login."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.robotparser import RobotFileParser

from copydesk.api import CopydeskError
from copydesk.http import NoAnswer, Patience, Session
from copydesk_plugins.publishers.cms.chain_check import place
from copydesk_plugins.publishers.cms.page_reading import Visit

_NAME = "copydesk"
_MOST_ROBOTS = 512 * 1024
#: So many pages in a row without an answer mean that the site as a whole gives none.
_IN_A_ROW = 3


class Limits(NamedTuple):
    """How many pages are asked for at most, how many seconds that may take, and how long one is.

    After each answer there is a pause as long as the answer took, at most `pause` seconds: so
    somebody else gets at least as much of the site as we do.
    """

    pages: int = 2000
    seconds: float = 1800.0
    bytes: int = 4 * 1024 * 1024
    pause: float = 2.0


LIMITS = Limits()


class Crawler:
    """Asks one public site for pages, one after the other.

    `left` counts the pages that were not asked for because a limit was reached.
    """

    def __init__(
        self,
        session: Session,
        limits: Limits = LIMITS,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session, self._limits, self._sleep, self._clock = session, limits, sleep, clock
        self._end = clock() + limits.seconds
        self._asked = 0
        self._unanswered = 0
        self.left = 0
        self._robots = self._read_robots()

    def visit(self, address: str) -> Visit | None:
        """Ask for a page, or return None where a limit is reached.

        Raises CopydeskError where the site gives no answer any more.
        """
        if self._asked >= self._limits.pages or self._clock() > self._end:
            self.left += 1
            return None
        self._asked += 1
        if not place(address).startswith(f"{self._session.origin}/"):
            return Visit(address, 0, why="it is on another site, which was not asked")
        if self._is_asked_to_stay_away(address):
            return Visit(address, 0, why="robots.txt there asks Copydesk to stay away")
        started = self._clock()
        try:
            answer = self._session.get(address, self._limits.bytes, Patience(3, 30.0))
        except NoAnswer as error:
            self._unanswered += 1
            if self._unanswered >= _IN_A_ROW:
                raise
            return Visit(address, 0, why=error.failure.message)
        except CopydeskError as error:
            return Visit(address, 0, why=error.failure.message)
        self._unanswered = 0
        self._sleep(min(max(self._clock() - started, 0.0), self._limits.pause))
        robots = answer.headers.get("X-Robots-Tag", "")
        return Visit(address, answer.status, answer.address, answer.body, robots=robots)

    def closed_to_robots(self, address: str) -> bool:
        """Say whether robots.txt keeps search engines away from a page."""
        return not self._robots.can_fetch("*", address)

    def _is_asked_to_stay_away(self, address: str) -> bool:
        """Say whether robots.txt names Copydesk and keeps it away.

        What it says to all robots is meant for those that come by themselves. We are sent by
        whoever runs the site, and read the pages that were published with us.
        """
        return not self._robots.can_fetch(_NAME, address) and not self.closed_to_robots(address)

    def _read_robots(self) -> RobotFileParser:
        found = RobotFileParser()
        found.parse([])
        try:
            answer = self._session.get(
                f"{self._session.origin}/robots.txt", _MOST_ROBOTS, Patience(3, 30.0)
            )
        except NoAnswer:
            raise
        except CopydeskError:
            return found  # too long, or sent on to another host
        if answer.status == 200:
            found.parse(answer.body.decode("utf-8", "replace").splitlines())
        return found
