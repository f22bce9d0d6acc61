"""The rules on weak sources, lists without marks, and disclaimers."""

from __future__ import annotations

import pytest
from register_kit import PEOPLE, entry, toml_of

from copydesk.api import Rule
from copydesk.testing import assert_examples, run_rule
from copydesk_plugins.claims.support.rules import RULES

BY_NAME = {rule.id.partition(".")[2]: rule for rule in RULES}
CLAIM = "Massage relieves back pain"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_hold(rule: Rule) -> None:
    assert_examples(rule)


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("https://www.fda.gov/", "the home page of fda.gov"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=massage", "a search page of pubmed"),
        ("https://www.example.com/blog/x", "is example.com, which is no study"),
        ("/massage", "a page of your own site"),
        ("https://fda.gov@evil.example/x", "an address that hides where it leads"),
    ],
)
def test_each_weak_source_is_called_what_it_is(href: str, words: str) -> None:
    (finding,) = run_rule(BY_NAME["weak-citation"], f"{CLAIM} ([more]({href})).")
    assert words in finding.message
    assert finding.quote.startswith(CLAIM)


def test_a_source_that_is_only_named_is_weak() -> None:
    (finding,) = run_rule(BY_NAME["weak-citation"], f"{CLAIM} (Okafor and Lind, 2021).")
    assert "without saying where it is" in finding.message


def test_hospitals_and_preprints_are_weak_unless_they_are_accepted() -> None:
    text = f"{CLAIM} ([more](https://www.mayoclinic.org/massage))."
    (finding,) = run_rule(BY_NAME["weak-citation"], text)
    assert "a page or preprint at mayoclinic.org" in finding.message
    assert run_rule(BY_NAME["weak-citation"], text, options={"accept-tier-b": True}) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{CLAIM}.",
        f"{CLAIM} ([more](https://www.example.com/x), [trial](https://doi.org/10.5555/a)).",
        "We open at nine ([map](https://www.example.com/)).",
    ],
)
def test_no_source_a_better_one_and_no_claim_are_not_weak(text: str) -> None:
    assert run_rule(BY_NAME["weak-citation"], text) == []


def test_a_list_in_a_post_without_claims_is_fine() -> None:
    text = "We open at nine.\n\n## Sources\n\n1. Okafor P. doi:10.5555/a\n"
    assert run_rule(BY_NAME["unanchored-list"], text) == []


@pytest.mark.parametrize(
    "disclaimer",
    [
        "This is not medical advice.",
        "It is not a substitute for professional medical advice.",
        "This is not intended as medical advice.",
        "For informational purposes only.",
        "These statements have not been evaluated by the Food and Drug Administration.",
        "This product is not intended to diagnose anything.",
    ],
)
def test_disclaimers(disclaimer: str) -> None:
    (finding,) = run_rule(BY_NAME["disclaimer-only"], f"{CLAIM}.\n\n{disclaimer}")
    assert finding.quote == disclaimer
    assert "1 sentence about health name" in finding.message
    assert run_rule(BY_NAME["disclaimer-only"], f"We open at nine. {disclaimer}") == []


def test_a_disclaimer_below_sentences_that_no_finding_names_is_fine() -> None:
    text = (
        "## What is EMDR?\n\nYou think of a hard memory while your eyes follow a moving light.\n\n"
    )
    text += "Some people come six times.\n\nThis is not medical advice.\n"
    assert run_rule(BY_NAME["disclaimer-only"], text) == []


def test_a_claim_that_the_register_settles_needs_no_better_source() -> None:
    claim = f"{CLAIM} (Okafor and Lind, 2021)."
    files = {"claims.toml": toml_of(entry(claim))}
    for name, text in (
        ("weak-citation", claim),
        ("disclaimer-only", f"{claim} This is not medical advice."),
    ):
        assert run_rule(BY_NAME[name], text, files=files, people=PEOPLE) == []
    assert len(run_rule(BY_NAME["weak-citation"], claim)) == 1
