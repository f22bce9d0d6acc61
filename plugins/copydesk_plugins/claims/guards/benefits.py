"""The good that a post says treatments do: the engine's claims of benefit, with their nouns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import PostContext, Unit
from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.guards.engine import claims_of, labels
from copydesk_plugins.claims.guards.labels import Noun
from copydesk_plugins.claims.guards.reading import Reading, readings_of

#: Types of claims that speak for a treatment; harms, numbers of the ill and approvals do not.
_GOOD = frozenset({"efficacy", "speed", "duration", "mechanism", "absolute", "implied"})
_NOT_GOOD = frozenset({"safety", "regulatory", "association"})
_HARM = frozenset({"worsen", "cause"})


class Benefit(NamedTuple):
    """A claim that a treatment does good, with the treatments and conditions it speaks of."""

    claim: Claim
    reading: Reading
    treatments: list[Noun]
    conditions: list[Noun]

    @property
    def unit(self) -> Unit:
        """The unit that says so."""
        return self.claim.unit


_found: WeakKeyDictionary[PostContext, dict[tuple[str, ...], list[Benefit]]]
_found = WeakKeyDictionary()


def benefits_of(ctx: PostContext) -> list[Benefit]:
    """Return the benefits that a post claims, in order, worked out once for all guards."""
    known, packs = _found.setdefault(ctx, {}), ctx.terms("packs")
    if packs not in known:
        known[packs] = list(_benefits(ctx))
    return known[packs]


def _benefits(ctx: PostContext) -> Iterator[Benefit]:
    known = labels(ctx)
    readings = {each.unit.index: each for each in readings_of(ctx)}
    for claim in claims_of(ctx):
        reading = readings.get(claim.unit.index)
        if reading is not None and _is_good(claim):
            treatments = [known.noun(each.text) for each in claim.slot("treatment")]
            ills = [known.noun(each.text) for each in claim.slot("condition")]
            goods = [known.noun(each.text) for each in claim.slot("outcome")]
            conditions = [*ills, *(each for each in goods if known.stands_in(each))]
            yield Benefit(claim, reading, treatments, conditions)


def _is_good(claim: Claim) -> bool:
    if claim.type in _NOT_GOOD or claim.said.negated or claim.said.effect in _HARM:
        return False
    return not _GOOD.isdisjoint(claim.types)
