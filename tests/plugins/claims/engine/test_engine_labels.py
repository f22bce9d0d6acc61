"""Labels and posts fit together. Held-back posts are opened here by program only."""

from __future__ import annotations

import pytest
import score_kit as kit

from copydesk.api import Post
from copydesk_plugins.claims.claim import STRENGTHS, ClaimType

FILES = ("open-a", "open-b", "sealed-a", "sealed-b")
GOLDS = [gold for name in FILES for gold in kit.gold_of(name)]
TYPES = set(ClaimType.__args__)  # type: ignore[attr-defined]
each_gold = pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.file)


def post_of(gold: kit.Gold) -> Post:
    return kit.context_of(gold.text, gold.file).post


@each_gold
def test_every_unit_of_a_post_is_labelled_once(gold: kit.Gold) -> None:
    units = [(unit.span.start, unit.span.end) for unit in post_of(gold).units]
    labels = [each[:2] for each in gold.labels]
    assert len(labels) == len(set(labels)), "a unit is labelled twice"
    # Plain numbers in the message: a failure must not show what a held-back post says.
    assert set(labels) == set(units), sorted(set(labels) ^ set(units))[:5]


@each_gold
def test_labels_are_words_of_the_guideline(gold: kit.Gold) -> None:
    for each in gold.labels:
        assert each.answer in ("y", "n", "s"), each
        if each.answer == "y":
            assert each.type in TYPES, each
            assert each.strength in STRENGTHS, each
            assert each.support in ("none", "weak", "cited", "registered"), each
        else:
            assert each[3:] == ("-", "-", "-"), each


@each_gold
def test_labels_lie_inside_the_text_in_order(gold: kit.Gold) -> None:
    size = len(gold.text)
    starts = [each.start for each in gold.labels]
    assert starts == sorted(starts)
    assert all(0 <= each.start < each.end <= size for each in gold.labels)


def test_the_second_labeller_did_a_fifth_of_the_same_posts() -> None:
    first = {gold.file: gold for gold in GOLDS}
    second = kit.gold_of("second")
    assert len(second) >= len(GOLDS) / 5
    for gold in second:
        mine = {each[:2] for each in first[gold.file].labels}
        assert {each[:2] for each in gold.labels} <= mine, gold.file


def test_no_post_is_labelled_twice_and_none_is_forgotten() -> None:
    files = [gold.file for gold in GOLDS]
    assert len(files) == len(set(files))
    there = {str(path.relative_to(kit.POSTS)) for path in kit.POSTS.glob("*/*.md")}
    assert set(files) == {name.replace("\\", "/") for name in there}


def test_there_are_as_many_posts_as_were_promised() -> None:
    about_health = {gold.group for gold in GOLDS} - {kit.ELSEWHERE}
    elsewhere = [gold for gold in GOLDS if gold.group == kit.ELSEWHERE]
    assert len(GOLDS) >= 25 and len(about_health) >= 8 and len(elsewhere) >= 4
    assert sum(len(gold.labels) for gold in GOLDS) >= 1200
    sealed = [gold for gold in GOLDS if gold.sealed]
    assert len(sealed) >= len(GOLDS) / 3 - 1
    # Whole specialties are held back, not only posts of those that are open.
    assert {g.group for g in sealed} - {g.group for g in GOLDS if not g.sealed}
