"""Judges every unit of a post once for the rules: at most one kind of finding for each.

The gravest kind that fits is the one that is told; what the register settles is told by none.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import Group, PostContext, Unit
from copydesk_plugins.claims.claim import Claim, SupportLevel
from copydesk_plugins.claims.detection import Examined, claim_of, examined
from copydesk_plugins.claims.options import market
from copydesk_plugins.claims.propositions import without_source
from copydesk_plugins.claims.register import (
    Entry,
    Near,
    PostFacts,
    Register,
    Settled,
    register_of,
)
from copydesk_plugins.claims.support import Support, Supports, support_of
from copydesk_plugins.claims.wording import WordingKind
from copydesk_plugins.claims.wording.safety import limited

Kind = WordingKind | Literal["unsupported"]


class Judged(NamedTuple):
    """A unit that a rule speaks of: the kind of finding and the words that show it.

    `claim` is what the engine says of it, `support` what stands beside it, `nearest` the entry
    of the register that comes near, or empty. `sure` says that the engine has little doubt.
    `group` is what the unit shares with others that say the same and have no source either.
    """

    unit: Unit
    kind: Kind
    words: str
    claim: Claim
    support: Support
    nearest: str
    sure: bool
    group: Group | None = None


class _Verdict(NamedTuple):
    """What is told of a post, and how many of its claims stand on what."""

    told: list[Judged]
    standing: Counter[SupportLevel]


#: The rules run one after the other on one context, mostly with the same options.
_known: WeakKeyDictionary[PostContext, dict[tuple[object, ...], _Verdict]]
_known = WeakKeyDictionary()


def judged(ctx: PostContext, kind: Kind) -> list[Judged]:
    """Return what one rule speaks of in a post, in order."""
    return [each for each in _verdict(ctx).told if each.kind == kind]


def without_any_source(ctx: PostContext) -> list[Judged]:
    """Return what rules tell of a post and no source stands beside, without what is doubtful."""
    return [
        each
        for each in _verdict(ctx).told
        if each.support.level == "none" and (each.sure or each.kind != "unsupported")
    ]


def standing(ctx: PostContext) -> Counter[SupportLevel]:
    """Return how many claims of a post have which support; those of the register have that."""
    return _verdict(ctx).standing


def _verdict(ctx: PostContext) -> _Verdict:
    known, options = _known.setdefault(ctx, {}), (ctx.terms("packs"), market(ctx))
    if options not in known:
        known[options] = _judge(ctx)
    return known[options]


def _judge(ctx: PostContext) -> _Verdict:
    supports, register = support_of(ctx), register_of(ctx)
    facts = PostFacts(ctx, market(ctx))
    out: dict[int, Judged] = {}
    settled: dict[int, Claim] = {}
    counts: Counter[SupportLevel] = Counter()
    for each in examined(ctx):
        found = _kind(each, supports)
        if found is None and not each.is_claim:
            continue
        claim = claim_of(ctx, each)
        entry = _settling(register, claim, facts)
        settles = isinstance(entry, Settled)
        counts["registered" if settles else supports.of(claim.unit).level] += 1
        if found is None or settles:
            settled[claim.unit.index] = claim
            continue
        nearest = _shown(entry.entry) if isinstance(entry, Near) else ""
        kind, words = found
        out[claim.unit.index] = Judged(
            claim.unit,
            kind,
            words or claim.words,
            claim,
            supports.of(claim.unit),
            nearest,
            each.sure,
        )
    return _Verdict(_grouped(out, settled), counts)


def _grouped(found: dict[int, Judged], settled: dict[int, Claim]) -> list[Judged]:
    """Leave out unsupported claims that a source beside their like settles, and group the rest."""
    open_claims = {at: each for at, each in found.items() if each.kind == "unsupported"}
    claims = [each.claim for each in open_claims.values()] + list(settled.values())
    claims.sort(key=lambda claim: claim.unit.index)
    left = without_source(claims, lambda claim: claim.unit.index in settled)
    groups = {claim.unit.index: group for claim, group in left}
    return [
        each._replace(group=groups[at]) if at in groups else each
        for at, each in found.items()
        if at not in open_claims or at in groups
    ]


def _shown(entry: Entry) -> str:
    """Return an entry as the way out names it; one that is not approved is no way out by itself."""
    return entry.statement + ("" if entry.status == "approved" else f" ({entry.status})")


def _settling(register: Register, claim: Claim, facts: PostFacts) -> Settled | Near | None:
    return register.settles(claim, facts) if register.entries else None


def _kind(each: Examined, supports: Supports) -> tuple[Kind, str] | None:
    """Return the gravest kind of finding that a unit is, with the words that show it."""
    support = supports.of(each.reading.unit)
    within = support.level == "cited" and support.place in ("unit", "marker")
    carried = {
        "absolute": False,
        "unqualified-safe": within and limited(each.reading),
        "statistic": within,
        "vague-research": support.level == "cited",
    }
    for kind, words in each.wordings:
        if not carried[kind]:
            return kind, words
    return ("unsupported", "") if each.is_claim and support.level == "none" else None
