"""What `copydesk measure` knows about one post, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from copydesk.api import Post, PostContext, Unit
from copydesk_plugins.readability.passive import is_passive
from copydesk_plugins.readability.prose import prose_units, sections
from copydesk_plugins.readability.scores import Counted, Counts, count, shown_scores
from copydesk_plugins.readability.transitions import has_transition

_NO_SCORES: dict[str, float | None] = dict.fromkeys(shown_scores(Counts()))


def measure_post(path: str, post: Post) -> dict[str, Any]:
    """Return counts, scores, sections and sentences of a post, in the shape of the JSON output.

    `sentences` holds every unit of the post in order, also those that no score counts; each
    section lists under `sentences` the positions of those that are counted.
    """
    # The clock plays no part in counting; a context wants one.
    counted = PostContext(post, datetime.now(UTC)).counted
    english = not counted.foreign
    units = prose_units(post)
    counts = count(units, counted)
    sentences = [_sentence(unit, counted) for unit in post.units]
    told = [sentences[unit.index] for unit in units if counted.words(unit)]
    return {
        "path": path,
        "counts": {
            **_counts(counts),
            "passive_sentences": sum(each["passive"] for each in told),
            "transition_sentences": sum(each["transition"] for each in told),
            "words_not_counted": sum(len(each["words"]) for each in sentences) - counts.words,
        },
        # The formulas were fitted on English; for another language a number would be a guess.
        "scores": shown_scores(counts) if english else dict(_NO_SCORES),
        "sections": _sections(post, counted, english),
        "sentences": sentences,
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "words": counts.words,
        "sentences": counts.sentences,
        "syllables": counts.syllables,
        "polysyllables": counts.polysyllables,
    }


def _sentence(unit: Unit, counted: Counted) -> dict[str, Any]:
    words = counted.words(unit)
    return {
        "start": unit.span.start,
        "end": unit.span.end,
        "text": unit.text,
        "words": [
            {"text": word.text, "syllables": syllables}
            for word, syllables in zip(words, counted.syllables(unit), strict=True)
        ],
        "passive": is_passive(unit.text, words),
        "transition": has_transition(words),
    }


def _sections(post: Post, counted: Counted, english: bool) -> list[dict[str, Any]]:
    return [
        _section(heading.text.plain if heading else "", units, counted, english)
        for heading, units in sections(post)
    ]


def _section(
    heading: str, units: Sequence[Unit], counted: Counted, english: bool
) -> dict[str, Any]:
    counts = count(units, counted)
    return {
        "heading": " ".join(heading.split()),
        "start": units[0].span.start,
        "end": units[-1].span.end,
        "counts": _counts(counts),
        "scores": shown_scores(counts) if english else dict(_NO_SCORES),
        "sentences": [unit.index for unit in units if counted.words(unit)],
    }
