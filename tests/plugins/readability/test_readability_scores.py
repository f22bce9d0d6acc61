"""Our three scores are textstat's, given the same sentences; nothing divides by zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.context import Counted
from copydesk.testing import read
from copydesk_plugins.readability.prose import prose_units
from copydesk_plugins.readability.scores import (
    Counts,
    count,
    flesch_kincaid_grade,
    flesch_reading_ease,
    rating,
    shown_scores,
    smog,
)

# Words of the dictionary, no sentence of one or two words: textstat would leave those out.
TEXTS = {
    "easy": "The cat sat on the mat. We can see the sea from here. It is cold today.",
    "medium": "Your appointment begins at nine in the morning. Please bring a photograph of your "
    "insurance card and a list of medicines. We will answer every question you have.",
    "hard": "Psychological examination requires considerable preparation and patience. "
    "Independent organisations regularly investigate professional qualifications.",
    "lists": "- A phone or a tablet with a camera.\n- The address of your family doctor.\n",
    "long": " ".join(
        "Every visitor receives a careful explanation of the procedure. Then we talk about it."
        for _ in range(20)
    ),
}


def counted_of(text: str) -> tuple[Counts, str]:
    post = read(text)
    counted = Counted(post)
    units = prose_units(post)
    fed = " ".join(unit.text.rstrip(".!?") + "." for unit in units)
    return count(units, counted), fed


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_equal_to_textstat(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import nltk

    from copydesk.api import dictionary_path

    # textstat looks for the unpacked folder and would download; the reader finds the archive.
    monkeypatch.setattr(nltk.data, "path", [dictionary_path()])
    monkeypatch.setattr(nltk, "download", lambda *a, **k: False)
    from textstat import textstat

    counts, fed = counted_of(TEXTS[name])
    assert counts.words == textstat.lexicon_count(fed)
    assert counts.sentences == textstat.sentence_count(fed)
    # textstat rounds nothing by default, so the numbers agree to the last digits.
    assert flesch_reading_ease(counts) == pytest.approx(textstat.flesch_reading_ease(fed))
    assert flesch_kincaid_grade(counts) == pytest.approx(textstat.flesch_kincaid_grade(fed))
    assert smog(counts) == pytest.approx(textstat.smog_index(fed))


def test_known_values() -> None:
    counts = Counts(words=100, sentences=5, syllables=150, polysyllables=10)
    assert flesch_reading_ease(counts) == pytest.approx(206.835 - 1.015 * 20 - 84.6 * 1.5)
    assert flesch_kincaid_grade(counts) == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)
    assert smog(counts) == pytest.approx(1.043 * 60**0.5 + 3.1291)


@given(st.integers(0, 10**6), st.integers(0, 10**5), st.integers(0, 10**7), st.integers(0, 10**6))
def test_never_divides_by_zero(words: int, sentences: int, syllables: int, hard: int) -> None:
    counts = Counts(words, sentences, syllables, hard)
    for score in (flesch_reading_ease, flesch_kincaid_grade, smog):
        assert isinstance(score(counts), float)
    shown = shown_scores(counts)
    assert set(shown) == {"flesch_reading_ease", "flesch_kincaid_grade", "smog"}
    if not words or not sentences:
        assert set(shown.values()) == {None}


@given(st.text(max_size=400))
def test_counts_fit_together(text: str) -> None:
    post = read(text)
    counts = count(post.units, Counted(post))
    assert counts.polysyllables <= counts.words <= counts.syllables
    assert counts.sentences <= counts.words
    assert counts.syllables >= counts.words + 2 * counts.polysyllables


def test_nothing_to_count() -> None:
    counts, _ = counted_of("# Only a title\n\n***\n")
    assert counts == Counts()
    assert flesch_reading_ease(counts) == flesch_kincaid_grade(counts) == smog(counts) == 0.0


def test_ratings() -> None:
    assert [rating(score) for score in (95, 90, 85, 75, 65, 55, 50, 49.9, 30, 29.9, -20)] == [
        "very easy",
        "very easy",
        "easy",
        "fairly easy",
        "standard",
        "fairly difficult",
        "fairly difficult",
        "difficult",
        "difficult",
        "very difficult",
        "very difficult",
    ]
