"""What was found wrong by reading every finding on all posts at hand."""

from __future__ import annotations

import pytest

from copydesk.model.context import PostContext
from copydesk.options import complete
from copydesk.testing import NOW, read, run_rule
from copydesk_plugins.claims import register_rules
from copydesk_plugins.claims.guards.reading import read_unit, readings_of

RULES = {rule.id.partition(".")[2]: rule for rule in register_rules()}
INVOICES = (
    "A proven cure for spreadsheet headaches, from the people who made Ledgerbird.\n\n"
    "Invoices are paid in days. Approvals go to a phone. The books close on the third.\n"
)


def messages(name: str, text: str) -> list[str]:
    return [finding.message for finding in run_rule(RULES[name], text)]


def test_a_cure_for_headaches_in_a_post_on_something_else_is_no_promise() -> None:
    assert messages("absolute", INVOICES) == []
    assert messages("absolute", "Acupuncture is a cure for headaches.")
    assert messages("absolute", "Depression is common.\n\n" + INVOICES.replace("spreadsheet ", ""))


def test_words_that_are_nearly_the_whole_sentence_are_not_said_twice() -> None:
    text = "Massage relieves back pain and " + "stiffness of the neck and " * 3 + "old scars."
    (said,) = messages("unsupported", text)
    assert len(said) < 150
    (short,) = messages("unsupported", "Massage relieves back pain.")
    assert "(“relieves back pain”)" in short


def test_what_a_post_lacks_is_told_in_good_english() -> None:
    (said,) = messages("licence-line", "We offer counselling. Call us.")
    assert said.endswith("does not show who gives it or a licence with its number.")


def test_a_share_is_quoted_without_the_word_behind_it() -> None:
    (said,) = messages("statistic", "A third of women with migraine feel better after yoga.")
    assert "(“A third”)" in said


@pytest.mark.parametrize("space", ["\u00a0", "\n", "\u2009"])
def test_any_space_parts_words(space: str) -> None:
    text = f"Our patient Ana,{space}34, came to us with migraine.\n\nMigraine is common."
    (said,) = messages("patient-identity", text)
    assert said.startswith("“Ana, 34” beside an illness")


def test_a_market_of_one_rule_does_not_hold_for_the_next() -> None:
    """Rules share what they work out, but not across options."""
    from copydesk_plugins.claims.judged import _known, judged

    ctx = PostContext(read("Massage cures back pain."), NOW)
    for market in ("us", "uk", "us"):
        ctx.with_options(complete(RULES["absolute"].options, {"market": market}))
        assert len(judged(ctx, "absolute")) == 1
    assert len(_known[ctx]) == 2


def test_gaps_are_plain_spaces() -> None:
    ctx = PostContext(read("One,\u00a0two\u2003three four."), NOW)
    (reading,) = readings_of(ctx)
    assert [reading.gap(at) for at in range(1, 4)] == [", ", " ", " "]
    assert read_unit(ctx, reading.unit).keys == ["one", "two", "three", "four"]
