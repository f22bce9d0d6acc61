"""The rule on single sections that are hard to read."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.readability.audience import AUDIENCE, audience, limit
from copydesk_plugins.readability.ease import ENOUGH_WORDS, MINIMUM, made_of
from copydesk_plugins.readability.examples import ONE_HARD_SECTION, TWO_EASY_SECTIONS
from copydesk_plugins.readability.glossary import without_terms
from copydesk_plugins.readability.hardest import advice, hardest, made_hard_by
from copydesk_plugins.readability.once import prose_of
from copydesk_plugins.readability.scores import flesch_kincaid_grade, flesch_reading_ease, rating

_NAMED = 2


@rule(
    "readability.section",
    summary="One section of the post is hard to read, by its Flesch reading ease.",
    why="An easy post can hide one hard section, and that is where readers leave.",
    good=TWO_EASY_SECTIONS,
    bad=ONE_HARD_SECTION,
    authority="Flesch 1948: 60 to 70 is “standard”, below 50 “difficult”, in samples of at least "
    "100 words",
    severity="info",
    options=(AUDIENCE, MINIMUM),
    languages=("en",),
)
def section(ctx: PostContext) -> Iterator[Report]:
    """Report each section of at least 100 words that is below the minimum and below the post."""
    minimum = limit(ctx, "minimum", audience(ctx).ease)
    prose = prose_of(ctx)
    if len(prose.sections) < 2:
        return  # with one section, the score of the whole post says it already
    # Where the whole post is reported, only what is harder than it says anything new.
    below = min(minimum.value, round(flesch_reading_ease(prose.counts), 1))
    for heading, units in prose.sections:
        counts = prose.count(units)
        score = round(flesch_reading_ease(counts), 1)
        if counts.words >= ENOUGH_WORDS and score < below:
            named = hardest(prose, units, _NAMED)
            bare = without_terms(ctx, prose, units, flesch_reading_ease)
            yield ctx.report(
                heading or ctx.post.blocks[units[0].block],
                f"This section has a Flesch reading ease of {score} ({rating(score)}), below "
                f"the {minimum.value:g} {minimum.asked}; readers leave where it gets hard. Its "
                f"grade is {flesch_kincaid_grade(counts):.1f}. {made_of(counts)}"
                f"{bare.said if bare else ''}",
                help=advice(named),
                related=made_hard_by(prose, named),
            )
