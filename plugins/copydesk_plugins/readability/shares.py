"""Rules on how many of a post's sentences are long, passive, or tied to what came before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.api import Measure, Option, PostContext, Related, Report, Unit, rule
from copydesk_plugins.readability.examples import (
    EASY_POST,
    MANY_LONG_SENTENCES,
    PASSIVE_POST,
    TIED_POST,
    UNTIED_POST,
)
from copydesk_plugins.readability.hardest import openings
from copydesk_plugins.readability.once import prose_of
from copydesk_plugins.readability.passive import is_passive
from copydesk_plugins.readability.transitions import has_transition

#: The length from which Yoast calls an English sentence long.
LONG = 20
#: A share of fewer sentences jumps with each of them.
_FEWEST = 20
_FEWEST_TIED = 30
_NAMED = 3


@rule(
    "readability.long-sentences",
    summary="Many of the sentences are long.",
    why="One long sentence is a rest from short ones; many in a row are work.",
    good=EASY_POST,
    bad=MANY_LONG_SENTENCES,
    authority="Yoast: at most 25 % of the sentences with more than 20 words",
    severity="info",
    options=(
        Option(
            "max-share",
            "The most sentences in a hundred that may have more than 20 words.",
            25,
            minimum=0,
            maximum=100,
        ),
    ),
    languages=("en",),
)
def long_sentences(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report once where too large a share of the sentences has more than 20 words."""
    prose = prose_of(ctx)
    long = [unit for unit in prose.units if prose.words(unit) > LONG]
    yield Measure(f"sentences-over-{LONG}-words", len(long))
    limit = ctx.number("max-share")
    if _is_more(long, prose.units, limit):
        longest = sorted(long, key=lambda unit: (-prose.words(unit), unit.index))[:_NAMED]
        yield ctx.report(
            ctx.top,
            f"{_share(long, prose.units)} have more than {LONG} words, above the {limit:g} % set "
            "for this site; many long sentences in a row are work.",
            help=f"Split the longest first: {openings(longest)}.",
            related=tuple(Related(f"{prose.words(unit)} words", unit.span) for unit in longest),
        )


@rule(
    "readability.passive",
    summary="Many of the sentences are in the passive voice.",
    why="A passive hides who does what, and patients want to know who does it.",
    good=EASY_POST,
    bad=PASSIVE_POST,
    authority="CDC, Clear Communication Index (2013), and the US Federal Plain Language "
    "Guidelines (2011) ask for the active voice; the number is Yoast's: 10 %",
    severity="info",
    options=(
        Option(
            "max-share",
            "The most sentences in a hundred that may be passive.",
            10,
            minimum=0,
            maximum=100,
        ),
    ),
    languages=("en",),
)
def passive(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report once where too large a share of the sentences is passive."""
    units = prose_of(ctx).units
    found = [unit for unit in units if is_passive(unit.text, ctx.words(unit))]
    yield Measure("passive-sentences", len(found))
    limit = ctx.number("max-share")
    if _is_more(found, units, limit):
        yield ctx.report(
            ctx.top,
            f"{_share(found, units)} are in the passive voice, above the {limit:g} % set for "
            "this site, and a passive hides who does what.",
            help="Where it matters who does it, begin with them (“we will call you” for “you "
            f"will be called”). For example in: {openings(found[:_NAMED])}.",
            related=tuple(Related("passive", unit.span) for unit in found),
        )


@rule(
    "readability.transitions",
    summary="Hardly any sentence says how it follows from the one before.",
    why="“So”, “but” or “for example” tell readers what to make of the next sentence.",
    good=TIED_POST,
    bad=UNTIED_POST,
    authority="Copydesk: plain short sentences need few of these words, so only a post with next "
    "to none is named; Yoast asks for 30 %",
    severity="info",
    options=(
        Option(
            "min-share",
            "The fewest sentences in a hundred that should have a transition word.",
            3,
            minimum=0,
            maximum=100,
        ),
    ),
    languages=("en",),
)
def transitions(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report once where too small a share of the sentences has a transition word."""
    units = prose_of(ctx).units
    tied = [unit for unit in units if has_transition(ctx.words(unit))]
    yield Measure("transition-sentences", len(tied))
    limit = ctx.number("min-share")
    if len(units) >= _FEWEST_TIED and _percent(tied, units) < limit:
        yield ctx.report(
            ctx.top,
            f"{_share(tied, units)} have a word that ties them to what was said before, below "
            f"the {limit:g} % set for this site; without such words readers have to guess.",
            help="Say how a sentence follows where that is not plain: “so”, “but”, “because”, "
            "“for example”, “after that”.",
        )


def _is_more(found: Sequence[Unit], units: Sequence[Unit], limit: float) -> bool:
    return len(units) >= _FEWEST and _percent(found, units) > limit


def _percent(found: Sequence[Unit], units: Sequence[Unit]) -> int:
    """Return the share as it is shown: nobody understands that 10 % is above 10 %."""
    return round(100 * len(found) / len(units))


def _share(found: Sequence[Unit], units: Sequence[Unit]) -> str:
    """Return how many sentences are meant, out of how many."""
    return f"{len(found)} of {len(units)} sentences ({_percent(found, units)} %)"
