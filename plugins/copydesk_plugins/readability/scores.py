"""Three readability scores from one count of words, sentences and syllables.

The formulas are the published ones, and equal to what textstat 0.7 computes from the same
counts. textstat rounds nothing unless it is told to; Copydesk rounds to one decimal only when
a score is shown, because the formulas promise no more than that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from copydesk.api import Unit, Word

#: The SMOG formula was fitted on samples of 30 sentences (McLaughlin 1969).
SMOG_SENTENCES = 30

#: Words of so many syllables are hard ones to SMOG.
POLYSYLLABLE = 3

#: Lower bounds of reading ease and what Flesch called them (The Art of Readable Writing, 1949).
_RATINGS = (
    (90.0, "very easy"),
    (80.0, "easy"),
    (70.0, "fairly easy"),
    (60.0, "standard"),
    (50.0, "fairly difficult"),
    (30.0, "difficult"),
)


class Counted(Protocol):
    """Words and syllables of units, counted once for everybody."""

    def words(self, unit: Unit) -> list[Word]:
        """Return the words of a unit."""

    def syllables(self, unit: Unit) -> list[int]:
        """Return the syllables of each word of a unit."""


class Counts(NamedTuple):
    """What the scores are made of; `polysyllables` are words of three or more syllables."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    polysyllables: int = 0


def count(units: Iterable[Unit], counted: Counted) -> Counts:
    """Add up the words and syllables of units, each of which is one sentence.

    A unit without any word, such as a row of stars, is no sentence.
    """
    words = sentences = syllables = polysyllables = 0
    for unit in units:
        per_word = counted.syllables(unit)
        if not per_word:
            continue
        sentences += 1
        words += len(per_word)
        syllables += sum(per_word)
        polysyllables += len([each for each in per_word if each >= POLYSYLLABLE])
    return Counts(words, sentences, syllables, polysyllables)


def flesch_reading_ease(counts: Counts) -> float:
    """Return the Flesch reading ease: 100 is very easy, 0 very hard; 0.0 without any word.

    206.835 - 1.015 * words per sentence - 84.6 * syllables per word, from R. Flesch, "A new
    readability yardstick", Journal of Applied Psychology 32(3), 1948. It may leave 0 to 100.
    """
    if not counts.words or not counts.sentences:
        return 0.0
    return (
        206.835
        - 1.015 * (counts.words / counts.sentences)
        - 84.6 * (counts.syllables / counts.words)
    )


def flesch_kincaid_grade(counts: Counts) -> float:
    """Return the Flesch-Kincaid grade, a US school grade; 0.0 without any word.

    0.39 * words per sentence + 11.8 * syllables per word - 15.59, from J. P. Kincaid et al.,
    Research Branch Report 8-75, Naval Technical Training Command, 1975.
    """
    if not counts.words or not counts.sentences:
        return 0.0
    return (
        0.39 * (counts.words / counts.sentences) + 11.8 * (counts.syllables / counts.words) - 15.59
    )


def smog(counts: Counts) -> float:
    """Return the SMOG grade, a US school grade; 0.0 without any sentence.

    1.043 * sqrt(30 * polysyllables per sentence) + 3.1291, from G. H. McLaughlin, "SMOG
    grading: a new readability formula", Journal of Reading 12(8), 1969. The formula wants 30
    sentences. Shorter texts are scaled up to 30, as textstat does, and are a rough guide only:
    `SMOG_SENTENCES` says when to tell so.
    """
    if not counts.sentences:
        return 0.0
    return float(1.043 * (30 * (counts.polysyllables / counts.sentences)) ** 0.5 + 3.1291)


def shown_scores(counts: Counts) -> dict[str, float | None]:
    """Return the three scores rounded to one decimal, or None each where there is no word."""
    if not counts.words or not counts.sentences:
        return {"flesch_reading_ease": None, "flesch_kincaid_grade": None, "smog": None}
    return {
        "flesch_reading_ease": round(flesch_reading_ease(counts), 1),
        "flesch_kincaid_grade": round(flesch_kincaid_grade(counts), 1),
        "smog": round(smog(counts), 1),
    }


def rating(ease: float) -> str:
    """Return Flesch's word for a reading ease, such as "fairly easy"."""
    return next((name for limit, name in _RATINGS if ease >= limit), "very difficult")
