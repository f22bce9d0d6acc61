"""Secrets of targets: each is bound to the origin it may be sent to, and shown nowhere.

A secret comes from two variables of the environment, or from the system's keyring, where
`copydesk login` put it together with its origin. A target whose address has another origin
does not get it: who changes a configuration file cannot have a secret sent elsewhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from copydesk.model.finding import CopydeskError, Failure
from copydesk.origins import is_private, origin_of

#: Longer than any key of a publishing system; Windows keeps no more either.
MOST_CHARACTERS = 1_000
#: Keyrings that keep nothing, or keep it where every program of this user can read it.
_UNUSABLE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt.file")


class Secret:
    """A text that no message, log or traceback shows; `reveal` is called only to send it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


def variables(target: str) -> tuple[str, str]:
    """Return the names of the two variables for a target: of its secret and of its address."""
    name = "COPYDESK_" + re.sub(r"[^A-Z0-9]", "_", target.upper())
    return f"{name}_SECRET", f"{name}_URL"


def decode_secret(data: bytes) -> str:
    """Return piped bytes as text; raises CopydeskError where they are none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        help = "Pipe in the password or key as plain text. Nothing was stored."
        raise CopydeskError(Failure("target", "the secret is no text in UTF-8", help)) from None


def read_secret(text: str) -> Secret:
    """Return what somebody typed or piped as a secret; raises CopydeskError where it is none."""
    text = text.strip()
    problem = ""
    if not text:
        problem = "is empty"
    elif len(text) > MOST_CHARACTERS:
        problem = f"is longer than {MOST_CHARACTERS:,} characters"
    elif not text.isprintable():
        problem = "holds a line break or a character that cannot be seen"
    if problem:
        help = "Copy the password or key alone, on one line. Nothing was stored."
        raise CopydeskError(Failure("target", f"the secret {problem}", help))
    return Secret(text)


def find_secret(target: str, url: str) -> Secret:
    """Return the secret of a target that may be sent to an address.

    Raises CopydeskError where there is none, or only one for another origin.
    """
    origin = _origin(target, url)
    secret_name, url_name = variables(target)
    if text := os.environ.get(secret_name, "").strip():
        if not os.environ.get(url_name):
            raise _failure(
                f"{secret_name} is set, but {url_name} is not",
                f"Set {url_name} to the address that the secret may be sent to, such as {origin}.",
            )
        allowed = origin_of(os.environ[url_name], url_name)
        if allowed != origin:
            raise _another_origin(target, origin, allowed, f"Or set {url_name} to the new one.")
        return read_secret(text)
    with _keyring(target, origin) as keyring:
        stored = keyring.get_password(_service(target), origin)
        other = None if stored else keyring.get_credential(_service(target), None)
    if stored:
        return read_secret(stored)
    if other is not None:
        help = f"Or store the new one with `copydesk login {target}`."
        raise _another_origin(target, origin, other.username, help)
    raise _failure(f"there is no secret of {target} for {origin}", _ways(target, origin))


def store_secret(target: str, url: str, secret: Secret) -> str:
    """Put a secret with its origin into the keyring and return the origin; raises CopydeskError."""
    origin = _origin(target, url)
    with _keyring(target, origin) as keyring:
        keyring.set_password(_service(target), origin, secret.reveal())
        kept = keyring.get_password(_service(target), origin) == secret.reveal()
    if not kept:
        raise _no_keyring(target, origin, "it did not keep what it was given")
    return origin


def remove_secret(target: str, url: str) -> str:
    """Take a target's secret out of the keyring; return its origin, or nothing if none was there.

    Raises CopydeskError where the keyring cannot be used.
    """
    origin = _origin(target, url)
    with _keyring(target, origin) as keyring:
        if keyring.get_password(_service(target), origin) is None:
            return ""
        keyring.delete_password(_service(target), origin)
    return origin


def require_keyring(target: str, url: str) -> str:
    """Return the origin of a target's address; raises CopydeskError without a usable keyring."""
    origin = _origin(target, url)
    with _keyring(target, origin) as keyring:
        keyring.get_password(_service(target), origin)
    return origin


def _service(target: str) -> str:
    return f"copydesk:{target}"


def _origin(target: str, url: str) -> str:
    """Return the origin of a target's address; it has to be one that keeps a secret."""
    name = f"targets.{target}.url"
    origin = origin_of(url, name)
    if not is_private(origin):
        raise _failure(
            f"{name} begins with http://, so anybody on the way could read the secret",
            "Write https:// in copydesk.toml. No secret is stored or sent otherwise.",
        )
    return origin


@contextmanager
def _keyring(target: str, origin: str) -> Iterator[Any]:
    """Give the keyring to work with; whatever goes wrong in it is told without its words.

    They may hold anything: keyrings are other people's programs.
    """
    try:
        import keyring
        from keyring.errors import KeyringLocked

        backend = type(keyring.get_keyring()).__module__
    except Exception as error:
        raise _no_keyring(target, origin, type(error).__name__) from None
    if backend.startswith(_UNUSABLE):
        raise _no_keyring(target, origin, "there is none on this machine")
    try:
        yield keyring
    except KeyringLocked:
        raise _no_keyring(target, origin, "it is locked") from None
    except Exception as error:
        raise _no_keyring(target, origin, type(error).__name__) from None


def _no_keyring(target: str, origin: str, reason: str) -> CopydeskError:
    secret_name, url_name = variables(target)
    help = (
        f"Nothing is stored. Set two variables in the environment instead: {secret_name} to the "
        f"secret, and {url_name} to {origin}."
    )
    return _failure(f"no keyring of this system can be used: {reason}", help)


def _another_origin(target: str, origin: str, allowed: str, help: str) -> CopydeskError:
    return _failure(
        f"the secret of {target} may be sent to {allowed}, but targets.{target}.url leads to "
        f"{origin}",
        f"It was not sent. Look which of the two is right, and mend copydesk.toml. {help}",
    )


def _ways(target: str, origin: str) -> str:
    secret_name, url_name = variables(target)
    return (
        f"Store it with `copydesk login {target}`. Where there is no keyring, set {secret_name} "
        f"to the secret and {url_name} to {origin} in the environment."
    )


def _failure(message: str, help: str) -> CopydeskError:
    return CopydeskError(Failure("target", message, help))
