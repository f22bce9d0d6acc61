"""The sentences that make a text hard: those to mend first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copydesk.api import Related, Unit
from copydesk_plugins.readability.once import Prose
from copydesk_plugins.readability.scores import Counts, flesch_reading_ease

#: A sentence shorter than this is not named as hard: one long term makes up its whole score.
_SHORT = 10
_OPENING = 6
#: Sentences of so few words on average are short; then it is the words that make a text hard.
_SHORT_ON_AVERAGE = 15


def hardest(prose: Prose, units: Sequence[Unit], most: int) -> list[Unit]:
    """Return the sentences with the lowest reading ease, hardest first."""
    long = [unit for unit in units if prose.words(unit) >= _SHORT]
    return sorted(long, key=lambda unit: flesch_reading_ease(prose.count([unit])))[:most]


def made_hard_by(prose: Prose, sentences: Sequence[Unit]) -> tuple[Related, ...]:
    """Return sentences with what makes them hard, as places that belong to a finding."""
    made = [(unit, prose.count([unit])) for unit in sentences]
    return tuple(
        Related(
            f"{counts.words} words, {counts.syllables / counts.words:.1f} syllables per word",
            unit.span,
        )
        for unit, counts in made
    )


def advice(counts: Counts, sentences: Sequence[Unit]) -> str:
    """Say what to do about the hardest sentences, named by their first words."""
    if not sentences:
        return "Shorter words make it easier."
    if counts.words <= _SHORT_ON_AVERAGE * counts.sentences:
        return (
            "Its sentences are short on average, so it is the long words that make it hard. Say "
            f"it with shorter ones where you can, in these first: {openings(sentences)}."
        )
    return f"Split or shorten long sentences, these first: {openings(sentences)}."


def openings(sentences: Iterable[Unit]) -> str:
    """Name sentences by their first words, enough to find them by."""
    return ", ".join(f"“{opening(each)}”" for each in sentences)


def opening(sentence: Unit) -> str:
    """Return the first words of a sentence."""
    said = sentence.text.split(maxsplit=_OPENING)
    return " ".join(said[:_OPENING]) + ("…" if len(said) > _OPENING else "")
