"""The data files are words, not patterns, and finding them takes linear time."""

from __future__ import annotations

import time
from collections import Counter

import pytest

import copydesk_plugins.claims as claims
from copydesk.api import Hit, Phrases, PostContext, read_phrases
from copydesk.options import complete
from copydesk.testing import NOW, read, run_rule
from copydesk_plugins.claims.wording.lexicon import sections


def test_phrases_are_lower_case_words_with_stars_at_their_ends() -> None:
    for section, phrases in sections().items():
        for phrase in phrases:
            assert phrase == phrase.lower(), f"{section}: {phrase}"
            for word in phrase.split():
                assert "*" not in word[:-1], f"{section}: {phrase}"
                assert not set(word) & set("()[]{}|+?\\^$"), f"{section}: {phrase}"
            assert not phrase.startswith("* ") and not phrase.endswith(" *")


def test_no_phrase_stands_twice_in_a_section() -> None:
    twice = {
        section: [phrase for phrase, n in Counter(phrases).items() if n > 1]
        for section, phrases in sections().items()
    }
    assert not {section: each for section, each in twice.items() if each}


def test_a_star_is_an_ending_or_up_to_three_words() -> None:
    phrases = Phrases({"a": ["study * shows", "depress*"], "b": ["depressed mood"]})
    assert phrases.find(["a", "study", "shows"]) == {"a": [Hit(1, 3)]}
    assert phrases.find(["study", "of", "one", "ward", "shows"]) == {"a": [Hit(0, 5)]}
    assert phrases.find(["study", "of", "one", "big", "ward", "shows"]) == {}
    assert phrases.find(["depressed", "mood"]) == {"a": [Hit(0, 1)], "b": [Hit(0, 2)]}


def test_comments_and_sections_are_read() -> None:
    assert read_phrases("# x\n[one]\na b # c\n\n[two]\nd\n") == {"one": ["a b"], "two": ["d"]}


def test_a_phrase_may_not_begin_with_a_star() -> None:
    with pytest.raises(ValueError, match="begins with"):
        Phrases({"a": ["* b"]})


@pytest.mark.parametrize(
    "piece",
    [
        "not ",
        "cures ",
        "not cures depression ",
        "studies of ",
        "ketamine helps pain ",
        "100 % ",
        "1 in ",
        "safe is ",
        "it ",
        "may ease pain. It ",
        "- cures\n",
        "[a](https://b.example/c) ",
        "x[^1] ",
        "a" * 50,
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (120_000 // len(piece))
    rule = claims.register_rules()[0]  # one rule judges for all
    run_rule(rule, text[:200])  # loads the vocabulary
    context = PostContext(read(text), NOW)
    context.with_options(complete(rule.options, {}))
    began = time.process_time()
    list(rule.check(context))
    # What is quadratic in 120,000 characters takes minutes.
    assert time.process_time() - began < 15
