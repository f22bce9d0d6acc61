"""Judges every unit of a post once: at most one kind of claim for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, cast
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


#: A unit without any of these holds no claim that is known here: most units are done then.
_TRIGGERS = frozenset(
    {
        "always",
        "association",
        "cure",
        "effect",
        "effect-base",
        "effect-ing",
        "factor",
        "guarantee",
        "miracle",
        "no-harm",
        "no-risk",
        "non-addictive",
        "permanent",
        "praise",
        "research",
        "safe",
        "safe-verdict",
        "share",
        "total",
    }
)
_NUMBERS = frozenset({"in", "out", "percent", "per", "hundred"})
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
    readings = read_units(ctx)
    last = {reading.unit.block: reading for reading in readings}
    found: list[Claim] = []
    for reading in readings:
        if not _may_claim(reading):
            continue
        claim = _grave(reading, support) or _open(ctx, reading, last, support)
        if claim is not None:
            found.append(claim)
    return found


def _may_claim(reading: Reading) -> bool:
    if not _TRIGGERS.isdisjoint(reading.hits) or reading.question or "%" in reading.text:
        return True
    # The verb of a list item may stand in the words that introduce the list.
    inherits = reading.unit.kind == "list-item" and reading.has("outcome")
    return inherits or not _NUMBERS.isdisjoint(reading.keys)


def _grave(reading: Reading, support: Support) -> Claim | None:
    """Return a claim that needs a source in its own sentence, or that no source can carry."""
    unit = reading.unit
    if words := absolute(reading):
        return Claim(unit, "absolute", words, False, support.in_unit(unit))
    if words := unqualified_safe(reading):
        cited = support.in_unit(unit)
        if not (cited and limited(reading)):
            return Claim(unit, "unqualified-safe", words, hedged(reading), cited)
    if (words := statistic(reading)) and not support.in_unit(unit):
        return Claim(unit, "statistic", words, hedged(reading), False)
    return None


def _open(
    ctx: PostContext, reading: Reading, last: Mapping[int, Reading], support: Support
) -> Claim | None:
    """Return a claim that a source in its paragraph or list may carry, where there is none."""
    unit, kind = reading.unit, "vague-research"
    words = vague_research(reading)
    if not words:
        reading, kind = with_lead_in(ctx, reading, last), "unsupported"
        words = efficacy(reading)
    if not words or support.around(unit):
        return None
    return Claim(unit, cast(Kind, kind), words, hedged(reading), False)
