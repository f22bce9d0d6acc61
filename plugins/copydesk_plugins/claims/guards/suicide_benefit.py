"""Finds treatments said to help against suicide or self-harm without a source and a clinician."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Hit, PostContext, Report, rule
from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.guards.engine import (
    cited,
    claim_at,
    labels,
    settled_by_clinician,
)
from copydesk_plugins.claims.guards.reading import Reading, readings_of, readings_with
from copydesk_plugins.claims.options import SHARED

#: How many words may lie between the verb and the word for suicide.
_REACH = 14
#: A word of help so near before a crisis line, or behind it, speaks of the line.
_TO_CARE = 3
#: Behind these words help is what people are told to look for.
_CALLS = frozenset({"for", "get", "find", "seek", "ask", "of"})
#: The treatment may stand so many units before, where a pronoun takes it up.
_POINTERS = frozenset({"it", "this", "that", "these", "they", "both"})


@rule(
    "claims.suicide-benefit",
    summary="A treatment said to help against suicidal thoughts, without a source and a "
    "clinician's approval",
    why="No label says that such a medicine prevents suicide, and somebody in danger may wait "
    "for it instead of calling for help.",
    good="If you have suicidal thoughts, call or text 988 first; ketamine can wait.",
    bad="Ketamine eases suicidal thoughts within hours.\n\nIn danger? Call or text 988.",
    authority="FDA label of Spravato (accessdata.fda.gov, NDA 211243): not shown to prevent "
    "suicide or to reduce suicidal ideation or behaviour",
    severity="error",
    languages=("en", "unknown"),
    approvers=2,
    options=SHARED,
)
def suicide_benefit(ctx: PostContext) -> Iterator[Report]:
    """Report units that say a treatment helps against suicide or self-harm."""
    readings = readings_of(ctx)
    if not readings_with(ctx, "suicide"):
        return
    for at, reading in enumerate(readings):
        hit = _helped(reading)
        if hit is None or not _treated(ctx, readings[max(0, at - 2) : at + 1]):
            continue
        missing = _missing(ctx, reading, claim_at(ctx, reading.unit))
        if missing:
            yield ctx.report(
                reading.unit,
                f"Says that a treatment helps against “{reading.said(*hit)}” without {missing}; "
                "somebody in danger may act on it.",
                help="Take it out, or link the study or label here and have a clinician approve "
                "the sentence: `copydesk claims add`, then `copydesk claims approve`.",
            )


def _missing(ctx: PostContext, reading: Reading, claim: Claim | None) -> str:
    """Return what a claim of this kind still lacks, in words, or nothing."""
    if claim is not None and settled_by_clinician(ctx, claim):
        return ""  # no entry is approved without evidence
    lacking = [] if cited(ctx, reading.unit) else ["a source"]
    return " and ".join([*lacking, "a clinician's approval in the register"])


def _helped(reading: Reading) -> Hit | None:
    """Return the words for suicide that a verb of help reaches, or None."""
    if reading.unit.text.rstrip().endswith("?"):
        return None
    for hit in reading.all("suicide"):
        for verb in reading.all("helps-suicide"):
            if not _joined(reading, verb, hit):
                continue
            if not reading.denied(verb.start) and not reading.denied(hit.start):
                return hit
    return None


def _joined(reading: Reading, verb: Hit, hit: Hit) -> bool:
    """Say whether a word of help stands near the word for suicide, in one clause with it."""
    if reading.key(verb.start) == "help" and reading.key(verb.start - 1) in _CALLS:
        return False  # "call 988 for help"
    if any(verb.start >= care.start - _TO_CARE for care in reading.all("suicide-care")):
        return False  # "it helps to call 988", "a crisis line helps"
    start, end = sorted((verb.start, hit.start))
    return end - start <= _REACH and reading.one_clause(start, end)


def _treated(ctx: PostContext, near: list[Reading]) -> bool:
    """Say whether the last of some units names a treatment, or points back to one."""
    known, last = labels(ctx), near[-1]
    if known.nouns(last.keys, "treatment"):
        return True
    pointing = not _POINTERS.isdisjoint(last.keys[:3])
    return pointing and any(known.nouns(each.keys, "treatment") for each in near[:-1])
