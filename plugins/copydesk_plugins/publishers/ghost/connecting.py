"""From a target's settings to a Ghost that can be asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from copydesk.api import CopydeskError, Failure, TargetSettings
from copydesk.credentials import find_secret
from copydesk.http import Session
from copydesk_plugins.publishers.cms.remote import Remote
from copydesk_plugins.publishers.ghost.addresses import api_root
from copydesk_plugins.publishers.ghost.answers import Where
from copydesk_plugins.publishers.ghost.api import Api
from copydesk_plugins.publishers.ghost.posts import Ghost
from copydesk_plugins.publishers.ghost.token import read_key


def _now() -> datetime:
    return datetime.now(UTC)


def connect(
    settings: TargetSettings,
    clock: Callable[[], datetime] = _now,
    sleep: Callable[[float], None] = time.sleep,
) -> Remote:
    """Return the Ghost of a target; nothing is asked yet.

    Raises CopydeskError where the address or the key is missing or wrong.
    """
    name = f"targets.{settings.name}.url"
    if not settings.url:
        raise CopydeskError(
            Failure(
                "config",
                f"the target {settings.name} has no address",
                'Give it the address of the Ghost site: url = "https://blog.example".',
            )
        )
    session = Session(settings.url, name, sleep=sleep)
    key = read_key(find_secret(settings.name, settings.url), settings.name)
    where = Where(settings.name, session.origin)
    return Ghost(Api(session, api_root(settings.url), key, where, clock, sleep))
