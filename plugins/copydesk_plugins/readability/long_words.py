"""The rule on the share of long words, the hard words of the SMOG formula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, rule
from copydesk_plugins.readability.audience import AUDIENCE, audience, limit
from copydesk_plugins.readability.ease import ENOUGH_WORDS
from copydesk_plugins.readability.examples import EASY_POST, HARD_POST
from copydesk_plugins.readability.once import Prose, prose_of
from copydesk_plugins.readability.scores import POLYSYLLABLE

_NAMED = 5


@rule(
    "readability.long-words",
    summary="Many of the words have three syllables or more.",
    why="Long words are read more slowly, and skipped by people who do not read with ease.",
    good=EASY_POST,
    bad=HARD_POST,
    authority="McLaughlin 1969 (SMOG) counts words of three or more syllables as hard; the share "
    "that is fine is Copydesk's own judgement",
    severity="info",
    options=(
        AUDIENCE,
        Option(
            "max-share",
            "The most words in a hundred that may have three or more syllables; 0 leaves it to "
            "the audience.",
            0,
            minimum=0,
            maximum=100,
        ),
    ),
    languages=("en",),
)
def long_words(ctx: PostContext) -> Iterator[Report]:
    """Report once where too large a share of the words has three or more syllables."""
    prose = prose_of(ctx)
    counts = prose.counts
    most = limit(ctx, "max-share", audience(ctx).long_words)
    if counts.words < ENOUGH_WORDS:
        return
    share = round(100 * counts.polysyllables / counts.words)
    if share <= most.value:
        return
    yield ctx.report(
        ctx.top,
        f"{counts.polysyllables} of {counts.words} words ({share} %) have three syllables or "
        f"more, above the {most.value:g} % {most.asked}; long words are read more slowly. Most "
        f"often: {', '.join(_commonest(ctx, prose))}.",
        help="Say it with short words where they mean the same (“use”, not “utilisation”), and "
        "keep the long ones that patients have to know.",
    )


def _commonest(ctx: PostContext, prose: Prose) -> Iterator[str]:
    """Yield the long words that stand most often, each with how often; no acronyms and numbers."""
    often = Counter(
        word.text.lower().replace("’", "'").removesuffix("'s")
        for unit in prose.units
        for word, syllables in zip(ctx.words(unit), ctx.counted.syllables(unit), strict=True)
        if syllables >= POLYSYLLABLE and word.text[1:].islower() and word.text[0].isalpha()
    )
    for word, times in often.most_common(_NAMED):
        yield f"“{word}” ({times})"
