"""The work grows with the text of a site, not with its square: pairs are counted, not seconds."""

from __future__ import annotations

import pytest
from invented import Inventor, copies, dated, post, rivals

from copydesk.testing import index_of
from copydesk_plugins.duplicates.texts import REACH, Repeated, texts_of
from copydesk_plugins.duplicates.topics import Likeness, Weights, alike, same_keyphrase, topics_of

POSTS = 300


def identical(number: int) -> dict[str, str]:
    body = Inventor(1).body(3, 40)
    return {f"{n:04}.md": post(body, f"Post {n}", published=dated(1)) for n in range(number)}


def with_a_notice(number: int) -> dict[str, str]:
    writer = Inventor(2)
    notice = writer.body(2, 60)
    return {f"{n:04}.md": post([*writer.body(2, 50), *notice]) for n in range(number)}


def of_few_sentences(number: int) -> dict[str, str]:
    writer = Inventor(3)
    known = [writer.sentence() for _ in range(40)]
    return {
        f"{n:04}.md": post([" ".join(writer.random.choices(known, k=12))], f"Post {n}")
        for n in range(number)
    }


@pytest.mark.parametrize("site", [identical, with_a_notice, of_few_sentences])
def test_pairs_of_texts_grow_with_the_text(site: object) -> None:
    texts = texts_of(index_of(site(POSTS)))  # type: ignore[operator]
    assert len(texts) == POSTS
    pairs = list(Repeated(texts).pairs())
    assert pairs, "nothing was compared, so nothing was shown"
    assert len(pairs) <= REACH * sum(text.size for text in texts) / 4
    assert len(pairs) < POSTS * (POSTS - 1) / 4


def test_three_hundred_copies_are_one_group() -> None:
    [report] = copies(identical(POSTS))
    assert len({each.path for each in (*report.related, *report.also)}) == POSTS - 1


def test_pairs_of_topics_grow_with_the_posts() -> None:
    heads = ("The way here", "The way home", "The garden")
    body = [part for each in heads for part in (f"## {each}", "Text.")]
    posts = {f"{n:04}.md": post(body, "A walk in the garden") for n in range(POSTS)}
    topics = topics_of(index_of(posts))
    pairs = list(alike(topics, Weights(topics), Likeness(0.7, 0.6)))
    assert POSTS <= len(pairs) <= 50 * POSTS
    [report] = rivals(posts)
    assert len(report.also) + len(report.related) == POSTS - 1


def test_pairs_of_keyphrases_grow_with_the_posts() -> None:
    posts = {f"{n:04}.md": post(["Text."], "A walk", keyphrase="walks") for n in range(POSTS)}
    pairs = list(same_keyphrase(topics_of(index_of(posts))))
    assert POSTS - 1 <= len(pairs) <= 25 * POSTS
    assert len(rivals(posts)) == 1
