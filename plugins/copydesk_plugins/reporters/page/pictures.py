"""Pictures of what was counted: places in per cent of the width, so that text keeps its size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from copydesk.api import FileResult, Measure
from copydesk_plugins.reporters.page.words import counted, share, tidy

#: A grade of fewer words jumps with each of them (Flesch took samples of 100 words).
_ENOUGH_WORDS = 100
_SECTIONS = 16
_LABEL = 34
#: As many leave room for “too short to grade” on the same line.
_LABEL_BESIDE_WORDS = 26
#: What other measures count in sentences.
_SHARES = {
    "passive-sentences": "Passive voice",
    "transition-sentences": "A word that ties them to the one before",
}
#: More bars than this would be thinner than a line.
_BARS = 160
_HEIGHT = 84


class Bar(NamedTuple):
    """A bar: where it begins and how long it is, in per cent; `tone` is what it means."""

    start: float
    size: float
    tone: str
    label: str = ""
    value: str = ""


class Table(NamedTuple):
    """The numbers of a picture for people who would rather read, or hear, than look."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Picture(NamedTuple):
    """A picture: what it says in a sentence, its bars, where the limit lies, and its table."""

    says: str
    bars: tuple[Bar, ...]
    line: float | None
    legend: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    table: Table


def grades(result: FileResult) -> Picture | None:
    """Return the reading grade of each section; None where there is none."""
    measure = result.series.get("flesch-kincaid-grade")
    if measure is None or isinstance(measure.value, str):
        return None
    known = [each.value for each in measure.parts if each.value is not None]
    top = max([12.0, *(value + 1 for value in known), (measure.limit or 0) + 2])
    limit = measure.limit
    bars = [
        Bar(
            0,
            max(0.8, 100 * each.value / top) if each.value is not None else 0,
            _tone(each.value, limit, each.of),
            _cut(
                each.label or "Before the first heading",
                _LABEL if each.value is not None else _LABEL_BESIDE_WORDS,
            ),
            "too short to grade" if each.value is None else f"{each.value:g}",
        )
        for each in measure.parts[:_SECTIONS]
    ]
    over = sum(limit is not None and value > limit for value in known)
    set_to = f", {share(over, len(known))} above grade {limit:g}" if limit is not None else ""
    says = (
        f"Reading grade of {counted(len(measure.parts), 'section')}: "
        f"{counted(len(known), 'section')} long enough to grade{set_to}."
    )
    rows = tuple(
        (
            tidy(each.label or "Before the first heading"),
            "too short to grade" if each.value is None else f"{each.value:g}",
            f"{each.of:,}",
        )
        for each in measure.parts
    )
    return Picture(
        says,
        tuple(bars),
        None if limit is None else 100 * limit / top,
        _grade_legend(bars, limit),
        _grade_notes(measure, result.measures),
        Table(("Section", "Grade", "Words counted"), rows),
    )


def _tone(value: float | None, limit: float | None, words: int) -> str:
    if value is None:
        return "none"
    rough = "-rough" if words < _ENOUGH_WORDS else ""
    return ("over" if limit is not None and value > limit else "within") + rough


def _grade_legend(bars: Sequence[Bar], limit: float | None) -> tuple[tuple[str, str], ...]:
    tones = {bar.tone for bar in bars}
    target = f"the {limit:g} set for this post" if limit is not None else "the limit"
    legend = [
        ("within", f"up to {target}"),
        ("over", f"above {target}"),
        ("within-rough", f"rough: fewer than {_ENOUGH_WORDS} words"),
        ("over-rough", f"above it, rough: fewer than {_ENOUGH_WORDS} words"),
    ]
    return tuple((tone, text) for tone, text in legend if tone in tones)


def _grade_notes(measure: Measure, measures: Mapping[str, float | int | str]) -> tuple[str, ...]:
    words, sentences = measures.get("words"), measures.get("sentences")
    made_of = ""
    if isinstance(words, int) and isinstance(sentences, int):
        made_of = f", counted in {counted(words, 'word')} and {counted(sentences, 'sentence')}"
    target = f"; at most {measure.limit:g} is set" if measure.limit is not None else ""
    more = len(measure.parts) - _SECTIONS
    left = (f"{counted(more, 'more section')} in the table.",) if more > 0 else ()
    return (f"Whole post: grade {measure.value:g}{made_of}{target}. The grade is years of US "
            "schooling (Flesch-Kincaid).", *left)  # fmt: skip


def lengths(result: FileResult) -> Picture | None:
    """Return the words of each sentence in order; None where none was counted."""
    measure = result.series.get("sentences")
    if measure is None:
        return None
    words = [int(each.value) for each in measure.parts if each.value is not None]
    if not words:
        return None
    limit = measure.limit
    step = -(-len(words) // _BARS)
    shown = [max(words[at : at + step]) for at in range(0, len(words), step)]
    top = max(40.0, 1.3 * (limit or 0), min(max(words), 2.5 * (limit or max(words))))
    width = 100 / max(len(shown), 24)
    bars = tuple(
        Bar(at * width, min(100, 100 * each / top), _long(each, limit), value=str(each))
        for at, each in enumerate(shown)
    )
    long = sum(limit is not None and each > limit for each in words)
    above = f"; {share(long, len(words))} have more than {limit:g}" if limit is not None else ""
    says = (
        f"Words in each of {counted(len(words), 'sentence')}, in order: shortest {min(words)}, "
        f"half have up to {median(words):g}, longest {max(words)}{above}."
    )
    more = _shares(result.measures, len(words))
    notes: tuple[str, ...] = ()
    if step > 1:
        notes = (f"Each bar is the longest of {step} sentences in a row.",)
    told = "; ".join(f"{name[0].lower()}{name[1:]}: {number}" for name, number in more)
    notes += (f"Sentences with {told}.",) if told else ()
    legend = [("within", "a sentence")]
    if limit is not None:
        legend = [("within", f"up to {limit:g} words"), ("over", f"more than {limit:g} words")]
    return Picture(
        says,
        bars,
        None if limit is None else 100 * limit / top,
        tuple(legend[: 2 if long else 1]),
        notes,
        _length_table(words, limit, more),
    )


def _long(words: int, limit: float | None) -> str:
    return "over" if limit is not None and words > limit else "within"


def _shares(
    measures: Mapping[str, float | int | str], sentences: int
) -> tuple[tuple[str, str], ...]:
    """Return what else is counted in sentences, each with how many of them it is."""
    return tuple(
        (name, share(number, sentences))
        for measure, name in _SHARES.items()
        if isinstance(number := measures.get(measure), int)
    )


def _length_table(
    words: Sequence[int], limit: float | None, more: Sequence[tuple[str, str]]
) -> Table:
    """Return how many sentences are how long, in steps of ten words."""
    rows = []
    for low in (1, 11, 21, 31, 41):
        high = low + 9 if low < 41 else 1 << 60
        number = sum(low <= each <= high for each in words)
        rows.append((f"{low} to {high} words" if low < 41 else "41 words and more",
                     share(number, len(words))))  # fmt: skip
    if limit is not None:
        long = sum(each > limit for each in words)
        rows.append((f"More than the {limit:g} set", share(long, len(words))))
    return Table(("Length", "Sentences"), (*rows, *more))


_CLAIMS = (
    ("claims-with-source", "cited", "with a source beside them"),
    ("claims-in-register", "register", "approved in the register"),
    ("claims-with-weak-source", "weak", "with a weak source"),
    ("claims-without-source", "open", "without a source"),
)


def claims(measures: Mapping[str, float | int | str]) -> Picture | None:
    """Return how many claims have a source; None where none were looked for or found."""
    total = measures.get("claims")
    if not isinstance(total, int) or total <= 0:
        return None
    bars, rows, legend, at = [], [], [], 0.0
    for name, tone, text in _CLAIMS:
        number = int(measures.get(name, 0))
        rows.append((text[0].upper() + text[1:], share(number, total)))
        if number:
            size = 100 * number / total
            bars.append(Bar(at, size, tone, text, f"{number:,}"))
            legend.append((tone, f"{share(number, total)} {text}"))
            at += size
    told = ", ".join(f"{bar.value} {bar.label}" for bar in bars)
    says = f"{counted(total, 'statement')} about health: {told}."
    return Picture(
        says,
        tuple(bars),
        None,
        tuple(legend),
        (),
        Table(("Statements about health", "Number"), tuple(rows)),
    )


def _cut(label: str, most: int) -> str:
    label = tidy(label)
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"
