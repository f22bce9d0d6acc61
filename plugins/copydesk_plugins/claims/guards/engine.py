"""Where the guards meet the engine, the sources and the register: the one place to wire them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from copydesk.api import PostContext, Unit
from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.detection.vocabulary import NOUNS
from copydesk_plugins.claims.guards.labels import Labels, labels_of
from copydesk_plugins.claims.options import market

if TYPE_CHECKING:
    from copydesk_plugins.claims.register import Entry

_NOUNS = frozenset(NOUNS)
#: The rules run one after the other on one context, mostly with the same packs.
_labels: WeakKeyDictionary[PostContext, dict[tuple[str, ...], Labels]] = WeakKeyDictionary()
#: Of all posts read while this was written, those about health lie above and others below.
_HEALTH_SHARE = 0.12


def claims_of(ctx: PostContext) -> tuple[Claim, ...]:
    """Return the claims of a post in order."""
    from copydesk_plugins.claims import detection

    return detection.claims_of(ctx)


def claim_at(ctx: PostContext, unit: Unit) -> Claim | None:
    """Return what a unit says, as a claim, also where the engine by itself sees none."""
    from copydesk_plugins.claims import detection

    found = (each for each in detection.examined(ctx) if each.reading.unit.index == unit.index)
    return next((detection.claim_of(ctx, each) for each in found), None)


def labels(ctx: PostContext) -> Labels:
    """Return what the packs that count here say of treatments, labels and risks."""
    names = ctx.terms("packs")
    known = _labels.setdefault(ctx, {})
    if names not in known:
        known[names] = labels_of(names, ctx.site_text)
    return known[names]


def is_health(ctx: PostContext) -> bool:
    """Say whether a post is about health, also where it tells of it in homely words.

    The engine asks for more before it calls words of two meanings claims; the guards have
    triggers of their own, and a post with an illness and this share of health will do.
    """
    from copydesk_plugins.claims import detection

    if detection.is_health(ctx):
        return True
    hits = [each.reading.hits.keys() for each in detection.examined(ctx)]
    sure = sum(not _NOUNS.isdisjoint(each) for each in hits)
    return any("condition" in each for each in hits) and sure >= len(hits) * _HEALTH_SHARE


def cited(ctx: PostContext, unit: Unit) -> bool:
    """Say whether a source of the best kind stands beside a unit or covers it."""
    from copydesk_plugins.claims.support import support_of

    return support_of(ctx).of(unit).level == "cited"


def settled_by_clinician(ctx: PostContext, claim: Claim) -> bool:
    """Say whether an entry of the register that a clinician approved settles a claim."""
    from copydesk_plugins.claims.register.signing import is_clinician

    entry = _entry(ctx, claim)
    if entry is None:
        return False
    signed = (ctx.people.get(each.by) for each in entry.valid)
    return any(person is not None and is_clinician(person) for person in signed)


def head_to_head(ctx: PostContext, claim: Claim) -> bool:
    """Say whether an entry with evidence marked head-to-head settles a comparison."""
    entry = _entry(ctx, claim)
    return entry is not None and any(each.head_to_head for each in entry.evidence)


def _entry(ctx: PostContext, claim: Claim) -> Entry | None:
    """Return the entry of the register that settles a claim, or None."""
    from copydesk_plugins.claims.register import PostFacts, Settled, register_of

    found = register_of(ctx).settles(claim, PostFacts(ctx, market(ctx)))
    return found.entry if isinstance(found, Settled) else None
