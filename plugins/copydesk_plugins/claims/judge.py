"""Judges every unit of a post once: at most one kind of claim for each."""

from __future__ import annotations

from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import PostContext, Unit
from copydesk_plugins.claims.absolute import absolute
from copydesk_plugins.claims.efficacy import efficacy, hedged
from copydesk_plugins.claims.reading import Reading, read_units, with_lead_in
from copydesk_plugins.claims.research import vague_research
from copydesk_plugins.claims.safety import limited, unqualified_safe
from copydesk_plugins.claims.statistic import statistic
from copydesk_plugins.claims.support import Support

Kind = Literal["absolute", "unqualified-safe", "statistic", "vague-research", "unsupported"]


class Claim(NamedTuple):
    """A unit that needs support: its kind and the words that show it.

    `hedged` says whether it is softened ("may"), `cited` whether a source stands in the unit.
    """

    unit: Unit
    kind: Kind
    words: str
    hedged: bool
    cited: bool


#: The five rules run one after the other on one context and share its claims.
_judged: WeakKeyDictionary[PostContext, list[Claim]] = WeakKeyDictionary()


def claims(ctx: PostContext, kind: Kind) -> list[Claim]:
    """Return the claims of one kind in a post, in order."""
    found = _judged.get(ctx)
    if found is None:
        found = _judged[ctx] = _judge(ctx)
    return [each for each in found if each.kind == kind]


def _judge(ctx: PostContext) -> list[Claim]:
    support = Support(ctx)
    readings = {reading.unit.index: reading for reading in read_units(ctx)}
    found: list[Claim] = []
    for reading in readings.values():
        joined = with_lead_in(ctx, reading, readings)
        claim = _claim(reading, joined, support)
        if claim is not None:
            found.append(claim)
    return found


def _claim(reading: Reading, joined: Reading, support: Support) -> Claim | None:
    """Return the gravest claim of a unit that its sources leave open.

    `joined` is the unit with the words that introduce its list, where there are some.
    """
    unit = reading.unit
    cited = support.in_unit(unit)
    if words := absolute(reading):
        return Claim(unit, "absolute", words, False, cited)
    if (words := unqualified_safe(reading)) and not (cited and limited(reading)):
        return Claim(unit, "unqualified-safe", words, hedged(reading), cited)
    if not cited and (words := statistic(reading)):
        return Claim(unit, "statistic", words, hedged(reading), cited)
    if support.around(unit):
        return None
    if words := vague_research(reading):
        return Claim(unit, "vague-research", words, hedged(reading), cited)
    if words := efficacy(joined):
        return Claim(unit, "unsupported", words, hedged(joined), cited)
    return None
