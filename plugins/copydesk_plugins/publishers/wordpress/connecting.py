"""From a target's settings to a WordPress that can be asked."""

from __future__ import annotations

from copydesk.api import TargetSettings
from copydesk.http import Session
from copydesk_plugins.publishers.cms.remote import Remote
from copydesk_plugins.publishers.wordpress.api import Api, Sessions
from copydesk_plugins.publishers.wordpress.login import find_login
from copydesk_plugins.publishers.wordpress.system import WordPress

#: Seconds to wait while WordPress makes smaller copies of a large picture.
_SLOW = 60.0


def connect(settings: TargetSettings) -> Remote:
    """Return the WordPress of a target; nothing is asked yet.

    Raises CopydeskError where the address, the user or the secret is missing or wrong.
    """
    login = find_login(settings)
    name = f"targets.{settings.name}.url"
    sessions = Sessions(Session(settings.url, name), Session(settings.url, name, _SLOW))
    return WordPress(Api(sessions, settings.url, login))
