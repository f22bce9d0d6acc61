"""What an answer means: done, surely not done, nobody knows, refused, or no use in going on."""

from __future__ import annotations

import json
from base64 import b64encode
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordpress_pretend import PASSWORD, WISH, Answer, Asked, page, post, pretend, say, send

from copydesk.model.finding import CopydeskError
from copydesk_plugins.publishers.cms.remote import Lost, NotDone, Refused, Unclear


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def denied(status: int, code: str, message: str = "No.", **data: object) -> Answer:
    return lambda handler, asked: say(
        handler, {"code": code, "message": message, "data": {"status": status, **data}}, status
    )


def html(status: int, **headers: str) -> Answer:
    return lambda handler, asked: page(handler, status, **headers)


def raw(body: bytes, **headers: str) -> Answer:
    return lambda handler, asked: send(handler, body, **headers)


def cut(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    handler.send_response(201)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": 5, "slug": "fe')


def hang_up(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    handler.close_connection = True
    handler.connection.close()


def longer_than_said(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    handler.send_response(201)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"id": 5}')


def without_end(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 1_000_000)
    except OSError:
        pass


FIREWALL = "a firewall says no, not WordPress"
#: What is answered to a write, which error that is, and words of its message and help.
WRITES: dict[str, tuple[Answer, type[CopydeskError], str]] = {
    "busy, in JSON": (denied(429, "too_many"), NotDone, "fewer requests"),
    "busy, without a word": (raw(b"", status="429"), NotDone, "fewer requests"),
    "busy, says a page": (html(429), Unclear, "cannot answer"),
    "gateway without an answer": (html(502), Unclear, "status 502"),
    "no service": (html(503), Unclear, "status 503"),
    "too late for the gateway": (raw(b"", status="504"), Unclear, "status 504"),
    "WordPress broke down": (denied(500, "internal_server_error"), Unclear, "status 500"),
    "a firewall that says 520": (html(520), Unclear, "status 520"),
    "a page instead of an answer": (html(200), Unclear, "no answer of WordPress's"),
    "an empty answer": (raw(b"", status="201"), Unclear, "no answer of WordPress's"),
    "no content": (raw(b"", status="204"), Unclear, "status 204"),
    "cut off": (cut, Unclear, ""),
    "JSON that is shorter than was said": (longer_than_said, Unclear, ""),
    "cut off inside": (raw(b'{"id": 5, "slug', status="201"), Unclear, "no answer"),
    "a warning before the answer": (raw(b'Warning: x\n{"id": 5}'), Unclear, "no answer"),
    "no number": (raw(b'{"id": "5"}', status="201"), Unclear, "no answer"),
    "true is no number": (raw(b'{"id": true}', status="201"), Unclear, "no answer"),
    "a list": (raw(b"[5]", status="201"), Unclear, "no answer"),
    "nothing": (raw(b"null", status="201"), Unclear, "no answer"),
    "too deep": (raw(b"[" * 100_000, status="201"), Unclear, "no answer"),
    "half a letter in bytes": (
        raw(b'{"id": 5, "x": "\xed\xa0\x80"}', status="201"),
        Unclear,
        "no answer",
    ),
    "half a letter": (raw(b'{"id": 5, "x": "\\ud800"}', status="201"), Unclear, "no answer"),
    "hung up": (hang_up, Unclear, ""),
    "an answer without end": (without_end, Unclear, "more than"),
    "sent on": (raw(b"", status="301", Location="/elsewhere"), Unclear, "another address"),
    "sent on without saying where": (raw(b"", status="302"), Unclear, "status 302"),
    "asked too slowly": (html(408), Unclear, "status 408"),
    "the password is no longer good": (denied(401, "incorrect_password"), Lost, "refuses"),
    "a firewall": (html(403), Refused, FIREWALL),
    "another firewall": (html(406), Refused, FIREWALL),
    "too large": (html(413), Refused, "of this size"),
    "no interface": (html(404), Refused, "no page at this address"),
    "role too low": (denied(403, "rest_cannot_publish"), Refused, "make posts public"),
    "somebody else's": (denied(403, "rest_cannot_edit"), Refused, "change this post"),
    "gone": (denied(404, "rest_post_invalid_id"), Refused, "not there any more"),
    "an odd file": (denied(500, "rest_upload_sideload_error"), Refused, "kind of file"),
    "its own words": (
        denied(400, "rest_invalid_param", "Bad <b>slug</b> &amp; co\x1b[31m <script>x</script>"),
        Refused,
        "“Bad slug & co\N{REPLACEMENT CHARACTER}[31m x”",
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_what_an_answer_to_a_write_means(name: str) -> None:
    answer, kind, words = WRITES[name]
    with pretend(answer) as (wordpress, seen), pytest.raises(CopydeskError) as raised:
        wordpress.create(WISH)
    assert type(raised.value) is kind or (
        kind is Refused and type(raised.value).mro()[1] is Refused
    )
    assert [asked.method for asked in seen] == ["POST"], "a write is sent once"
    assert words in raised.value.failure.message
    assert raised.value.failure.help
    assert "<" not in raised.value.failure.message
    assert raised.value.failure.message.isprintable()


def test_a_host_that_is_not_there_has_done_nothing() -> None:
    with pretend(html(200)) as (wordpress, _):
        pass
    with pytest.raises(NotDone):
        wordpress.create(WISH)


def test_how_long_to_wait_is_told() -> None:
    with pretend(html(503, Retry_After="7")) as (wordpress, _), pytest.raises(Unclear) as raised:
        wordpress.create(WISH)
    assert raised.value.pause == 7
    with pretend(html(502)) as (wordpress, _), pytest.raises(Unclear) as raised:
        wordpress.create(WISH)
    assert raised.value.pause == 0


#: What is answered to a read, how often it is asked, and the error.
READS: dict[str, tuple[Answer, int, type[CopydeskError], str]] = {
    "no service": (html(503), 4, Lost, "status 503"),
    "busy": (raw(b"", status="429"), 4, Lost, "status 429"),
    "WordPress broke down on this post": (denied(500, "internal_server_error"), 4, Refused, "says"),
    "a page": (html(200), 1, Lost, "no JSON"),
    "a shape that is not WordPress's": (raw(b'{"id": 5}'), 1, Lost, "“status”"),
    "a status that is none": (raw(json.dumps(post(5, status=[])).encode()), 1, Lost, "“status”"),
    "a date that is none": (
        raw(json.dumps(post(5, date_gmt="soon")).encode()),
        1,
        Lost,
        "date_gmt",
    ),
    "sent on": (
        raw(b"", status="302", Location="https://elsewhere.example/"),
        1,
        Lost,
        "elsewhere",
    ),
    "an answer without end": (without_end, 1, Lost, "more than"),
    "the password is no longer good": (denied(401, "incorrect_password"), 1, Lost, "refuses"),
    "a firewall": (html(403), 1, Refused, FIREWALL),
    "somebody else's": (denied(403, "rest_forbidden_context"), 2, Refused, "as they are stored"),
}


@pytest.mark.parametrize("name", READS)
def test_what_an_answer_to_a_read_means(name: str) -> None:
    answer, times, kind, words = READS[name]
    with pretend(answer) as (wordpress, seen), pytest.raises(kind) as raised:
        wordpress.read("5")
    assert len(seen) == times
    assert words in raised.value.failure.message


def test_a_post_that_is_not_there_is_none() -> None:
    with pretend(denied(404, "rest_post_invalid_id")) as (wordpress, _):
        assert wordpress.read("5") is None


ENCODED = b64encode(f"ann:{PASSWORD}".encode()).decode()


@pytest.mark.parametrize("leak", [PASSWORD, PASSWORD.replace(" ", ""), f"Basic {ENCODED}", ENCODED])
def test_a_password_that_comes_back_is_not_shown(leak: str) -> None:
    answer = denied(400, "odd", f"you sent {leak} to me")
    with pretend(answer) as (wordpress, _), pytest.raises(Refused) as raised:
        wordpress.create(WISH)
    shown = repr(raised.value) + str(raised.value.failure)
    assert "you sent" in shown
    assert leak not in shown
    assert ENCODED not in shown


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*post(1), "raw", "code"]), inner, max_size=5)
        ),
        max_leaves=8,
    ),
    st.sampled_from([200, 400, 404, 500]),
)
def test_whatever_is_answered_is_told_in_words(value: object, status: int) -> None:
    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        say(handler, value, status)

    with pretend(answer) as (wordpress, _):
        for ask in (
            lambda: wordpress.read("5"),
            lambda: list(wordpress.posts()),
            lambda: wordpress.find("k", "fees"),
            lambda: wordpress.create(WISH._replace(tags=("a",))),
            lambda: wordpress.greet(),
        ):
            try:
                ask()
            except CopydeskError as error:
                assert error.failure.message.isprintable()
                assert error.failure.help
