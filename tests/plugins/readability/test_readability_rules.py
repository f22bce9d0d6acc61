"""The rules: their examples, their limits, and what they measure."""

from __future__ import annotations

import pytest

from copydesk.api import Rule
from copydesk.testing import assert_exact, assert_examples, run_measures, run_rule
from copydesk_plugins.readability import ease, lengths, register_rules, section_ease
from copydesk_plugins.readability.examples import EASY_POST, HARD_POST, ONE_HARD_SECTION


@pytest.mark.parametrize("rule", register_rules(), ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    assert_examples(rule)
    assert rule.languages == ("en",)
    assert rule.severity != "error"


def sentence(words: int) -> str:
    return " ".join(["word"] * words).capitalize() + "."


def test_ease_names_score_counts_and_hardest_sentences() -> None:
    [found] = run_rule(ease.ease, HARD_POST)
    assert "very difficult" in found.message
    assert "words in 5 sentences" in found.message
    assert "syllables per word" in found.message
    assert len(found.related) == 3
    assert all(" words, " in each.message for each in found.related)
    assert_exact([found], HARD_POST)
    assert found.quote == "# Before your visit"


def test_ease_obeys_its_option() -> None:
    [found] = run_rule(ease.ease, HARD_POST, options={"minimum": 20})
    assert "below the 20 set" in found.message
    assert not run_rule(ease.ease, EASY_POST, options={"minimum": 80})
    assert run_rule(ease.grade, HARD_POST, options={"maximum": 12})
    assert not run_rule(ease.grade, HARD_POST, options={"maximum": 30})


def test_short_posts_are_left_alone() -> None:
    short = "Multidisciplinary interdepartmental collaboration necessitates organisation.\n"
    for rule in (ease.ease, ease.grade, section_ease.section):
        assert not run_rule(rule, short)


def test_measures() -> None:
    found = run_measures(ease.ease, "# Title\n\nThe cat sat down. It was happy today.\n")
    assert found == {
        "words": 8,
        "sentences": 2,
        "syllables": 10,
        "polysyllables": 0,
        "flesch-reading-ease": 97.0,
        "flesch-kincaid-grade": 0.7,
        "smog": 3.1,
    }


def test_measures_of_nothing_hold_no_score() -> None:
    found = run_measures(ease.ease, "# Title\n")
    assert found == {"words": 0, "sentences": 0, "syllables": 0, "polysyllables": 0}


@pytest.mark.parametrize(("words", "reported"), [(30, False), (31, True)])
def test_sentence_length_limit(words: int, reported: bool) -> None:
    text = f"Short one. {sentence(words)} Short two.\r\n"
    found = run_rule(lengths.sentence_length, text)
    assert bool(found) is reported
    assert_exact(found, text)
    if found:
        assert found[0].quote == sentence(words)
        assert "31 words" in found[0].message


def test_sentence_length_leaves_headings_and_quotations_alone() -> None:
    long = sentence(40)
    text = f"# {long}\n\n> {long}\n\n- {long}\n"
    [found] = run_rule(lengths.sentence_length, text)
    assert found.where.endswith("list item 1")


@pytest.mark.parametrize(("words", "reported"), [(150, False), (151, True)])
def test_paragraph_length_limit(words: int, reported: bool) -> None:
    text = " ".join([sentence(10)] * ((words - 1) // 10) + [sentence((words - 1) % 10 + 1)])
    found = run_rule(lengths.paragraph_length, text + "\n")
    assert bool(found) is reported
    if found:
        assert "151 words in 16 sentences" in found[0].message


def test_section_is_reported_at_its_heading() -> None:
    [found] = run_rule(section_ease.section, ONE_HARD_SECTION)
    assert found.quote == "## On the day"


def test_hard_text_before_the_first_heading_has_a_place() -> None:
    hard = HARD_POST.partition("\n\n")[2]
    [found] = run_rule(section_ease.section, f"{hard}\n## More\n\nWe rest.\n")
    assert found.quote.startswith("Prior to the initial")


def test_a_hard_post_is_not_told_again_section_by_section() -> None:
    hard = HARD_POST.partition("\n\n")[2]
    post = f"# Visits\n\n## One\n\n{hard}\n## Two\n\n{hard}\n"
    assert run_rule(ease.ease, post)
    assert not run_rule(section_ease.section, post)
    easier = post + "\n## Three\n\nWe rest, and then we talk about your week.\n"
    assert len(run_rule(section_ease.section, easier)) == 2


@pytest.mark.parametrize(("above", "severity"), [(3, "info"), (5, "warning")])
def test_a_score_just_below_is_a_note(above: int, severity: str) -> None:
    score = float(str(run_measures(ease.ease, ONE_HARD_SECTION)["flesch-reading-ease"]))
    [found] = run_rule(ease.ease, ONE_HARD_SECTION, options={"minimum": int(score) + above})
    assert found.severity == severity


def test_other_letters_than_english_ones_are_left_alone() -> None:
    greek = "Η φόρμα είναι μεγάλη και χρειάζεται χρόνο. " * 60
    for rule in register_rules():
        assert not run_rule(rule, f"## Α\n\n{greek}\n\n## Β\n\n{greek}\n")
    assert run_measures(ease.ease, greek) == {}
