"""Claims that need the words around them: lead-ins, "it", headings, hedges."""

from __future__ import annotations

import pytest
from claims_kit import FIVE

from copydesk.testing import assert_examples, run_rule

RULES = {rule.id.partition(".")[2]: rule for rule in FIVE}


def found(text: str, name: str = "post.md") -> list[tuple[str, str]]:
    return [
        (kind, each.quote) for kind, rule in RULES.items() for each in run_rule(rule, text, name)
    ]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_examples_hold(rule: object) -> None:
    assert_examples(rule)  # type: ignore[arg-type]


def test_a_list_item_is_read_with_the_words_that_introduce_it() -> None:
    text = "Acupuncture can:\n\n- ease back pain\n- be booked by phone\n"
    assert found(text) == [("unsupported", "ease back pain")]


def test_a_list_item_alone_says_nothing() -> None:
    assert found("Bring these:\n\n- a list of your medicines\n- ease of mind\n") == []


def test_it_stands_for_the_treatment_before() -> None:
    assert found("We offer massage. It relieves back pain.") == [
        ("unsupported", "It relieves back pain.")
    ]
    assert found("We have a new sign. It relieves the eye in the dark.") == []
    assert found("You may ask for massage. It helps to note where your pain is.") == []


def test_a_soft_word_is_named_and_excuses_nothing() -> None:
    (plain,) = run_rule(RULES["unsupported"], "Massage relieves back pain.")
    (soft,) = run_rule(RULES["unsupported"], "Massage may relieve back pain.")
    assert "softens" not in plain.message
    assert "softens" in soft.message


@pytest.mark.parametrize(
    "text",
    [
        "# How Massage Heals Migraine",
        "---\ntitle: Massage heals migraine\n---\n\nCome by.",
        "---\ntitle: x\ndescription: Massage heals migraine.\n---\n\nCome by.",
        "Come by.\n\n![Massage heals migraine](a.png)",
        "| Care | What |\n| --- | --- |\n| a | Massage heals migraine |",
    ],
)
def test_titles_descriptions_cells_and_image_texts_are_advertising_too(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["unsupported"]


def test_footnotes_are_sources_and_not_claims() -> None:
    assert found("Come by.[^1]\n\n[^1]: Massage relieves back pain: a trial.") == []


def test_each_unit_has_one_finding_at_most() -> None:
    text = (
        "Studies show that ketamine is safe and effective, cures depression and helps "
        "9 out of 10 patients."
    )
    assert [kind for kind, _ in found(text)] == ["absolute"]


def test_only_english_posts_are_judged() -> None:
    assert all(rule.languages == ("en", "unknown") for rule in RULES.values())
