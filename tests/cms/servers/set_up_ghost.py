"""Make the owner of a new Ghost and two integrations:  set_up_ghost.py ADDRESS

Prints KEY=VALUE lines. The second integration is for what tests do as somebody else.
"""

from __future__ import annotations

import http.cookiejar
import json
import secrets
import sys
import time
import urllib.error
import urllib.request
from typing import Any

OWNER = "owner@example.test"


class Setup:
    """Asks the Admin API as the owner, by session."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask once, and again as long as Ghost says that it still starts."""
        request = urllib.request.Request(
            f"{self._address}/ghost/api/admin/{path}",
            None if body is None else json.dumps(body).encode(),
            {"Origin": self._address, "Content-Type": "application/json"},
            method=method,
        )
        for _ in range(60):
            try:
                with self._opener.open(request, timeout=30) as answer:
                    text = answer.read().decode()
                return json.loads(text) if text.startswith("{") else text
            except urllib.error.HTTPError as error:
                if error.code != 503:
                    sys.exit(f"{method} {path}: {error.code} {error.read().decode()[:400]}")
            time.sleep(0.5)
        sys.exit(f"{method} {path}: it still starts after half a minute")


def main(address: str) -> None:
    setup = Setup(address)
    password = secrets.token_urlsafe(24)
    owner = {"name": "Lab Owner", "email": OWNER, "password": password, "blogTitle": "Lab site"}
    setup.ask("POST", "authentication/setup/", {"setup": [owner]})
    setup.ask("POST", "session/", {"username": OWNER, "password": password})
    print(f"GHOST_OWNER_EMAIL={OWNER}\nGHOST_OWNER_PASSWORD={password}")
    for name, line in (("copydesk", "GHOST_ADMIN_API_KEY"), ("somebody", "GHOST_OTHER_API_KEY")):
        made = setup.ask(
            "POST", "integrations/?include=api_keys", {"integrations": [{"name": name}]}
        )
        keys = {key["type"]: key["secret"] for key in made["integrations"][0]["api_keys"]}
        print(f"{line}={keys['admin']}")


if __name__ == "__main__":
    main(sys.argv[1])
