"""Secrets: bound to an origin, hidden everywhere, from the environment or a keyring."""

from __future__ import annotations

import copy
import pickle
import traceback

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from copydesk import credentials
from copydesk.credentials import Secret
from copydesk.model.finding import CopydeskError

URL = "https://clinic.example/wp"
PEAR = "pear-tree-1234"


class Drawer(KeyringBackend):
    """A keyring in memory, which may be made to fail; what a real one does is in tests/cli."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, error: Exception | None = None, forgets: bool = False) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.error, self.forgets = error, forgets

    def _try(self) -> None:
        if self.error:
            raise self.error

    def get_password(self, service: str, username: str) -> str | None:
        self._try()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._try()
        if not self.forgets:
            self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[(service, username)]

    def get_credential(self, service, username):  # type: ignore[no-untyped-def]
        for (kept, name), password in self.kept.items():
            if kept == service:
                return keyring.credentials.SimpleCredential(name, password)
        return None


@pytest.fixture(autouse=True)
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    for name in credentials.variables("clinic"):
        monkeypatch.delenv(name, raising=False)
    return use(monkeypatch, Drawer())


def use(monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend) -> Drawer:
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
    return backend  # type: ignore[return-value]


def environment(monkeypatch: pytest.MonkeyPatch, secret: str = "", url: str = "") -> None:
    for name, value in zip(credentials.variables("clinic"), (secret, url), strict=True):
        monkeypatch.setenv(name, value)


def refused(words: str, target: str = "clinic", url: str = URL) -> str:
    with pytest.raises(CopydeskError, match=words) as caught:
        credentials.find_secret(target, url)
    said = "".join(traceback.format_exception(caught.value)) + str(caught.value.failure)
    assert PEAR not in said
    return said


def test_a_secret_is_shown_nowhere() -> None:
    secret = Secret(PEAR)
    shown = [repr(secret), str(secret), f"{secret}", f"{[secret]!r}", f"{secret!s:>40}"]
    assert not any(PEAR in each for each in shown)
    assert secret.reveal() == PEAR
    assert not hasattr(secret, "__dict__")
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            way(secret)


@pytest.mark.parametrize(
    ("typed", "secret"),
    [
        (PEAR, PEAR),
        (f"{PEAR}\r\n", PEAR),
        (" abcd efgh ijkl ", "abcd efgh ijkl"),
        ("ü" * 1000,) * 2,
    ],
)
def test_what_is_typed(typed: str, secret: str) -> None:
    assert credentials.read_secret(typed).reveal() == secret


def test_bytes_that_are_no_text() -> None:
    assert credentials.decode_secret(b"\xef\xbb\xbfpear\n") == "pear\n"
    with pytest.raises(CopydeskError, match="the secret is no text in UTF-8") as caught:
        credentials.decode_secret(PEAR.encode() + b"\xff")
    assert PEAR not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("typed", ["", " \n", "a\nb", "a\0b", "a\x1b[31m", "a\u202eb", "x" * 1001])
def test_what_is_no_secret(typed: str) -> None:
    with pytest.raises(CopydeskError, match=r"the secret (is|holds)") as caught:
        credentials.read_secret(typed)
    assert not typed.strip() or typed not in str(caught.value.failure)


@pytest.mark.parametrize(
    ("target", "name"),
    [("clinic", "CLINIC"), ("clinic-north.2", "CLINIC_NORTH_2"), ("büro", "B_RO"), ("", "")],
)
def test_names_of_the_variables(target: str, name: str) -> None:
    assert credentials.variables(target) == (f"COPYDESK_{name}_SECRET", f"COPYDESK_{name}_URL")


def test_what_was_stored_is_found_for_its_origin_only(drawer: Drawer) -> None:
    assert credentials.store_secret("clinic", URL, Secret(PEAR)) == "https://clinic.example"
    assert drawer.kept == {("copydesk:clinic", "https://clinic.example"): PEAR}
    for same in (URL, "HTTPS://CLINIC.EXAMPLE:443/other"):
        assert credentials.find_secret("clinic", same).reveal() == PEAR
    for other in ("https://evil.example", "https://clinic.example:8443", "http://localhost"):
        said = refused("may be sent to https://clinic.example, but", url=other)
        assert "It was not sent" in said
    refused("there is no secret of other", "other")


def test_two_sites_may_call_their_targets_alike() -> None:
    credentials.store_secret("clinic", "https://north.example", Secret("one"))
    credentials.store_secret("clinic", "https://south.example", Secret("two"))
    assert credentials.find_secret("clinic", "https://north.example").reveal() == "one"
    assert credentials.find_secret("clinic", "https://south.example").reveal() == "two"


def test_removing(drawer: Drawer) -> None:
    credentials.store_secret("clinic", URL, Secret(PEAR))
    assert credentials.remove_secret("clinic", "https://other.example") == ""
    assert credentials.remove_secret("clinic", URL) == "https://clinic.example"
    assert credentials.remove_secret("clinic", URL) == ""
    assert drawer.kept == {}


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    credentials.store_secret("clinic", URL, Secret("from the keyring"))
    environment(monkeypatch, f"{PEAR}\n", "https://CLINIC.example:443/x")
    assert credentials.find_secret("clinic", URL).reveal() == PEAR


def test_the_environment_binds_to_an_origin_too(monkeypatch: pytest.MonkeyPatch) -> None:
    credentials.store_secret("clinic", URL, Secret("from the keyring"))
    environment(monkeypatch, PEAR, "https://other.example")
    assert "targets.clinic.url leads to https://clinic.example" in refused("https://other.example")
    environment(monkeypatch, PEAR)
    assert "such as https://clinic.example" in refused("COPYDESK_CLINIC_URL is not")
    environment(monkeypatch, PEAR, f"https://mara:{PEAR}@clinic.example")
    refused("COPYDESK_CLINIC_URL holds a user name")


def test_an_address_alone_or_an_empty_secret_is_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, " ", URL)
    said = refused("there is no secret of clinic for https://clinic.example")
    assert "copydesk login clinic" in said
    assert "COPYDESK_CLINIC_SECRET" in said
    assert "COPYDESK_CLINIC_URL" in said


def test_no_secret_over_a_line_that_others_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, PEAR, "http://clinic.example")
    refused("anybody on the way could read the secret", url="http://clinic.example")
    with pytest.raises(CopydeskError, match="anybody on the way"):
        credentials.store_secret("clinic", "http://clinic.example", Secret(PEAR))
    environment(monkeypatch, PEAR, "http://127.0.0.1:8000")
    assert credentials.find_secret("clinic", "http://127.0.0.1:8000/").reveal() == PEAR


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        (NoKeyring(), "there is none on this machine"),
        (Drawer(KeyringLocked(PEAR)), "it is locked"),
        (Drawer(RuntimeError(f"cannot store {PEAR}")), "RuntimeError"),
        (Drawer(forgets=True), "it did not keep what it was given"),
    ],
)
def test_a_keyring_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend, words: str
) -> None:
    use(monkeypatch, backend)
    with pytest.raises(CopydeskError, match=words) as caught:
        credentials.store_secret("clinic", URL, Secret(PEAR))
    said = "".join(traceback.format_exception(caught.value)) + str(caught.value.failure)
    assert PEAR not in said
    for name in ("Nothing is stored", "COPYDESK_CLINIC_SECRET", "COPYDESK_CLINIC_URL"):
        assert name in said
    if not isinstance(backend, Drawer) or backend.error:
        refused(words)
    environment(monkeypatch, PEAR, URL)
    assert credentials.find_secret("clinic", URL).reveal() == PEAR, "no keyring is asked for it"


def test_a_package_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> KeyringBackend:
        raise ImportError(PEAR)

    monkeypatch.setattr(keyring, "get_keyring", broken)
    refused("no keyring of this system can be used: ImportError")
