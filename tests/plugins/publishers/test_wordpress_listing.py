"""Reading all posts: page by page, in pages that get smaller, while people work on the site."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from wordpress_pretend import WISH, Asked, post, pretend, say

from copydesk_plugins.publishers.cms.remote import Lost, Refused
from copydesk_plugins.publishers.wordpress import api
from copydesk_plugins.publishers.wordpress.marks import written


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


class Blog:
    """A list of posts that is asked for in parts; `before` may change it before each answer."""

    def __init__(self, posts: list[dict[str, Any]], headers: bool = True) -> None:
        self.posts = posts
        self.headers = headers
        self.before: Callable[[int], None] = lambda asked: None
        self.terms: list[dict[str, Any]] = []
        self.asked: list[Asked] = []

    def __call__(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        self.asked.append(asked)
        if asked.route != "/wp/v2/posts":
            wanted = asked.query.get("include", "").split(",")
            return say(handler, [each for each in self.terms if str(each["id"]) in wanted])
        self.before(len(self.asked))
        start, size = int(asked.query["offset"]), int(asked.query["per_page"])
        total = {"X_WP_Total": str(len(self.posts))} if self.headers else {}
        return say(handler, self.posts[start : start + size], **total)


def ids(found: object) -> list[int]:
    return [int(each.remote) for each in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("count", "requests"), [(0, 1), (1, 1), (100, 1), (101, 2), (250, 3)])
def test_a_list_takes_no_more_requests_than_it_has_pages(count: int, requests: int) -> None:
    blog = Blog([post(number) for number in range(1, count + 1)])
    with pretend(blog) as (wordpress, _):
        assert ids(wordpress.posts()) == list(range(1, count + 1))
    assert len(blog.asked) == requests
    assert all(asked.query["context"] == "edit" for asked in blog.asked)
    assert all("trash" not in asked.query["status"] for asked in blog.asked)


@pytest.mark.parametrize("count", [0, 100, 150])
def test_a_list_ends_where_nobody_says_how_long_it_is(count: int) -> None:
    blog = Blog([post(number) for number in range(1, count + 1)], headers=False)
    with pretend(blog) as (wordpress, _):
        assert ids(wordpress.posts()) == list(range(1, count + 1))


def test_a_post_that_goes_while_we_read_hides_no_other() -> None:
    blog = Blog([post(number) for number in range(1, 251)])

    def remove(asked: int) -> None:
        if asked == 2:
            del blog.posts[0]

    blog.before = remove
    with pretend(blog) as (wordpress, _):
        found = ids(wordpress.posts())
    assert sorted(found) == list(range(1, 251))
    assert len(found) == len(set(found))


def test_a_list_that_never_stands_still_has_an_end() -> None:
    blog = Blog([post(number) for number in range(1, 151)])
    blog.before = lambda asked: blog.posts.append(post(1000 + asked))
    with pretend(blog) as (wordpress, _):
        found = ids(wordpress.posts())
    assert len(found) == len(set(found))
    assert len(blog.asked) < 20


def test_pages_that_are_too_long_are_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_BYTES", 40_000)
    long = {"content": {"raw": "x" * 5_000}}
    blog = Blog([post(number, **(long if number < 50 else {})) for number in range(1, 121)])
    with pretend(blog) as (wordpress, _):
        assert ids(wordpress.posts()) == list(range(1, 121))
    sizes = [int(asked.query["per_page"]) for asked in blog.asked]
    assert sizes[:5] == [100, 50, 25, 12, 6]


def test_a_single_post_that_is_too_long_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_BYTES", 4_000)
    blog = Blog([post(1, content={"raw": "x" * 5_000})])
    with pretend(blog) as (wordpress, _), pytest.raises(Lost) as raised:
        list(wordpress.posts())
    assert "more than 4,000 bytes" in raised.value.failure.message


def test_terms_are_asked_for_once_and_by_number() -> None:
    blog = Blog([post(number, tags=[7, 8], categories=[9]) for number in range(1, 151)])
    blog.terms = [{"id": 7, "name": "Q&amp;A"}, {"id": 9, "name": "Fees"}]
    with pretend(blog) as (wordpress, _):
        found = list(wordpress.posts())
    assert {each.tags for each in found} == {("Q&A",)}  # 8 was deleted a moment ago
    assert {each.category for each in found} == {("Fees",)}
    routes = [asked.route for asked in blog.asked]
    assert routes.count("/wp/v2/categories") == 1
    assert routes.count("/wp/v2/tags") <= 2


MARK = written("k", "1", "<p>L</p>", ())


@pytest.mark.parametrize(
    ("status", "slug", "state", "shown", "address"),
    [
        ("publish", "fees", "public", "fees", "https://blog.example/post-5/"),
        ("future", "fees", "scheduled", "fees", "https://blog.example/fees/"),
        ("draft", "fees", "draft", "fees", "https://blog.example/fees/"),
        ("pending", "fees", "draft", "fees", "https://blog.example/fees/"),
        ("private", "fees", "draft", "fees", "https://blog.example/fees/"),
        ("of-a-plugin", "fees", "draft", "fees", "https://blog.example/fees/"),
        ("draft", "", "draft", "", "https://blog.example/post-5/"),
        ("draft", "%e3%81%82", "draft", "\u3042", "https://blog.example/%e3%81%82/"),
        ("trash", "fees__trashed", "trashed", "fees", ""),
    ],
)
def test_states_slugs_and_addresses(
    status: str, slug: str, state: str, shown: str, address: str
) -> None:
    blog = Blog([post(5, status=status, slug=slug, content={"raw": MARK})])
    with pretend(blog) as (wordpress, _):
        (held,) = wordpress.find("k", "")
    assert (held.state, held.slug, held.address, held.key) == (state, shown, address, "k")


def test_a_post_behind_a_password_is_not_public_and_the_password_is_not_kept() -> None:
    blog = Blog([post(5, status="publish", password="open-sesame", content={"raw": MARK})])
    with pretend(blog) as (wordpress, _):
        (held,) = wordpress.find("k", "")
    assert held.state == "draft"
    assert "password" in held.bar
    assert "open-sesame" not in repr(held)


@pytest.mark.parametrize(
    "fields",
    [
        {"link": "javascript:alert(1)"},
        {"link": "https://[broken"},
        {"link": 5},
        {"status": "draft", "permalink_template": "https://blog.example/?p=5"},
        {"status": "draft", "permalink_template": None},
    ],
)
def test_an_address_that_cannot_be_known_is_empty(fields: dict[str, Any]) -> None:
    with pretend(Blog([post(5, **fields)])) as (wordpress, _):
        (held,) = wordpress.posts()
    assert held.address == ""


@pytest.mark.parametrize("date", [None, "0000-00-00T00:00:00", "-0001-11-30T00:00:00"])
def test_a_draft_may_have_no_date(date: str | None) -> None:
    with pretend(Blog([post(5, status="draft", date_gmt=date)])) as (wordpress, _):
        (held,) = wordpress.posts()
    assert held.published is None


def test_every_write_changes_the_revision() -> None:
    seen = set()
    for fields in (
        {},
        {"title": {"raw": "y"}},
        {"tags": [1]},
        {"status": "draft"},
        {"modified_gmt": "2026-03-02T09:00:01"},
        {"featured_media": 3},
    ):
        with pretend(Blog([post(5, **fields)])) as (wordpress, _):
            (held,) = wordpress.posts()
        seen.add(held.revision)
    assert len(seen) == 6


def test_who_sees_only_own_posts_is_told_what_stands_at_an_address() -> None:
    theirs = post(6, content={"rendered": f"<p>x</p>{MARK}"}, title={"rendered": "A &#038; B"})
    del theirs["excerpt"], theirs["permalink_template"], theirs["generated_slug"]

    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        if asked.route != "/wp/v2/posts":
            return say(handler, [])
        total = {"X_WP_Total": "1"}
        return say(handler, [] if asked.query["context"] == "edit" else [theirs], **total)

    with pretend(answer) as (wordpress, _):
        wordpress._listing.sees_all = False
        (held,) = wordpress.find("k", "post-6")
        assert list(wordpress.posts()) == [held]
        assert (held.title, held.key, held.raw) == ("A & B", "k", {})
        with pytest.raises(Refused):
            wordpress.relink(held, "<p>x</p>", ())


def test_a_term_that_is_there_is_not_made_again() -> None:
    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        if asked.method == "GET":
            found = [{"id": 3, "name": "q&amp;a", "parent": 2}, {"id": 4, "name": "Q&amp;A"}]
            return say(handler, found if asked.query["search"] == "Q&amp;A" else [])
        if asked.route == "/wp/v2/tags":
            data = {"term_id": 11}
            return say(handler, {"code": "term_exists", "message": "x", "data": data}, 400)
        return say(handler, {"id": 5}, 201)

    with pretend(answer) as (wordpress, seen):
        for _ in range(2):
            wordpress.create(WISH._replace(category=("Q&A",), tags=("New", "new")))
    sent = [asked for asked in seen if asked.route == "/wp/v2/posts"]
    assert all(
        b'"categories": [4]' in asked.body and b'"tags": [11]' in asked.body for asked in sent
    )
    assert len(seen) == 6  # two searches for the category, one and a try for the tag, two creates


def test_a_term_that_may_not_be_made_is_named() -> None:
    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        if asked.method == "GET":
            return say(handler, [])
        return say(handler, {"code": "rest_cannot_create", "message": "x"}, 403)

    with pretend(answer) as (wordpress, seen), pytest.raises(Refused) as raised:
        wordpress.create(WISH._replace(category=("Fees",)))
    assert "the category “Fees” is not there" in raised.value.failure.message
    assert "Editor" in raised.value.failure.help
    assert "/wp/v2/posts" not in {asked.route for asked in seen}


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://blog.example/wp-content/uploads/chair.png", 12),
        ("https://cdn.example/x/desk-0123456789abcdef-scaled.png", 13),
        ("https://elsewhere.example/chair.png", 0),
        ("https://blog.example/wp-content/uploads/none.png", 0),
        ("not an address", 0),
        ("https://[broken", 0),
    ],
)
def test_pictures_of_the_site_are_known_by_their_address(address: str, number: int) -> None:
    stored = [
        {"id": 12, "source_url": "https://blog.example/wp-content/uploads/chair.png"},
        {"id": 13, "source_url": "https://cdn.example/x/desk-0123456789abcdef-scaled.png"},
    ]

    def answer(handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        if asked.method == "POST":
            return say(handler, {"id": 5}, 201)
        found = [each for each in stored if asked.query["search"] in str(each["source_url"])]
        return say(handler, found)

    with pretend(answer) as (wordpress, seen):
        wordpress._media.trust("https://blog.example/")
        for _ in range(2):
            wordpress.create(WISH._replace(body=f'<p><img src="{address}" alt="x"></p>'))
    sent = seen[-1].body.decode()
    assert ("wp-image-" in sent) == bool(number)
    assert not number or f"wp-image-{number}" in sent
    searched = [asked for asked in seen if asked.method == "GET"]
    assert len(searched) <= 1
    assert "elsewhere" not in str([asked.query for asked in searched])
    assert not (number == 0 and "elsewhere" in address and searched)
