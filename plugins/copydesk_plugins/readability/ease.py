"""Rules on the scores of a whole post, and the numbers for the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.api import Measure, Option, Part, PostContext, Related, Report, Span, Unit, rule
from copydesk_plugins.readability.examples import EASY_POST, HARD_POST
from copydesk_plugins.readability.prose import Section, prose_units, sections
from copydesk_plugins.readability.scores import (
    Counted,
    Counts,
    count,
    flesch_kincaid_grade,
    flesch_reading_ease,
    rating,
    shown_scores,
)

#: Flesch took samples of 100 words; a score of less text jumps with every word (Flesch 1948).
ENOUGH_WORDS = 100
#: What both rules on reading ease take.
MINIMUM = Option(
    "minimum",
    "The lowest reading ease that is fine (100 is very easy).",
    50,
    minimum=0,
    maximum=100,
)
#: A section of fewer words gets no grade: one word of four syllables more would move it by a year.
_GRADED = 40
#: A sentence shorter than this is not named as hard: one long term makes up its whole score.
_SHORT = 10


@rule(
    "readability.ease",
    summary="The whole post is hard to read, by its Flesch reading ease.",
    why="People read about their health when they are worried or tired; hard text loses them.",
    good=EASY_POST,
    bad=HARD_POST,
    authority="Flesch 1948: below 50 is “difficult”; CDC, Simply Put (2009), asks for plain text",
    severity="warning",
    options=(MINIMUM,),
    languages=("en",),
)
def ease(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report a post whose reading ease is below the minimum; measure every post."""
    units = prose_units(ctx.post)
    counts = count(units, ctx.counted)
    yield from _measures(counts)
    score, minimum = round(flesch_reading_ease(counts), 1), ctx.number("minimum")
    if counts.words < ENOUGH_WORDS or score >= minimum:
        return
    hardest = tuple(_hardest(units, ctx.counted, 3))
    named = ", ".join(f"“{_opening(ctx, each)}”" for each in hardest)
    yield ctx.report(
        ctx.top,
        f"The Flesch reading ease is {score} ({rating(score)}), below the {minimum:g} set for "
        f"this site, so worried or tired readers may give up. {made_of(counts)}",
        help=f"Split or shorten long sentences, these first: {named}."
        if named
        else "Shorter words make it easier.",
        related=hardest,
    )


@rule(
    "readability.grade",
    summary="The whole post needs more years of school than it should.",
    why="Health text at or below the eighth US school grade reaches most adults.",
    good=EASY_POST,
    bad=HARD_POST,
    authority="Kincaid et al. 1975; the NIH and the American Medical Association ask for the "
    "sixth to the eighth grade in patient material",
    severity="info",
    options=(
        Option(
            "maximum", "The highest Flesch-Kincaid grade that is fine.", 10, minimum=0, maximum=30
        ),
    ),
    languages=("en",),
)
def grade(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report a post whose Flesch-Kincaid grade is above the maximum; grade every section."""
    counts = count(prose_units(ctx.post), ctx.counted)
    score, maximum = round(flesch_kincaid_grade(counts), 1), ctx.number("maximum")
    if counts.words:
        parts = tuple(_graded(ctx, each) for each in sections(ctx.post))
        yield Measure("flesch-kincaid-grade", score, parts, maximum)
    if counts.words < ENOUGH_WORDS or score <= maximum:
        return
    yield ctx.report(
        ctx.top,
        f"The Flesch-Kincaid grade is {score} (years of US schooling), above the {maximum:g} set "
        f"for this site; the sixth to the eighth reaches most patients. {made_of(counts)}",
        help="Shorter sentences and shorter words both bring the grade down.",
    )


def _graded(ctx: PostContext, section: Section) -> Part:
    """Return the grade of one section; none where it is too short to tell."""
    counts = count(section.units, ctx.counted)
    label = " ".join(section.heading.text.plain.split()) if section.heading else ""
    score = round(flesch_kincaid_grade(counts), 1) if counts.words >= _GRADED else None
    place = Span(section.units[0].span.start, section.units[-1].span.end)
    return Part(label, score, place, counts.words)


def made_of(counts: Counts) -> str:
    """Say what a score counts: words per sentence and syllables per word."""
    sentences = "sentence" if counts.sentences == 1 else "sentences"
    return (
        f"It counts {counts.words / counts.sentences:.1f} words per sentence ({counts.words} "
        f"words in {counts.sentences} {sentences}) and "
        f"{counts.syllables / counts.words:.2f} syllables per word."
    )


def _opening(ctx: PostContext, sentence: Related, words: int = 6) -> str:
    """Return the first words of a sentence, enough to find it by."""
    said = ctx.post.source.text[sentence.span.start : sentence.span.end].split()
    return " ".join(said[:words]) + ("…" if len(said) > words else "")


def _measures(counts: Counts) -> Iterator[Measure]:
    yield Measure("words", counts.words)
    yield Measure("sentences", counts.sentences)
    yield Measure("syllables", counts.syllables)
    yield Measure("polysyllables", counts.polysyllables)
    for name, value in shown_scores(counts).items():
        if value is not None:
            yield Measure(name.replace("_", "-"), value)


def _hardest(units: Sequence[Unit], counted: Counted, limit: int) -> Iterator[Related]:
    """Yield the sentences with the lowest reading ease, hardest first."""
    scored = []
    for unit in units:
        counts = count([unit], counted)
        if counts.words >= _SHORT:
            scored.append((flesch_reading_ease(counts), unit.index, unit, counts))
    for _, _, unit, counts in sorted(scored, key=lambda each: each[:2])[:limit]:
        yield Related(
            f"{counts.words} words, {counts.syllables / counts.words:.1f} syllables per word",
            unit.span,
        )
