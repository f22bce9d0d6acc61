"""The key of a custom integration, and the short-lived token that each request carries."""

from __future__ import annotations

import hmac
import json
import re
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import NamedTuple

from copydesk.api import CopydeskError, Failure
from copydesk.credentials import Secret

#: Ghost takes no token that was made more than five minutes ago.
_LASTS = 300
_KEY = re.compile(r"([0-9a-f]{24}):((?:[0-9a-f]{2}){32,64})", re.IGNORECASE | re.ASCII)


class Key(NamedTuple):
    """An Admin API key: which one it is, and what tokens are signed with."""

    id: str
    secret: Secret


def read_key(secret: Secret, target: str) -> Key:
    """Return the key in a stored secret; raises CopydeskError where it is none."""
    found = _KEY.fullmatch(secret.reveal())
    if found is None:
        raise CopydeskError(
            Failure(
                "target",
                f"the secret of {target} is no Admin API key of Ghost",
                "It has 24 signs, a colon and 64 more signs, all of them digits or letters from a "
                "to f. In Ghost, open Settings, Integrations, your custom integration, and copy "
                f"the Admin API key, not the Content API key. Then run `copydesk login {target}`.",
            )
        )
    return Key(found[1], Secret(found[2]))


def make_token(key: Key, now: datetime) -> str:
    """Return a signed token (JWT, HS256) that Ghost takes for the next five minutes."""
    made = int(now.timestamp())
    head = {"alg": "HS256", "kid": key.id, "typ": "JWT"}
    says = {"aud": "/admin/", "exp": made + _LASTS, "iat": made}
    signed = b".".join(
        _part(json.dumps(each, separators=(",", ":")).encode()) for each in (head, says)
    )
    signature = hmac.digest(bytes.fromhex(key.secret.reveal()), signed, "sha256")
    return (signed + b"." + _part(signature)).decode()


def _part(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")
