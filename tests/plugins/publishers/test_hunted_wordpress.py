"""Bugs that were hunted down in WordPress as a target, each with its case."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest
from wordpress_pretend import ME, WISH, Answer, Asked, post, pretend, say

from copydesk_plugins.publishers.cms.remote import Difference, File, Lost, Refused


def always_more(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    say(handler, [post(int(asked.query["offset"]) + 1)], X_WP_Total="999999999")


def always_the_same(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    say(handler, [post(number) for number in range(1, 101)])


def told_too_many(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
    say(handler, [], X_WP_Total="999999999")


@pytest.mark.parametrize("answer", [always_more, always_the_same, told_too_many])
def test_a_list_without_end_is_not_followed(answer: Answer) -> None:
    with pretend(answer) as (wordpress, asked):
        with pytest.raises(Lost, match="the list of posts"):
            list(wordpress.posts())
        assert len(asked) <= 3


def test_a_time_zone_that_is_no_number_is_no_reason_to_fall_over() -> None:
    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        index = {"home": "http://blog.example", "gmt_offset": 10**400, "namespaces": []}
        answers = {"/wp/v2/users/me": ME, "/wp/v2/posts": []}
        say(handler, answers.get(asked.route, index))

    with pretend(answer) as (wordpress, _):
        assert wordpress.greet().timezone == ""


def test_what_a_person_made_private_is_not_made_public() -> None:
    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        say(handler, post(5, status="private") if asked.route == "/wp/v2/posts/5" else [])

    with pretend(answer) as (wordpress, asked):
        held = wordpress.read("5")
        assert held is not None
        with pytest.raises(Refused, match="made it private"):
            wordpress.set_state(held, "public", None)
        assert {each.method for each in asked} == {"GET"}


ADDRESS = "https://blog.example/up/2026/06/chair-0123456789abcdef.png"
CDN = "https://cdn.example/chair-0123456789abcdef.png"
CHAIR = File("7", ADDRESS, "A chair")
THERE = {"id": 7, "source_url": ADDRESS, "alt_text": "A blue chair", "status": "inherit"}
GONE = {"code": "rest_post_invalid_id", "message": "Invalid post ID."}


@pytest.mark.parametrize(
    ("value", "status", "found"),
    [
        (THERE, 200, CHAIR._replace(alt="A blue chair")),
        (THERE | {"status": "trash"}, 200, None),
        (THERE | {"source_url": ADDRESS.replace("chair", "door")}, 200, None),
        (THERE | {"source_url": CDN}, 200, File("7", CDN, "A blue chair")),
        (GONE, 404, None),
        ({"code": "rest_forbidden", "message": "No."}, 403, CHAIR),
    ],
)
def test_a_picture_is_looked_for_before_it_is_used(
    value: object, status: int, found: File | None
) -> None:
    with pretend(lambda handler, asked: say(handler, value, status)) as (wordpress, asked):
        assert wordpress.see_file(CHAIR) == found
    assert [(each.method, each.route) for each in asked] == [("GET", "/wp/v2/media/7")]


def test_a_picture_that_goes_while_it_is_described_is_no_post() -> None:
    with (
        pretend(lambda handler, asked: say(handler, GONE, 404)) as (wordpress, _),
        pytest.raises(Refused, match="is not there any more"),
    ):
        wordpress.describe(CHAIR, "A blue chair")


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [
        ("A chair", "A blue chair", "a person or another post gave it this one"),
        ("A chair", "", "no alternative text there"),
        ("A <b>chair</b>", "A chair", "takes HTML out"),
        ("", "A chair", ""),
        ("Q&A", "Q&amp;A", ""),
    ],
)
def test_another_alternative_text_of_a_shared_picture_fails_no_post(
    ours: str, theirs: str, told: str
) -> None:
    wish = WISH._replace(image="7", image_alt=ours)

    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        media = [THERE | {"alt_text": theirs.replace("&", "&amp;")}]
        say(handler, post(5, featured_media=7) if asked.route.endswith("/5") else media)

    with pretend(answer) as (wordpress, _):
        held = wordpress.read("5")
        assert held is not None
        (found,) = (each for each in wordpress.differences(held, wish) if each.field == "image_alt")
    assert isinstance(found, Difference)
    assert found.harmless
    assert told in found.tell
    assert bool(found.tell) == bool(told)


@pytest.mark.parametrize(
    ("image", "noted"),
    [("assets/chair-0123456789abcdef.png", False), ("https://x.example/y", True)],
)
def test_only_a_picture_from_the_web_is_noted_as_one(image: str, noted: bool) -> None:
    with pretend(lambda handler, asked: say(handler, [])) as (wordpress, _):
        names = {name for name, _ in wordpress.degraded(WISH._replace(image=image))}
    assert ("image" in names) == noted
