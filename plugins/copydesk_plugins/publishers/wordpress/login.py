"""Who we say we are: the account and its application password, as one header."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from copydesk.api import CopydeskError, Failure, TargetSettings
from copydesk.credentials import Secret, find_secret

_HIDDEN = "(hidden)"


class Login:
    """The header that logs in; nothing else of it ever gets out."""

    def __init__(self, user: str, secret: Secret) -> None:
        self.user = user
        self._secret = secret

    def headers(self) -> Mapping[str, str]:
        """Return the header to send with each request."""
        return {"Authorization": f"Basic {self._encoded()}"}

    def hide(self, text: str) -> str:
        """Return a text without the password, should a system ever answer with it."""
        password = self._secret.reveal()
        bare = "".join(password.split())
        for part in (self._encoded(), self._encoded().rstrip("="), password, bare):
            text = text.replace(part, _HIDDEN)
        return text

    def _encoded(self) -> str:
        return b64encode(f"{self.user}:{self._secret.reveal()}".encode()).decode()


def find_login(settings: TargetSettings) -> Login:
    """Return the login of a target; raises CopydeskError where a part of it is missing."""
    place = f"targets.{settings.name}"
    if not settings.user:
        raise CopydeskError(
            Failure(
                "target",
                f"{place} has no user",
                "Write the name you log in to WordPress with as `user` into copydesk.toml. The "
                f"application password is stored with `copydesk login {settings.name}`.",
            )
        )
    if ":" in settings.user or not settings.user.isprintable():
        raise CopydeskError(
            Failure(
                "target",
                f"{place}.user is no user name",
                "A user name holds no colon. The password does not belong in copydesk.toml.",
            )
        )
    return Login(settings.user, find_secret(settings.name, settings.url))
