"""The rule on single sections that are hard to read."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.readability.ease import ENOUGH_WORDS, MINIMUM, made_of
from copydesk_plugins.readability.examples import ONE_HARD_SECTION, TWO_EASY_SECTIONS
from copydesk_plugins.readability.prose import sections
from copydesk_plugins.readability.scores import count, flesch_reading_ease, rating


@rule(
    "readability.section",
    summary="One section of the post is hard to read, by its Flesch reading ease.",
    why="An easy post can hide one hard section, and that is where readers leave.",
    good=TWO_EASY_SECTIONS,
    bad=ONE_HARD_SECTION,
    authority="Flesch 1948: below 50 is “difficult”, in samples of at least 100 words",
    severity="info",
    options=(MINIMUM,),
    languages=("en",),
)
def section(ctx: PostContext) -> Iterator[Report]:
    """Report each section of at least 100 words whose reading ease is below the minimum."""
    minimum = ctx.number("minimum")
    parts = sections(ctx.post)
    if len(parts) < 2:
        return  # with one section, the score of the whole post says it already
    for heading, units in parts:
        counts = count(units, ctx.counted)
        score = round(flesch_reading_ease(counts), 1)
        if counts.words >= ENOUGH_WORDS and score < minimum:
            yield ctx.report(
                heading or ctx.post.blocks[units[0].block],
                f"This section has a Flesch reading ease of {score} ({rating(score)}), below "
                f"the {minimum:g} set for this site; readers leave where it gets hard. "
                f"{made_of(counts)}",
                help="Split its longest sentences, and say long terms in plain words once.",
            )
