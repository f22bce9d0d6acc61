"""The order of posts and their neighbours, over random sites."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import LivePost, Series
from copydesk_plugins.neighbours.chain import SCOPES, chains, enrich

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
#: Few dates, categories and series, so that equal ones are common.
POSTS = st.lists(
    st.builds(
        LivePost,
        id=st.text("abcAB019._-", min_size=1, max_size=4),
        title=st.text(max_size=3),
        published=st.integers(0, 4).map(lambda hours: START + timedelta(hours=hours)),
        category=st.sampled_from(["", "Visits", "visits", "Fees", "Straße", "STRASSE"]),
        series=st.none()
        | st.builds(Series, st.sampled_from(["Start", "start", "End"]), st.integers(0, 3)),
        indexable=st.booleans() | st.just(True),
    ),
    max_size=12,
    unique_by=lambda post: post.id,
).map(lambda posts: tuple(sorted(posts)))
SCOPE = st.sampled_from(SCOPES)


def links(posts: tuple[LivePost, ...], scope: str) -> dict[str, dict[str, str]]:
    """Return for each post with links: relation -> id."""
    found = {}
    for each in enrich(posts, {"scope": scope}):
        assert each.post not in found
        assert each.links
        found[each.post] = {link.relation: link.post for link in each.links}
        assert len(found[each.post]) == len(each.links)
    return found


def group_of(post: LivePost, scope: str) -> str | None:
    if not post.indexable:
        return None
    if scope == "series":
        return post.series.name.casefold() if post.series else None
    return post.category.casefold() or None if scope == "category" else "all"


@given(POSTS, SCOPE)
def test_following_newer_from_the_oldest_visits_each_post_once(posts, scope):
    found = links(posts, scope)
    visited: list[str] = []
    groups: dict[str, list[LivePost]] = {}
    for post in posts:
        group = group_of(post, scope)
        if group is None:
            assert post.id not in found
        else:
            groups.setdefault(group, []).append(post)
    for group in groups.values():
        oldest = [post.id for post in group if "prev" not in found.get(post.id, {})]
        assert len(oldest) == 1
        at: str | None = oldest[0]
        while at is not None:
            visited.append(at)
            assert len(visited) <= len(posts)
            at = found.get(at, {}).get("next")
    assert sorted(visited) == sorted(post.id for group in groups.values() for post in group)


@given(POSTS, SCOPE)
def test_older_is_the_inverse_of_newer(posts, scope):
    found = links(posts, scope)
    newer = {(post, each["next"]) for post, each in found.items() if "next" in each}
    older = {(each["prev"], post) for post, each in found.items() if "prev" in each}
    assert newer == older
    assert all(first != second for first, second in newer)


@given(POSTS, SCOPE)
def test_the_order(posts, scope):
    for chain in chains(posts, scope):
        if scope == "series":
            order = [(post.series.position, post.id) for post in chain if post.series]
        else:
            order = [(post.published, post.id) for post in chain]
        assert order == sorted(order)
        assert len(order) == len(chain)


@given(POSTS, SCOPE, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(posts, scope, chance: random.Random):
    mixed = list(posts)
    chance.shuffle(mixed)
    options = {"scope": scope}
    assert list(enrich(tuple(mixed), options)) == list(enrich(posts, options))


@given(POSTS, SCOPE, st.text(max_size=5))
def test_a_new_title_moves_nothing(posts, scope, title):
    renamed = tuple(post._replace(title=title) for post in posts)
    assert links(renamed, scope) == links(posts, scope)


@given(POSTS, SCOPE, st.data())
def test_one_post_more_changes_only_its_neighbours(posts, scope, data):
    if not posts:
        return
    extra = data.draw(st.sampled_from(posts))
    before = links(tuple(post for post in posts if post != extra), scope)
    after = links(posts, scope)
    near = set(after.get(extra.id, {}).values())
    changed = {id for id in {*before, *after} if before.get(id) != after.get(id)}
    assert changed - {extra.id} == near
    for id in near:
        differ = {
            relation
            for relation in ("prev", "next")
            if before.get(id, {}).get(relation) != after[id].get(relation)
        }
        assert len(differ) == 1


@pytest.mark.parametrize("scope", SCOPES)
def test_one_post_alone_has_no_links(scope):
    post = LivePost("a", "A", START, "Visits", Series("Start", 1), True)
    assert links((post,), scope) == {}
    assert links((), scope) == {}


def test_words_of_the_links():
    posts = tuple(
        LivePost(id, id, START + timedelta(days=day), "", None, True)
        for day, id in enumerate("zya")
    )
    middle = next(each for each in enrich(posts, {"scope": "all"}) if each.post == "y")
    assert [(link.relation, link.label, link.post) for link in middle.links] == [
        ("prev", "Older post", "z"),
        ("next", "Newer post", "a"),
    ]
