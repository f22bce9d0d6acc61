"""What a claim speaks of: named in the unit, or taken from before, lead-in, heading or title."""

from __future__ import annotations

from collections import Counter

import pytest
from engine_kit import Case, cases, parameters
from score_kit import context_of

from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.detection import claim_of, claims_of, examined
from copydesk_plugins.claims.propositions import propositions_of

#: Makes the post one about health and names no treatment.
_AFTER = (
    "\n\nAsk your doctor about pain, anxiety or depression.\n\nPain and poor sleep are common.\n"
)


def judged(case: Case) -> Claim:
    """Return the last line of a case as the claim that it would be, found or not."""
    title, text = "A word from our house", case.text
    if text.startswith("{"):
        title, _, text = text[1:].partition("} ")
    text = f"---\ntitle: {title}\n---\n\n{text}"
    context = context_of(text + _AFTER)
    *_, last = (each for each in examined(context) if each.reading.unit.span.end <= len(text))
    return claim_of(context, last)


@pytest.mark.parametrize("case", parameters("subjects.txt"))
def test_subject(case: Case) -> None:
    whence, _, what = case.expected.partition(": ")
    claim = judged(case)
    assert (claim.whence, claim.said.treatments) == (whence, (what,)), case.text


def test_each_way_has_some_cases() -> None:
    counted = Counter(case.expected.partition(":")[0] for case in cases("subjects.txt"))
    assert set(counted) == {"unit", "before", "lead-in", "heading", "title"}
    assert min(counted.values()) >= 4


def propositions(text: str, quote: str) -> int:
    found = [each for each in claims_of(context_of(text)) if each.unit.text == quote]
    assert len(found) == 2, [each.unit.text for each in claims_of(context_of(text))]
    return len(propositions_of(found))


LIST = "## Benefits of {}\n\n- Relieves migraine\n\n"
LEAD = "{} can:\n\n- relieve migraine\n\n"


def test_the_same_words_under_other_headings_are_other_propositions() -> None:
    text = LIST.format("massage") + LIST.format("yoga")
    assert propositions(text, "Relieves migraine") == 2


def test_the_same_words_after_other_lead_ins_are_other_propositions() -> None:
    assert propositions(LEAD.format("Massage") + LEAD.format("Yoga"), "relieve migraine") == 2


def test_the_same_words_of_other_antecedents_are_other_propositions() -> None:
    text = "Massage is old. It relieves migraine.\n\nYoga is older. It relieves migraine.\n"
    assert propositions(text, "It relieves migraine.") == 2


def test_the_same_words_of_one_treatment_are_one_proposition() -> None:
    text = LEAD.format("Massage") + "Our view.\n\n" + LEAD.format("Massage")
    assert propositions(text, "relieve migraine") == 1
