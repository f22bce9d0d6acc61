"""The text output of `copydesk measure`: one small table for each file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from copydesk_plugins.readability.panel import METRICS
from copydesk_plugins.readability.prose import COUNTED
from copydesk_plugins.readability.scores import SMOG_SENTENCES, rating

_COLUMNS = ("words", "sentences", "syllables", "3+ syllables", "ease", "grade", "SMOG")
_NAME = 34

#: Printed once, after the last file.
LEGEND = (
    COUNTED,
    "ease: Flesch reading ease, from words per sentence and syllables per word; 100 is very "
    "easy, below 50 is difficult.",
    "grade: Flesch-Kincaid, from the same two; SMOG: from words of three or more syllables per "
    "sentence. Both are years of US schooling.",
)


def text_lines(file: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines for one measured post."""
    yield file["path"]
    counts, scores = file["counts"], file["scores"]
    if not counts["words"]:
        yield "  No sentence of prose to count."
        yield ""
        return
    yield _row("", _COLUMNS)
    yield _row("whole post", _cells(counts, scores))
    if len(file["sections"]) > 1:
        for section in file["sections"]:
            name = section["heading"] or "(before the first heading)"
            yield _row(_short(name), _cells(section["counts"], section["scores"]))
    yield from _remarks(counts, scores)
    yield from _panel_lines(file.get("panel") or {})
    yield ""


def _row(name: str, cells: tuple[str, ...]) -> str:
    padded = (cell.rjust(len(title) + 2) for cell, title in zip(cells, _COLUMNS, strict=True))
    return f"  {name:<{_NAME}}{''.join(padded)}".rstrip()


def _cells(counts: Mapping[str, int], scores: Mapping[str, float | None]) -> tuple[str, ...]:
    numbers = (counts["words"], counts["sentences"], counts["syllables"], counts["polysyllables"])
    return (
        *(str(number) for number in numbers),
        *("-" if score is None else f"{score:.1f}" for score in scores.values()),
    )


def _remarks(counts: Mapping[str, int], scores: Mapping[str, float | None]) -> Iterator[str]:
    ease, sentences = scores["flesch_reading_ease"], counts["sentences"]
    if ease is None:
        yield "  Not in English: the formulas do not fit, so there are no scores."
    else:
        yield f"  Reading ease {ease:.1f} is “{rating(ease)}” in Flesch's words."
        if sentences < SMOG_SENTENCES:
            yield (
                f"  SMOG was made for {SMOG_SENTENCES} sentences; scaled up from {sentences}, "
                "it is a rough guide."
            )
    yield (
        f"  Passive: {counts['passive_sentences']} of {sentences} sentences. Transition words: "
        f"{counts['transition_sentences']} of {sentences} sentences."
    )
    yield (
        f"  Words not counted (titles, headings, tables and so on): {counts['words_not_counted']}."
    )


def _panel_lines(panel: Mapping[str, Any]) -> Iterator[str]:
    if not panel:
        return
    yield "  Further metrics:"
    for name, title in METRICS:
        value = panel["metrics"][name]
        yield f"    {'-' if value is None else f'{value:.1f}':>7}  {title}"
    yield from wrapped(panel["note"], "  ")


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return a text in lines of at most 100 characters."""
    return textwrap.wrap(text, 100, initial_indent=indent, subsequent_indent=indent)


def _short(name: str) -> str:
    return name if len(name) < _NAME else name[: _NAME - 2].rstrip() + "…"
