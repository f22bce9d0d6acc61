"""The first words with a WordPress: each trouble is told in words of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from wordpress_pretend import ME, WISH, Answer, Asked, page, pretend, say, send

from copydesk.api import TargetSettings
from copydesk.model.finding import CopydeskError
from copydesk_plugins.publishers.cms.remote import Held, Lost, Refused
from copydesk_plugins.publishers.wordpress.api import base_of
from copydesk_plugins.publishers.wordpress.connecting import connect

INDEX = {
    "name": "A practice",
    "home": "https://public.example/blog",
    "url": "https://edit.example",
    "namespaces": ["wp/v2"],
    "timezone_string": "America/Los_Angeles",
    "gmt_offset": -8,
}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def sound(
    me: object = ME, index: object = INDEX, may_script: bool | None = None, **headers: str
) -> Answer:
    """Answer as a WordPress in good order; each part can be given another value."""

    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        if asked.route == "/wp/v2/users/me":
            assert asked.query["context"] == "edit", "others are answered as strangers, with 200"
            say(handler, me, **headers)
        elif asked.route == "/wp/v2/posts":
            links = {"wp:action-unfiltered-html": [{}]} if may_script else {}
            say(handler, [] if may_script is None else [{"id": 1, "_links": links}])
        else:
            assert asked.route == "/"
            say(handler, index)

    return answer


def of_code(status: int, code: str) -> Answer:
    return lambda handler, asked: say(handler, {"code": code, "message": "No."}, status)


def stranger(takes_passwords: bool) -> Answer:
    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        if asked.route == "/":
            ways = {"application-passwords": {"endpoints": {}}} if takes_passwords else []
            return say(handler, {"authentication": ways})
        return of_code(401, "rest_not_logged_in")(handler, asked)

    return answer


def html(status: int, **headers: str) -> Answer:
    return lambda handler, asked: page(handler, status, **headers)


def without(*names: str) -> dict[str, Any]:
    given: Any = ME["capabilities"]
    return ME | {"capabilities": {name: True for name in given if name not in names}}


def test_who_we_are() -> None:
    with pretend(sound()) as (wordpress, seen):
        account = wordpress.greet()
    assert account.name == "Ann"
    assert account.role == "editor"
    assert account.public == "https://public.example/blog/"
    assert account.can == {"publish", "upload", "script", "edit others", "terms"}
    assert account.timezone == "America/Los_Angeles"
    assert account.notes == ()
    assert seen[0].route == "/wp/v2/users/me"
    assert {asked.method for asked in seen} == {"GET"}
    assert {asked.headers["Host"] for asked in seen} == {seen[0].headers["Host"]}


@pytest.mark.parametrize(
    ("answer", "able"),
    [
        (sound(without("publish_posts")), {"upload", "script", "edit others", "terms"}),
        (sound(without("unfiltered_html")), {"publish", "upload", "edit others", "terms"}),
        # On a network of sites the ability is listed, but not given.
        (sound(may_script=False), {"publish", "upload", "edit others", "terms"}),
        (sound(without("unfiltered_html"), may_script=True), None),
    ],
)
def test_what_we_can_do(answer: Answer, able: set[str] | None) -> None:
    with pretend(answer) as (wordpress, _):
        can = wordpress.greet().can
    assert can == (able or {"publish", "upload", "script", "edit others", "terms"})


#: What is answered, and words of the message and of the help.
TROUBLES: dict[str, tuple[Answer, str, str]] = {
    "wrong password": (of_code(401, "incorrect_password"), "user “ann” in", "copydesk login"),
    "unknown user": (of_code(401, "invalid_username"), "does not let", "`user`"),
    "unknown e-mail address": (of_code(401, "invalid_email"), "does not let", "`user`"),
    "wrong, or the header taken away": (stranger(True), "does not let", "Authorization header"),
    "no passwords on this site": (stranger(False), "application passwords switched off", "https"),
    "passwords off": (of_code(501, "application_passwords_disabled"), "switched off", "allow them"),
    "passwords off for us": (
        of_code(401, "application_passwords_disabled_for_user"), "switched off", "allow them",
    ),
    "interface off": (of_code(401, "rest_disabled"), "switched off", "plugin"),
    "interface hidden": (of_code(404, "rest_no_route"), "switched off", "plugin"),
    "no WordPress": (html(404), "a web page where", "copydesk.toml"),
    "a page for everything": (html(200), "a web page where", "copydesk.toml"),
    "locked up": (html(401), "a password of its own", "without it"),
    "a firewall": (html(403), "a firewall says no", "docs/wordpress.md"),
    "broken": (html(500), "cannot answer for now", "later"),
    "in maintenance": (html(503), "cannot answer for now", "later"),
    "sent on": (
        lambda handler, asked: send(handler, status="301", Location="https://www.public.example/"),
        "sends on to https://www.public.example", "copydesk.toml",
    ),
    "sent on to itself": (
        lambda handler, asked: send(handler, status="301", Location=f"{handler.path}/"),
        "another address", "copydesk.toml",
    ),
    "reads only": (sound(without("edit_posts")), "may not write posts", "Author or Editor"),
    "odd abilities": (sound(ME | {"capabilities": []}), "“capabilities”", "plugin"),
    "a list instead of us": (sound([]), "“users/me”", "plugin"),
    "no address": (sound(index={"name": "x"}), "“home”", "plugin"),
    "an address that is none": (sound(index=INDEX | {"home": "javascript:"}), "“home”", "plugin"),
    "an address with a login": (sound(index=INDEX | {"home": "http://a:b@c/"}), "“home”", "plugin"),
}  # fmt: skip


@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_ends_the_run_and_says_what_to_do(name: str) -> None:
    answer, message, help = TROUBLES[name]
    with pretend(answer) as (wordpress, _), pytest.raises(Lost) as raised:
        wordpress.greet()
    assert message in raised.value.failure.message
    assert help in raised.value.failure.help


def test_no_password_goes_where_a_redirect_leads() -> None:
    with pretend(sound()) as (other, elsewhere):

        def away(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
            send(handler, status="302", Location=other._api.address(asked.route))

        with pretend(away) as (wordpress, seen), pytest.raises(Lost):
            wordpress.greet()
    assert len(seen) == 1
    assert elsewhere == []


@pytest.mark.parametrize("answer", [html(404), html(200)])
def test_a_site_without_pretty_addresses_is_found(answer: Answer) -> None:
    def plain(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        route = asked.query.get("rest_route")
        if route is None:
            answer(handler, asked)
        else:
            sound()(handler, asked._replace(route=route))

    with pretend(plain, "/blog") as (wordpress, seen):
        assert wordpress.greet().name == "Ann"
        assert list(wordpress.posts()) == []
    assert seen[0].route == "/wp/v2/users/me"
    assert {asked.route for asked in seen[1:]} == {"/blog/"}


@pytest.mark.parametrize(("seconds", "notes"), [(0, 0), (50, 0), (-50, 0), (400, 1), (-400, 1)])
def test_a_clock_that_is_wrong_is_named(seconds: int, notes: int) -> None:
    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        there = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds))
        handler.date_time_string = lambda timestamp=None: there  # type: ignore[method-assign]
        sound()(handler, asked)

    with pretend(answer) as (wordpress, _):
        found = wordpress.greet().notes
    assert len(found) == notes
    assert all(("behind" if seconds > 0 else "ahead of") in note for note in found)
    assert not any(each.isdigit() for note in found for each in note)  # plans stay the same


def test_plugins_that_mail_are_named() -> None:
    index = INDEX | {"namespaces": ["wp/v2", "jetpack/v4", "jetpack/v4/x", 5, None]}
    with pretend(sound(index=index)) as (wordpress, _):
        (note,) = wordpress.greet().notes
    assert "Jetpack" in note


def test_low_roles_are_named() -> None:
    with pretend(sound(without("publish_posts", "edit_others_posts"))) as (wordpress, _):
        notes = wordpress.greet().notes
    assert len(notes) == 2


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example/wp-json", "https://a.example"),
        ("https://a.example/wp-json/wp/v2/", "https://a.example"),
        ("https://a.example/blog/wp-json/", "https://a.example/blog"),
        ("https://a.example/?rest_route=/", "https://a.example"),
        ("https://a.example/blog/index.php?rest_route=/wp/v2", "https://a.example/blog"),
        ("https://a.example/wp-admin/", "https://a.example"),
        ("https://a.example/wp-jsonish/", "https://a.example/wp-jsonish"),
    ],
)
def test_an_address_may_be_that_of_the_interface(url: str, base: str) -> None:
    assert base_of(url) == base


@pytest.mark.parametrize(
    ("user", "words"), [("", "no user"), ("ann:secret", "no user name"), ("a\nb", "no user name")]
)
def test_a_target_needs_a_user(user: str, words: str) -> None:
    settings = TargetSettings("clinic", "wordpress", None, "https://a.example", user, "own")
    with pytest.raises(CopydeskError) as raised:
        connect(settings)
    assert words in raised.value.failure.message
    assert "secret" not in raised.value.failure.message


HELD = Held("5", "k", "1", "draft", "fees", "", "", "", "", None, "", "")
NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def of_state(state: str, published: datetime | None = None, **raw: object) -> Held:
    stored = {"content": "x", **raw}
    return HELD._replace(state=state, published=published, raw=stored)  # type: ignore[arg-type]


def kept(**fields: object) -> dict[str, object]:
    texts = dict.fromkeys(("slug", "title", "content", "excerpt", "modified_gmt", "address"), "x")
    numbers = {"id": 5, "categories": [], "tags": [], "featured_media": 0}
    return {**texts, **numbers, "status": "draft", "date_gmt": "", **fields}


#: What would make something public, or take it away, without being asked to.
UNASKED: dict[str, Callable[[Any], object]] = {
    "public with a date in the future": lambda wp: wp.set_state(
        of_state("draft"), "public", NOW + HOUR
    ),
    "public, its own date in the future": lambda wp: wp.set_state(
        of_state("draft", NOW + HOUR), "public", None
    ),
    "scheduled without a date": lambda wp: wp.set_state(of_state("draft"), "scheduled", None),
    "scheduled for the past": lambda wp: wp.set_state(of_state("draft"), "scheduled", NOW - HOUR),
    "scheduled for right now": lambda wp: wp.set_state(
        of_state("draft"), "scheduled", NOW + timedelta(minutes=4)
    ),
    "thrown away": lambda wp: wp.set_state(of_state("draft"), "trashed", None),
    "a public post gets a date in the future": lambda wp: wp.update(
        of_state("public", NOW - HOUR), WISH._replace(published=NOW + HOUR)
    ),
    "a scheduled post gets a date that is past": lambda wp: wp.update(
        of_state("scheduled", NOW + HOUR), WISH._replace(published=NOW - HOUR)
    ),
    "brought back as scheduled, which is past": lambda wp: wp.restore(
        HELD, kept(status="future", date_gmt="2020-01-01T00:00:00Z")
    ),
    "brought back as scheduled, without a date": lambda wp: wp.restore(HELD, kept(status="future")),
    "brought back into the bin": lambda wp: wp.restore(HELD, kept(status="trash")),
    "brought back from nothing": lambda wp: wp.restore(HELD, {}),
    "links in a text without our mark": lambda wp: wp.relink(
        of_state("public")._replace(key=""), "<p>x</p>", ()
    ),
    "links in a post of somebody else": lambda wp: wp.relink(HELD, "<p>x</p>", ()),
}


@pytest.mark.parametrize("name", UNASKED)
def test_nothing_is_sent_that_would_do_more_than_was_asked(name: str) -> None:
    with pretend(sound()) as (wordpress, seen):
        wordpress.greet()
        with pytest.raises(Refused) as raised:
            UNASKED[name](wordpress)
    assert raised.value.failure.help
    assert [asked.method for asked in seen if asked.method != "GET"] == []
