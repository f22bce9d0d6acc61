"""Rules that tell a share of a post once, and the runs of sentences that begin alike."""

from __future__ import annotations

import pytest

from copydesk.testing import assert_exact, run_measures, run_rule
from copydesk_plugins.readability import lengths, long_words, openings, shares
from copydesk_plugins.readability.examples import HARD_POST, PASSIVE_POST, UNTIED_POST

SHORT = "We rest. "
LONG = " ".join(["We"] + ["rest"] * 20) + ". "
PASSIVE = "The door is closed by Ann. "


@pytest.mark.parametrize(("long", "reported"), [(5, False), (6, True)])
def test_share_of_long_sentences(long: int, reported: bool) -> None:
    text = f"# Rest\n\n{LONG * long}{SHORT * (20 - long)}\n"
    found = run_rule(shares.long_sentences, text)
    assert bool(found) is reported
    assert run_measures(shares.long_sentences, text) == {"sentences-over-20-words": long}
    if found:
        assert "6 of 20 sentences (30 %)" in found[0].message
        assert "above the 25 %" in found[0].message
        assert [each.message for each in found[0].related] == ["21 words"] * 3
        assert found[0].quote == "# Rest"


def test_share_of_long_sentences_obeys_its_option() -> None:
    text = LONG * 4 + SHORT * 16 + "\n"
    assert run_rule(shares.long_sentences, text, options={"max-share": 15})


@pytest.mark.parametrize(("passive", "reported"), [(2, False), (3, True)])
def test_share_of_passives(passive: int, reported: bool) -> None:
    text = f"{PASSIVE * passive}{SHORT * (20 - passive)}\n"
    found = run_rule(shares.passive, text)
    assert bool(found) is reported
    assert run_measures(shares.passive, text) == {"passive-sentences": passive}
    if found:
        assert "3 of 20 sentences (15 %)" in found[0].message
        assert len(found[0].related) == 3
        source = [text[each.span.start : each.span.end] for each in found[0].related]
        assert source == [PASSIVE.strip()] * 3


def test_a_share_of_few_sentences_is_not_judged() -> None:
    assert not run_rule(shares.passive, PASSIVE * 19 + "\n")
    assert not run_rule(shares.long_sentences, LONG * 19 + "\n")
    assert not run_rule(shares.transitions, SHORT * 29 + "\n")
    assert run_measures(shares.passive, PASSIVE * 19 + "\n") == {"passive-sentences": 19}


def test_a_share_that_is_shown_as_the_limit_is_not_above_it() -> None:
    assert not run_rule(shares.passive, PASSIVE * 6 + SHORT * 53 + "\n")  # 10.2 %
    assert run_rule(shares.passive, PASSIVE * 7 + SHORT * 53 + "\n")
    assert not run_rule(shares.transitions, "However, we rest. " + SHORT * 33 + "\n")  # 2.9 %


@pytest.mark.parametrize(("tied", "reported"), [(0, True), (1, False)])
def test_share_of_transitions(tied: int, reported: bool) -> None:
    text = "However, we rest. " * tied + SHORT * (30 - tied) + "\n"
    found = run_rule(shares.transitions, text)
    assert bool(found) is reported
    assert run_measures(shares.transitions, text) == {"transition-sentences": tied}
    if found:
        assert "0 of 30 sentences (0 %)" in found[0].message
    assert bool(run_rule(shares.transitions, text, options={"min-share": 30}))


def test_one_finding_for_each_share() -> None:
    for rule, text in ((shares.passive, PASSIVE_POST), (shares.transitions, UNTIED_POST)):
        assert len(run_rule(rule, text)) == 1


@pytest.mark.parametrize(
    ("text", "opening", "count"),
    [
        ("Meditation calms. Meditation is free. Meditation works.", "Meditation", 3),
        ("Tea is hot. “Tea” is dear. *Tea* is brown. Tea is good. Now stop.", "Tea", 4),
        ("You can go. You can stay. You can rest.", "You can", 3),
        ("The room is warm. The room is big. The room is ours.", "The room", 3),
        ("Tea is hot.\n\nTea is dear.\n\nTea is brown.", "Tea", 3),
        ("Tea is hot. Tea is dear. Now tea. Tea is hot. Tea is dear. Tea is brown.", "Tea", 3),
    ],
)
def test_sentences_that_begin_alike(text: str, opening: str, count: int) -> None:
    [found] = run_rule(openings.openings, text + "\n")
    assert found.message.startswith(f"{count} sentences in a row begin with “{opening}”")
    assert len(found.related) == count - 1
    assert_exact([found], text + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "Tea is hot. Tea is dear.",
        "Tea is hot. Now it is brown. Tea is dear. Tea is good.",
        "She asks. She listens. She writes.",
        "The room is warm. The sea is near. The bus is late.",
        "- Tea is hot.\n- Tea is dear.\n- Tea is brown.",
        "Tea is hot. Tea is dear.\n\n## Tea\n\nTea is brown.",
        "Tea is hot.\n\n> Quoted.\n\nTea is dear. Tea is brown.",
        "> Tea is hot. Tea is dear. Tea is brown.",
        "Teas are hot. Tea is dear. Tea is brown.",
    ],
)
def test_sentences_that_do_not(text: str) -> None:
    assert not run_rule(openings.openings, text + "\n")


def test_the_length_of_a_run_is_an_option() -> None:
    text = "Tea is hot. Tea is dear.\n"
    assert run_rule(openings.openings, text, options={"max-run": 1})


def test_words_between_headings_are_told_once_at_the_longest_stretch() -> None:
    short, long, longest = (SHORT.strip() + "\n", SHORT * 151, SHORT * 160)
    text = f"# Rest\n\n{short}\n## One\n\n{long}\n\n## Two\n\n{longest}\n\n### Three\n\n{short}"
    [found] = run_rule(lengths.subheadings, text)
    assert found.quote == "## Two"
    assert found.message.startswith("320 words stand here without a heading, more than the 300")
    assert "2 of 4 sections" in found.message
    assert [each.message for each in found.related] == ["302 words"]
    assert run_measures(lengths.subheadings, text) == {"most-words-between-headings": 320}
    assert not run_rule(lengths.subheadings, text, options={"max-words": 320})


def test_text_without_any_heading_has_a_place() -> None:
    [found] = run_rule(lengths.subheadings, SHORT * 151 + "\n")
    assert "sections" not in found.message
    assert found.quote.startswith("We rest.")


def test_long_words_are_counted_and_the_commonest_named() -> None:
    [found] = run_rule(long_words.long_words, HARD_POST)
    assert "55 of 117 words (47 %)" in found.message
    assert "above the 15 % asked of texts for patients" in found.message
    assert "“medication” (2)" in found.message


def test_long_words_obey_their_option() -> None:
    assert not run_rule(long_words.long_words, HARD_POST, options={"max-share": 60})
    assert "set for this site" in (
        run_rule(long_words.long_words, HARD_POST, options={"max-share": 20})[0].message
    )


def test_acronyms_are_not_named_as_long_words() -> None:
    text = "FDA rules are new. " * 40 + "\n"
    found = run_rule(long_words.long_words, text)
    assert found
    assert "fda" not in found[0].message.lower()


@pytest.mark.parametrize("mark", ["– ", "“", "🎉 ", "• "])
def test_the_beginning_that_is_named_is_a_word_and_no_mark(mark: str) -> None:
    text = f"# Rest\n\n{mark}Meditation calms. Meditation needs no tools. Meditation is free.\n"
    found = run_rule(openings.openings, text)
    assert ["begin with “Meditation”" in each.message for each in found] == [True]
