"""What is said of previous and next links on a live site, over chains that somebody spoilt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import LiveProblem
from copydesk_plugins.publishers.cms.chain_check import (
    Ours,
    Page,
    PageLink,
    check,
    place,
)

HOST = "https://blog.example"
CHAIN = {"no-links", "dead-link", "one-sided", "orphan", "other-order"}
Pages = dict[str, Page]


def address(id: str) -> str:
    return f"{HOST}/{id}/"


def posts_of(ids: str) -> list[Ours]:
    """Return a post for each letter, in a chain from the first to the last."""
    found = []
    for at, id in enumerate(ids):
        links = [("prev", ids[at - 1])] if at else []
        links += [("next", ids[at + 1])] if at + 1 < len(ids) else []
        found.append(Ours(id, address(id), f"Post {id}", False, tuple(links)))
    return found


def pages_of(posts: list[Ours]) -> Pages:
    """Return the pages as they are when all is well."""
    return {
        place(post.address): Page(
            post.address,
            "shown",
            tuple(PageLink(relation, address(id)) for relation, id in post.links),
            block=bool(post.links),
            titles=(post.title,),
        )
        for post in posts
    }


def change(pages: Pages, id: str, **values: object) -> None:
    pages[place(address(id))] = pages[place(address(id))]._replace(**values)


def rows(problems: list[LiveProblem]) -> set[tuple[str, str]]:
    return {(each.kind, each.post) for each in problems}


def links(*pairs: tuple[str, str]) -> tuple[PageLink, ...]:
    return tuple(PageLink(relation, address(id)) for relation, id in pairs)


def without_links(pages: Pages) -> None:
    change(pages, "b", links=(), block=False)


def gone(pages: Pages) -> None:
    change(pages, "b", shown="gone", links=(), why="there is nothing (status 404)")


def no_next(pages: Pages) -> None:
    change(pages, "b", links=links(("prev", "a")))


def past(pages: Pages) -> None:
    """The second post was made public and nobody was told."""
    change(pages, "a", links=links(("next", "c")))
    change(pages, "c", links=links(("prev", "a"), ("next", "d")))


def swapped(pages: Pages) -> None:
    """All links answer each other, but b and c have changed places."""
    change(pages, "a", links=links(("next", "c")))
    change(pages, "c", links=links(("prev", "a"), ("next", "b")))
    change(pages, "b", links=links(("prev", "c"), ("next", "d")))
    change(pages, "d", links=links(("prev", "b")))


def to_itself(pages: Pages) -> None:
    change(pages, "d", links=links(("prev", "d"), ("next", "d")))


SPOILT: dict[str, tuple[Callable[[Pages], None], set[tuple[str, str]]]] = {
    "a page lost its links": (
        without_links,
        {("no-links", "b"), ("one-sided", "a"), ("one-sided", "c"), ("orphan", "a")},
    ),
    "a page is gone": (
        gone,
        {("not-there", "b"), ("dead-link", "a"), ("dead-link", "c"), ("orphan", "a")},
    ),
    "a link is missing": (no_next, {("one-sided", "c"), ("other-order", "b")}),
    "one post is passed over": (
        past,
        {("one-sided", "b"), ("orphan", "b"), ("other-order", "a"), ("other-order", "c")},
    ),
    "two posts have changed places": (
        swapped,
        {("other-order", "a"), ("other-order", "b"), ("other-order", "c"), ("other-order", "d")},
    ),
    "a page leads to itself": (
        to_itself,
        {("one-sided", "c"), ("other-order", "d")},
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_said_of_a_chain_that_was_spoilt(name: str):
    spoil, wanted = SPOILT[name]
    posts = posts_of("abcd")
    pages = pages_of(posts)
    spoil(pages)
    found = list(check(pages, posts))
    assert rows(found) == wanted
    assert len(found) == len(set(found))
    for each in found:
        assert each.address == address(each.post)
        assert not each.message.endswith(".")
        assert each.help.endswith(".")


@given(st.integers(0, 9))
def test_a_chain_as_it_should_be(number: int):
    posts = posts_of("abcdefghij"[:number])
    assert list(check(pages_of(posts), posts)) == []


RELATION = st.sampled_from(["prev", "next"])
PAIRS = st.lists(st.tuples(RELATION, st.sampled_from("abcde")), max_size=3, unique=True)


@given(st.dictionaries(st.sampled_from("abcde"), PAIRS, max_size=5))
def test_where_nothing_is_said_the_links_are_those_of_the_order(spoilt):
    """Any links at all on some of the pages: silence means that they are the right ones."""
    posts = posts_of("abcde")
    pages = pages_of(posts)
    for id, pairs in spoilt.items():
        change(pages, id, links=links(*pairs))
    found = list(check(pages, posts))
    assert {each.kind for each in found} <= CHAIN
    right = pages_of(posts)
    same = all(set(pages[key].links) == set(right[key].links) for key in pages)
    assert same == (not found)


@given(st.sets(st.sampled_from("abcde"), min_size=1))
def test_what_was_not_looked_at_is_not_judged(unseen: set[str]):
    posts = posts_of("abcde")
    pages = pages_of(posts)
    for id in unseen:
        del pages[place(address(id))]
    assert list(check(pages, posts)) == []


@given(st.sets(st.sampled_from("abcde")))
def test_a_dead_link_is_told_of_every_page_that_leads_there(dead: set[str]):
    posts = posts_of("abcde")
    pages = pages_of(posts)
    for id in dead:
        change(pages, id, shown="gone", links=(), why="there is nothing (status 410)")
    found = rows(list(check(pages, posts)))
    assert {id for kind, id in found if kind == "not-there"} == dead
    beside = {
        post.id for post in posts if post.id not in dead and {i for _, i in post.links} & dead
    }
    assert {id for kind, id in found if kind == "dead-link"} == beside


def test_a_link_to_a_page_that_is_none_of_ours():
    posts = posts_of("ab")
    pages = pages_of(posts)
    change(pages, "a", links=links(("next", "guest")))
    pages[place(address("guest"))] = Page(address("guest"), "shown")
    assert rows(list(check(pages, posts))) == {
        ("one-sided", "a"),
        ("one-sided", "b"),
        ("orphan", "b"),
    }


def test_what_the_theme_does_to_all_pages_is_said_once():
    posts = posts_of("abc")
    pages = pages_of(posts)
    for id in "abc":
        change(pages, id, others=links(("next", "b")), hidden=True)
    found = list(check(pages, posts))
    assert [(each.kind, each.post) for each in found] == [
        ("search-engines", "a"),
        ("second-set", "a"),
    ]
    assert all("3 pages, such as this one" in each.message for each in found)


def test_a_theme_that_has_the_links_to_itself():
    """Without a block of ours there is nothing that theirs could stand beside."""
    post = Ours("a", address("a"), "Post a", False, ())
    page = Page(address("a"), "shown", others=links(("next", "b")), titles=("Post a",))
    assert list(check({place(post.address): page}, [post])) == []


def test_what_a_page_says_of_itself():
    post = Ours("a", address("a"), "Is it “safe” – ever?", True, ())
    page = Page(address("a"), "shown", titles=("The Practice", 'Is it "safe" - ever?'))
    key = place(post.address)
    assert rows(list(check({key: page}, [post]))) == {("search-engines", "a")}
    other = page._replace(titles=("It is safe",), hidden=True)
    assert rows(list(check({key: other}, [post]))) == {("title", "a")}
    assert rows(list(check({key: page._replace(titles=())}, [post._replace(title="")]))) == {
        ("search-engines", "a")
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://blog.example/a/", "https://BLOG.example:443/a", True),
        ("https://blog.example/a#top", "https://blog.example/a", True),
        ("https://blog.example/%C3%BCber", "https://blog.example/über/", True),
        ("https://blog.example/?p=1", "https://blog.example/?p=2", False),
        ("https://blog.example/a", "http://blog.example/a", False),
        ("http://blog.example:8080/a", "http://blog.example/a", False),
        ("https://blog.example/a", "https://blog.example/A", False),
        ("https://[", "https://[", True),
    ],
)
def test_two_spellings_of_one_address(one: str, other: str, same: bool):
    assert (place(one) == place(other)) is same
