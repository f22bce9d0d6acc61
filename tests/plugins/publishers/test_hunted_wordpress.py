"""Bugs that were hunted down in WordPress as a target, each with its case."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest
from wordpress_pretend import ME, Answer, Asked, post, pretend, say

from copydesk_plugins.publishers.cms.remote import Lost, Refused


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
