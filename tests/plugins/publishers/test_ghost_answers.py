"""What becomes of each answer of Ghost, and of what may stand in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from ghost_stub import HEX, ID, KEY, NOW, WISH, Asked, Says, ghost, ghost_error, post, usual

from copydesk.api import CopydeskError
from copydesk_plugins.publishers.cms.remote import Lost, Moved, NotDone, Refused, Unclear
from copydesk_plugins.publishers.ghost.posts import Ghost

HTML = b"<!doctype html><title>Something else</title>"
MADE = Says({"posts": [post()]}, 201)
SECRETS = (KEY, HEX, "eyJ", "Authorization")


def cut(handler: BaseHTTPRequestHandler) -> None:
    """End the connection without a word."""
    handler.close_connection = True


def truncated(handler: BaseHTTPRequestHandler) -> None:
    """Announce more than is sent."""
    handler.send_response(201)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"posts": [')


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send without end, in small parts."""
    handler.send_response(200)
    handler.end_headers()
    with_pause = b'{"posts": [' + b" " * 100_000
    try:
        while True:
            handler.wfile.write(with_pause)
    except OSError:
        handler.close_connection = True


def word(error: CopydeskError) -> str:
    return f"{error.failure.message} {error.failure.help}"


#: Answers to a write: what is raised exactly, and what the message says.
WRITES: dict[str, tuple[Says, type[CopydeskError], str]] = {
    "connection cut": (Says(cut), Unclear, "not known whether"),
    "truncated": (Says(truncated), Unclear, "not known whether"),
    "never ending": (Says(endless), Unclear, "not known whether"),
    "page with 200": (Says(HTML), Unclear, "something else than it should"),
    "JSON of another kind": (Says({"posts": [{"id": 7}]}, 201), Unclear, "something else"),
    "nothing": (Says(b"", 204), Unclear, "204"),
    "500": (Says(HTML, 500), Unclear, "500"),
    "502": (Says(HTML, 502), Unclear, "502"),
    "503 of Ghost": (ghost_error(503, "Maintenance"), Unclear, "503"),
    "elsewhere": (Says(HTML, 302, {"Location": "/login/"}), Unclear, "not sent on"),
    "429 without words": (Says(b"", 429), NotDone, "too often"),
    "429 of Ghost": (ghost_error(429, "Too many"), NotDone, "too often"),
    "403 of a firewall": (Says(HTML, 403), Refused, "firewall"),
    "403 of Ghost": (ghost_error(403, "No permission."), Refused, "No permission"),
    "404 of Ghost": (ghost_error(404, "Not found."), Refused, "not in Ghost any more"),
    "413": (Says(HTML, 413), Refused, "as large as this"),
    "422": (
        ghost_error(422, "No.", context="Too long\x1b[31m.", property="custom_excerpt"),
        Refused,
        "because of the description: Too long",
    ),
    "409 of another kind": (ghost_error(409, "Odd."), Refused, "Odd"),
    "collision": (ghost_error(409, "Saving failed!", "UPDATE_COLLISION"), Moved, "somebody else"),
    "unknown key": (ghost_error(401, "Unknown", "UNKNOWN_ADMIN_API_KEY"), Lost, "does not know"),
    "wrong key": (
        ghost_error(401, "Invalid token: invalid signature", "INVALID_JWT"),
        Lost,
        "does not accept",
    ),
    "password before the site": (Says(HTML, 401), Lost, "a password of its own"),
    "400 of a token": (ghost_error(400, "Invalid token", "INVALID_JWT"), Lost, "does not accept"),
}


def respond_to_writes(says: Says) -> Callable[[Asked], Says]:
    def respond(asked: Asked) -> Says:
        return says if asked.method != "GET" else usual(asked) or Says({"posts": [post()]})

    return respond


@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_made_once_and_told_by_its_kind(name: str) -> None:
    says, kind, text = WRITES[name]
    with ghost(respond_to_writes(says)) as (remote, asked), pytest.raises(CopydeskError) as caught:
        remote.create(WISH)
    assert type(caught.value) is kind
    assert text in word(caught.value)
    assert [each.path for each in asked if each.method == "POST"] == ["posts/"]
    assert not any(secret in word(caught.value) for secret in SECRETS)
    assert caught.value.failure.message.isprintable()


def test_a_host_that_nobody_answers_at_was_not_asked() -> None:
    with ghost(respond_to_writes(MADE)) as (remote, _):
        assert remote.create(WISH) == "6" * 24
    with pytest.raises(NotDone):
        remote._api.write("POST", "posts/", {})


@pytest.mark.parametrize(
    ("given", "pause"), [("7", 7.0), ("", 0.0), ("Mon, 01 Jun 2020 12:00:00 GMT", 0.0)]
)
def test_a_pause_that_was_asked_for_is_passed_on(given: str, pause: float) -> None:
    says = Says(b"", 429, {"Retry-After": given})
    with ghost(respond_to_writes(says)) as (remote, _), pytest.raises(NotDone) as caught:
        remote.create(WISH)
    assert caught.value.pause == pause


#: Answers to a read: how often it is asked, what is raised, and what the message says.
READS: dict[str, tuple[Says, int, type[CopydeskError], str]] = {
    "connection cut": (Says(cut), 4, Lost, ""),
    "truncated": (Says(truncated), 4, Lost, ""),
    "never ending": (Says(endless), 1, Lost, "bytes"),
    "page with 200": (Says(HTML), 3, Lost, "a web page came back"),
    "500": (Says(HTML, 500), 4, Lost, "500"),
    "429": (Says(b"", 429), 4, Lost, "429"),
    "403 of a firewall": (Says(HTML, 403), 1, Refused, "firewall"),
    "wrong key": (ghost_error(401, "Invalid token", "INVALID_JWT"), 1, Lost, "does not accept"),
    "404 of a page": (Says(HTML, 404), 1, Refused, "web page"),
    "no posts": (Says({"tags": []}), 1, Lost, "not as its posts are (posts)"),
    "no objects": (Says({"posts": [1]}), 1, Lost, "(posts)"),
    "no id": (Says({"posts": [post(id="../x")]}), 1, Lost, "(id)"),
    "no title": (Says({"posts": [post(title=None)]}), 1, Lost, "(title)"),
    "no tags": (Says({"posts": [post(tags={})]}), 1, Lost, "(tags)"),
    "no date": (Says({"posts": [post(published_at="soon")]}), 1, Lost, "(published_at)"),
    "half a sign in bytes": (
        Says(b'{"posts": [{"title": "\xed\xa0\x80"}]}'),
        3,
        Lost,
        "web page",
    ),
    "half a sign": (Says(b'{"posts": [{"title": "\\ud800"}]}'), 3, Lost, "web page"),
    "too deep": (Says(b'{"posts":' + b"[" * 90_000 + b"]" * 90_000 + b"}"), 3, Lost, "web page"),
    "not the text": (Says({"posts": [post(codeinjection_head=5)]}), 1, Lost, "(codeinjection"),
}


@pytest.mark.parametrize("name", READS)
def test_a_read_is_made_again_where_that_may_help(name: str) -> None:
    says, times, kind, text = READS[name]

    def respond(asked: Asked) -> Says:
        return says if asked.path.startswith("posts/6") else usual(asked) or Says(HTML, 404)

    with ghost(respond) as (remote, asked), pytest.raises(CopydeskError) as caught:
        remote.read("6" * 24)
    assert isinstance(caught.value, kind)
    assert text in word(caught.value)
    assert len([each for each in asked if each.path.startswith("posts/6")]) == times
    assert not any(secret in word(caught.value) for secret in SECRETS)


def test_a_post_that_is_not_there_is_none() -> None:
    def respond(asked: Asked) -> Says:
        return usual(asked) or ghost_error(404, "Post not found.")

    with ghost(respond) as (remote, asked):
        assert remote.read("6" * 24) is None
        assert remote.read("../users/me") is None
    assert all("users" not in each.path for each in asked)


def test_every_try_has_a_token_of_its_own_moment() -> None:
    clock = iter(NOW + timedelta(minutes=10 * number) for number in range(100))

    def respond(asked: Asked) -> Says:
        return Says(b"", 503) if asked.path.startswith("posts/6") else usual(asked) or Says()

    with ghost(respond) as (remote, asked):
        remote._api.clock = lambda: next(clock)
        with pytest.raises(Lost):
            remote.read("6" * 24)
    tokens = [each.headers["Authorization"] for each in asked if each.path.startswith("posts/6")]
    assert len(tokens) == len(set(tokens)) == 4


def greeted(remote: Ghost) -> str:
    with pytest.raises(Lost) as caught:
        remote.greet()
    assert not any(secret in word(caught.value) for secret in SECRETS)
    return word(caught.value)


#: What may stand at an address, by path, and what the greeting says of it.
GREETINGS: dict[str, tuple[dict[str, Says], str]] = {
    "no Ghost": ({"site/": Says(HTML)}, "no Ghost at this address"),
    "another program": ({"site/": Says({"hello": 1})}, "no Ghost at this address"),
    "nothing there": ({"site/": Says(HTML, 404)}, "answered 404"),
    "password before": ({"site/": Says(b"", 401)}, "a password of its own"),
    "no address": ({"site/": Says({"site": {"url": "javascript:1"}})}, "public site"),
    "too old": (
        {
            "site/": Says(
                {"site": {"url": "https://x.example/"}}, headers={"Content-Version": "v4.48"}
            )
        },
        "Ghost 4.48",
    ),
    "no version": ({"site/": Says({"site": {"url": "https://x.example/"}})}, "which version"),
    "unknown key": (
        {"users/me/": ghost_error(401, "Unknown", "UNKNOWN_ADMIN_API_KEY")},
        "does not know this Admin API key",
    ),
    "no posts": ({"posts/": ghost_error(403, "No permission.")}, "No permission"),
    "posts behind a firewall": ({"posts/": Says(HTML, 403)}, "firewall"),
    "expired": (
        {"users/me/": ghost_error(401, "Invalid token: jwt expired", "INVALID_JWT")},
        "differ by 0 seconds",
    ),
}


@pytest.mark.parametrize("name", GREETINGS)
def test_a_greeting_tells_what_would_fail_later(name: str) -> None:
    answers, text = GREETINGS[name]
    with ghost(lambda asked: answers.get(asked.path) or usual(asked) or Says()) as (remote, _):
        assert text in greeted(remote)


#: How far this machine's clock is from the site's, and what is said.
CLOCKS = {
    -400: "differ by 400 seconds: ours is behind",
    400: "differ by 400 seconds: ours is ahead",
    -100: "more than a minute behind",
    100: "more than a minute ahead of",
    -20: "",
    20: "",
}


@pytest.mark.parametrize("seconds", CLOCKS)
def test_a_wrong_clock_is_told(seconds: int) -> None:
    text, now = CLOCKS[seconds], NOW + timedelta(seconds=seconds)
    with ghost(lambda asked: usual(asked) or Says(), now) as (remote, asked):
        if abs(seconds) == 400:
            assert text in greeted(remote)
            assert [each.path for each in asked] == ["site/"]
        else:
            assert " ".join(remote.greet().notes).count(text or "clock") == bool(text)


def person(role: str) -> Says:
    return Says({"users": [{"name": "Robin\x1b", "roles": [{"name": role}]}]})


def test_who_we_are() -> None:
    with ghost(lambda asked: usual(asked) or Says()) as (remote, _):
        account = remote.greet()
    assert account.role == "Integration"
    assert account.system == "Ghost 6.65"
    assert account.public == "https://blog.example/"
    assert account.can == {"publish", "upload", "script", "edit others", "terms"}
    assert account.notes == ()


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("Owner", {"publish", "upload", "edit others"}, set()),
        ("Editor", {"publish", "edit others"}, set()),
        ("Author", {"publish", "upload"}, {"edit others"}),
        ("Contributor", set(), {"publish", "upload", "edit others"}),
    ],
)
def test_the_key_of_a_person_may_do_what_the_person_may(
    role: str, may: set[str], may_not: set[str]
) -> None:
    def respond(asked: Asked) -> Says:
        return person(role) if asked.path == "users/me/" else usual(asked) or Says()

    with ghost(respond) as (remote, _):
        account = remote.greet()
    assert account.name.isprintable()
    assert account.can >= may
    assert not account.can & may_not


def test_notes_name_what_people_should_know() -> None:
    rows = [
        {"key": "default_content_visibility", "value": "members"},
        {"key": "is_private", "value": True},
        {"key": 7},
        None,
    ]

    def respond(asked: Asked) -> Says:
        return Says({"settings": rows}) if asked.path == "settings/" else usual(asked) or Says()

    with ghost(respond) as (remote, _):
        text = " ".join(remote.greet().notes)
    assert "members only" in text
    assert "password" in text


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("https://blog.example/b/", "https://blog.example/a/"),
        ("https://blog.example/2026/b/", ""),
        (None, ""),
    ],
)
def test_a_draft_has_an_address_only_where_that_is_sure(told: str | None, address: str) -> None:
    def respond(asked: Asked) -> Says:
        if asked.query.get("filter") == "status:published":
            return Says({"posts": [{"slug": "b", "url": told}] if told else []})
        return usual(asked) or Says({"posts": [post()]})

    with ghost(respond) as (remote, _):
        held = remote.read("6" * 24)
    assert held is not None
    assert held.address == address


def test_the_clock_may_be_a_day_off(now: datetime = NOW + timedelta(days=1)) -> None:
    with ghost(lambda asked: usual(asked) or Says(), now) as (remote, _):
        assert f"differ by {24 * 3600} seconds" in greeted(remote)


def test_the_key_stands_in_no_answer_that_is_shown() -> None:
    def echo(asked: Asked) -> Says:
        if asked.path != "site/":
            return ghost_error(422, f"Bad {asked.headers['Authorization']} {HEX}")
        return usual(asked) or Says()

    with ghost(echo) as (remote, asked), pytest.raises(CopydeskError) as caught:
        remote.create(WISH)
    sent = asked[-1].headers["Authorization"].removeprefix("Ghost ")
    assert sent not in word(caught.value)
    assert HEX not in word(caught.value)
    assert ID not in word(caught.value)
