"""Where a source stands decides which claims it carries."""

from __future__ import annotations

import pytest
from claims_kit import FIVE

from copydesk.testing import run_rule

RULES = {rule.id.partition(".")[2]: rule for rule in FIVE}
PAPER = "https://doi.org/10.1000/182"


def kinds(text: str, name: str = "post.md") -> list[str]:
    return [kind for kind, rule in RULES.items() for _ in run_rule(rule, text, name)]


@pytest.mark.parametrize(
    "text",
    [
        f"[Studies show]({PAPER}) that massage eases back pain.",
        f"Studies show that massage eases back pain. Read [the trial]({PAPER}).",
        f"What helps:\n\n- Studies show that massage helps.\n- [A trial]({PAPER}) on walking.",
        f"Studies show that massage helps.[^1]\n\n[^1]: A trial, {PAPER}.",
        f"Studies show that massage helps.[^a]\n\n[^a]: [A trial]({PAPER}).",
        "Studies show that massage helps (doi:10.1000/182).",
    ],
)
def test_a_source_in_the_paragraph_or_list_settles_vague_research(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[Studies show](https://www.example.org/) that massage helps.",
        "[Studies show](our-room.md) that massage helps.",
        f"Studies show that massage helps.\n\nWe open at nine.\n\nRead [a trial]({PAPER}).",
        "Studies show that massage helps.[^1]\n\n[^1]: Ask us at the desk.",
    ],
)
def test_a_home_page_or_a_far_source_settles_nothing(text: str) -> None:
    assert kinds(text) == ["vague-research"]


def test_a_number_needs_its_source_in_its_own_sentence() -> None:
    number = "70 % of patients sleep better after therapy"
    assert kinds(f"{number}.[^1]\n\n[^1]: [A trial]({PAPER}).") == []
    assert kinds(f"{number} ([trial]({PAPER})).") == []
    assert kinds(f"{number}. We like [this paper]({PAPER}).") == ["statistic"]


def test_safe_needs_a_source_and_a_limit() -> None:
    assert kinds("Ketamine is safe for most adults.") == ["unqualified-safe"]
    assert kinds(f"Ketamine is [safe]({PAPER}).") == ["unqualified-safe"]
    assert kinds(f"Ketamine is [safe for most adults under care]({PAPER}).") == []


def test_no_source_carries_a_promise() -> None:
    assert kinds(f"Ketamine [cures]({PAPER}) depression.") == ["absolute"]


def test_a_page_of_html_is_judged_the_same() -> None:
    cited = f'<p>Massage relieves <a href="{PAPER}">back pain</a>.</p>'
    assert kinds(cited, "post.html") == []
    assert kinds(cited.replace(f'<a href="{PAPER}">back pain</a>', "back pain"), "post.html") == [
        "unsupported"
    ]
