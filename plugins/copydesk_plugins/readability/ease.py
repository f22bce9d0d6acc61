"""Rules on the scores of a whole post, and the numbers for the reports."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Measure, Option, Part, PostContext, Report, Span, rule
from copydesk_plugins.readability.audience import AUDIENCE, audience, limit
from copydesk_plugins.readability.examples import EASY_POST, HARD_POST
from copydesk_plugins.readability.glossary import without_terms
from copydesk_plugins.readability.hardest import advice, hardest, made_hard_by
from copydesk_plugins.readability.once import Prose, prose_of
from copydesk_plugins.readability.prose import Section
from copydesk_plugins.readability.scores import (
    Counts,
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
    "The lowest reading ease that is fine (100 is very easy); 0 leaves it to the audience.",
    0,
    minimum=0,
    maximum=100,
)
_NAMED = 3
#: A score this little below the minimum is a note: two long words more or less move it as far.
_CLOSE = 3
#: A section of fewer words gets no grade: one word of four syllables more would move it by a year.
_GRADED = 40


@rule(
    "readability.ease",
    summary="The whole post is hard to read, by its Flesch reading ease.",
    why="People read about their health when they are worried or tired; hard text loses them.",
    good=EASY_POST,
    bad=HARD_POST,
    authority="Flesch 1948: 60 to 70 is “standard”, below 50 “difficult”; CDC, Simply Put (2009), "
    "asks for plain text",
    severity="warning",
    options=(AUDIENCE, MINIMUM),
    languages=("en",),
)
def ease(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report a post whose reading ease is below the minimum; measure every post."""
    prose = prose_of(ctx)
    counts = prose.counts
    yield from _measures(counts)
    score = round(flesch_reading_ease(counts), 1)
    minimum = limit(ctx, "minimum", audience(ctx).ease)
    if counts.words < ENOUGH_WORDS or score >= minimum.value:
        return
    named = hardest(prose, prose.units, _NAMED)
    bare = without_terms(ctx, prose, prose.units, flesch_reading_ease)
    yield ctx.report(
        ctx.top,
        f"The Flesch reading ease is {score} ({rating(score)}), below the {minimum.value:g} "
        f"{minimum.asked}, so worried or tired readers may give up. {made_of(counts)}"
        f"{bare.said if bare else ''}",
        help=advice(named),
        related=made_hard_by(prose, named),
        # Words that a post on this subject cannot do without are nobody's fault.
        severity="info"
        if score >= minimum.value - _CLOSE or (bare and bare.score >= minimum.value)
        else None,
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
        AUDIENCE,
        Option(
            "maximum",
            "The highest Flesch-Kincaid grade that is fine; 0 leaves it to the audience.",
            0,
            minimum=0,
            maximum=30,
        ),
    ),
    languages=("en",),
)
def grade(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report a post whose Flesch-Kincaid grade is above the maximum; grade every section."""
    prose = prose_of(ctx)
    counts = prose.counts
    score = round(flesch_kincaid_grade(counts), 1)
    maximum = limit(ctx, "maximum", audience(ctx).grade)
    if counts.words:
        parts = tuple(_graded(prose, each) for each in prose.sections)
        yield Measure("flesch-kincaid-grade", score, parts, maximum.value)
    if counts.words < ENOUGH_WORDS or score <= maximum.value:
        return
    bare = without_terms(ctx, prose, prose.units, flesch_kincaid_grade)
    yield ctx.report(
        ctx.top,
        f"The Flesch-Kincaid grade is {score} (years of US schooling), above the "
        f"{maximum.value:g} {maximum.asked}; the sixth to the eighth reaches most patients. "
        f"{made_of(counts)}{bare.said if bare else ''}",
        help="Shorter sentences and shorter words both bring the grade down.",
    )


def _graded(prose: Prose, section: Section) -> Part:
    """Return the grade of one section; none where it is too short to tell."""
    counts = prose.count(section.units)
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


def _measures(counts: Counts) -> Iterator[Measure]:
    yield Measure("words", counts.words)
    yield Measure("sentences", counts.sentences)
    yield Measure("syllables", counts.syllables)
    yield Measure("polysyllables", counts.polysyllables)
    for name, value in shown_scores(counts).items():
        if value is not None:
            yield Measure(name.replace("_", "-"), value)
