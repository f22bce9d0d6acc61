"""The data files are words, not patterns, and finding them takes linear time."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import copydesk_plugins.artefacts as artefacts
import copydesk_plugins.claims as claims
import pytest
from copydesk.testing import run_rule
from copydesk_plugins.claims.lexicon import sections
from copydesk_plugins.claims.phrases import Hit, Phrases, read_phrases


def test_phrases_are_lower_case_words_with_stars_at_their_ends() -> None:
    for section, phrases in sections().items():
        for phrase in phrases:
            assert phrase == phrase.lower(), f"{section}: {phrase}"
            for word in phrase.split():
                assert "*" not in word[:-1], f"{section}: {phrase}"
                assert not set(word) & set("()[]{}|+?\\^$"), f"{section}: {phrase}"
            assert not phrase.startswith("* ") and not phrase.endswith(" *")


def test_no_phrase_stands_twice_in_a_section() -> None:
    twice = {section: [phrase for phrase, n in Counter(phrases).items() if n > 1]
             for section, phrases in sections().items()}
    assert not {section: each for section, each in twice.items() if each}


def test_a_star_is_an_ending_or_up_to_three_words() -> None:
    phrases = Phrases({"a": ["study * shows", "depress*"], "b": ["depressed mood"]})
    assert phrases.find("a study shows".split()) == {"a": [Hit(1, 3)]}
    assert phrases.find("study of one ward shows".split()) == {"a": [Hit(0, 5)]}
    assert phrases.find("study of one big ward shows".split()) == {}
    assert phrases.find("depressed mood".split()) == {"a": [Hit(0, 1)], "b": [Hit(0, 2)]}


def test_comments_and_sections_are_read() -> None:
    assert read_phrases("# x\n[one]\na b # c\n\n[two]\nd\n") == {"one": ["a b"], "two": ["d"]}


def test_a_phrase_may_not_begin_with_a_star() -> None:
    with pytest.raises(ValueError, match="begins with"):
        Phrases({"a": ["* b"]})


def test_both_plugins_share_one_matcher() -> None:
    files = [Path(str(module.__file__)).with_name("phrases.py") for module in (artefacts, claims)]
    assert files[0].read_text("utf-8") == files[1].read_text("utf-8")


@pytest.mark.parametrize("piece", [
    "not ", "cures ", "not cures depression ", "studies of ", "ketamine helps pain ", "100 % ",
    "1 in ", "safe is ", "it ", "may ease pain. It ", "- cures\n", "[a](https://b.example/c) ",
    "x[^1] ", "a" * 50,
])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (120_000 // len(piece))
    for rule in claims.register_rules()[:1]:  # one rule judges for all
        run_rule(rule, text[:2000])  # loads the vocabulary and the reader
        began = time.process_time()
        run_rule(rule, text)
        assert time.process_time() - began < 5
