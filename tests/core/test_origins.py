"""Origins: one way to write each, and a refusal for whatever two readers could read in two ways."""

from __future__ import annotations

import pytest

from copydesk.model.finding import CopydeskError
from copydesk.origins import is_private, origin_of

SAME = {
    "https://blog.example": [
        "https://blog.example",
        "HTTPS://Blog.Example/",
        "https://blog.example:443/wp-json?x=1#y",
        "https://blog.example/a@b",
    ],
    "https://blog.example:8443": ["https://blog.example:8443/ghost/"],
    "http://blog.example": ["http://blog.example:80"],
    "https://xn--bro-hoa.example": ["https://büro.example/", "https://BÜRO.example", "https://xn--bro-hoa.example"],
    "https://xn--strae-oqa.example": ["https://straße.example"],
    "http://127.0.0.1:8000": ["http://127.0.0.1:8000/"],
    "http://[::1]:8000": ["http://[::1]:8000/x"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("address", "origin"), [(each, origin) for origin, them in SAME.items() for each in them]
)
def test_one_way_to_write_an_origin(address: str, origin: str) -> None:
    assert origin_of(address, "url") == origin
    assert origin_of(origin, "url") == origin


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://mara:key@blog.example", "a user name or a password"),
        ("https://blog.example@evil.example/", "a user name or a password"),
        ("https://@blog.example/", "a user name or a password"),
        ("ftp://blog.example", "does not begin with https://"),
        ("blog.example", "does not begin with https://"),
        ("javascript:alert(1)", "does not begin with https://"),
        ("", "does not begin with https://"),
        ("https://", "is no address"),
        ("https:///path", "is no address"),
        ("https://blog.example\\@evil.example", "a user name or a password"),
        ("https://blog.example\\.evil.example", "is no address"),
        ("https://blog.example /x", "is no address"),
        ("https://blog\t.example/x", "is no address"),
        ("https://blog.example/\r\nHost: evil.example", "is no address"),
        ("https://blog.example:99999", "is no address"),
        ("https://blog.example:0", "is no address"),
        ("https://blog.example:x", "is no address"),
        ("https://%62log.example", "is no address"),
        ("https://[::1", "is no address"),
        ("https://[fe80::1%25eth0]/", "is no address"),
        ("https://bl\u2024og..example", "is no address"),
        ("https://" + "ü" * 80 + ".example", "is no address"),
    ],
)
def test_what_is_no_address_is_refused_and_never_quoted(address: str, words: str) -> None:
    with pytest.raises(CopydeskError, match=words) as caught:
        origin_of(address, "targets.clinic.url")
    said = caught.value.failure.message + caught.value.failure.help
    assert "targets.clinic.url" in said
    assert not [word for word in ("mara", "evil") if word in said]


@pytest.mark.parametrize(
    ("origin", "private"),
    [
        ("https://blog.example", True),
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("http://blog.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://[2001:db8::1]", False),
    ],
)
def test_who_could_read_along(origin: str, private: bool) -> None:
    assert is_private(origin) is private
