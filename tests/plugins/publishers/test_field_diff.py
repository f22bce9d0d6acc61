"""How a plan shows two versions of a text: enough to know the place, and short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_plugins.publishers.cms.field_diff import rows, words

LONG = "".join(
    f"<p>Sentence {number} tells of the garden behind our house.</p>" for number in range(9)
)
CASES = {
    "a word put in": (
        "<p>Bring a coat. Put on your scarf or a hat, whichever you like best of all things.</p>",
        "<p>Bring a coat. Put on your warm scarf or a hat, whichever you like best of all.</p>",
        "…Put on your scarf or a hat, whichever you like best of…",
        "…Put on your warm scarf or a hat, whichever you like best…",
    ),
    "the first word": (
        "<p>Tea is warm.</p>",
        "<p>Coffee is warm.</p>",
        "Tea is warm.",
        "Coffee is warm.",
    ),
    "something added": (
        "<p>We make tea and bread.</p>",
        "<p>We make tea and bread.</p><p>Come in.</p>",
        "…make tea and bread.",
        "…make tea and bread. Come in.",
    ),
    "two more places": (
        LONG,
        LONG.replace("2 tells", "two tells").replace("5 tells", "five").replace("8 t", "eight t"),
        "…our house. Sentence 2 tells of the garden behind our…",
        "…our house. Sentence two tells of the… (and 2 more places)",
    ),
    "one more place": (
        "<p>One is here.</p><p>Two is here.</p><p>Three is here.</p>",
        "<p>One was here.</p><p>Two is here.</p>",
        "One is here. Two is here. Three is here.",
        "One was here. Two is here. (and 1 more place)",
    ),
    "nothing there": ("", "<p>We make tea.</p>", "", "We make tea."),
}


@pytest.mark.parametrize("name", CASES)
def test_the_first_place_stands_among_its_words(name: str) -> None:
    old, new, before, after = CASES[name]
    assert list(rows({"body": old}, {"body": new})) == [("body", before, after)]


TEXT = st.lists(
    st.sampled_from(
        ["Tea.", "Bread is here.", "We wait", "now", "x" * 70, "Psychotherapeutically."]
    ),
    max_size=12,
).map(lambda parts: "".join(f"<p>{part}</p>" for part in parts))


@given(TEXT, TEXT)
def test_what_is_shown_is_short_and_differs(old: str, new: str) -> None:
    found = list(rows({"body": old}, {"body": new}))
    assert bool(found) == (old != new)
    for _, before, after in found:
        assert max(len(before), len(after)) <= 60
        if words(old) != words(new):
            assert before != after
