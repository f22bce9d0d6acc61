"""Finds comparisons whose evidence nobody has marked as head-to-head."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.claims.guards.engine import (
    cited,
    claim_at,
    claims_of,
    head_to_head,
    is_health,
    labels,
)
from copydesk_plugins.claims.guards.reading import Reading, readings_with
from copydesk_plugins.claims.options import SHARED

_PERSONS = frozenset({"i", "you", "we", "they", "he", "she", "it"})


@rule(
    "claims.comparative",
    summary="“Unlike”, “faster than”, “the gold standard”: a comparison with no evidence that "
    "compares",
    why="To be better than something takes a study that set the two side by side.",
    good="Some people choose acupuncture, others choose massage.",
    bad="Acupuncture relieves migraine faster than tablets.",
    authority="22 TAC 681.49(b)(3); FTC Health Products Compliance Guidance, December 2022",
    languages=("en", "unknown"),
    options=SHARED,
)
def comparative(ctx: PostContext) -> Iterator[Report]:
    """Report comparisons that no head-to-head evidence of the register carries."""
    readings = readings_with(ctx, "compares")
    if not readings or not is_health(ctx):
        return
    claims = {each.unit.index for each in claims_of(ctx)}
    for reading in readings:
        words = _compared(reading)
        if not words or not (reading.unit.index in claims or _is_of_care(ctx, reading)):
            continue
        claim = claim_at(ctx, reading.unit)
        if claim is not None and head_to_head(ctx, claim):
            continue
        if cited(ctx, reading.unit):
            message = (
                f"Compares (“{words}”); a source stands beside it, and nobody has recorded that "
                "it sets the two side by side."
            )
        else:
            message = (
                f"Compares (“{words}”) without evidence that sets the two side by side, so it "
                "reads as opinion."
            )
        yield ctx.report(
            reading.unit,
            message,
            help="Say what each does by itself, or add the claim to the register with a study "
            "marked head-to-head.",
        )


def _compared(reading: Reading) -> str:
    """Return the words that compare, or nothing."""
    others = reading.all("compares-not")
    for hit in reading.all("compares"):
        if reading.key(hit.end - 1) == "than" and reading.key(hit.end) in _PERSONS:
            continue  # "you will see it faster than we can" compares people
        if not any(each.start <= hit.start < each.end for each in others):
            return reading.said(*hit)
    return ""


def _is_of_care(ctx: PostContext, reading: Reading) -> bool:
    """Say whether a treatment is compared for a condition."""
    known = labels(ctx)
    return bool(known.nouns(reading.keys, "treatment") and known.conditions(reading.keys))
