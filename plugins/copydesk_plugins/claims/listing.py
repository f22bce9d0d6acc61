"""Every claim of a post with its strength, its support and why it is one: what `list` shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from copydesk.api import LineIndex, PostContext
from copydesk_plugins.claims.claim import Claim, SupportLevel
from copydesk_plugins.claims.detection import claims_of
from copydesk_plugins.claims.detection.why import why
from copydesk_plugins.claims.options import market
from copydesk_plugins.claims.propositions import Proposition, propositions_of
from copydesk_plugins.claims.register import PostFacts, Settled, register_of
from copydesk_plugins.claims.support import support_of


class Listed(NamedTuple):
    """A claim with what it stands on; `entry` is the id of the register entry that settles it."""

    claim: Claim
    support: SupportLevel
    entry: str


def listed(ctx: PostContext) -> list[Listed]:
    """Return the claims of a post in order."""
    supports, register = support_of(ctx), register_of(ctx)
    facts = PostFacts(ctx, market(ctx))
    out = []
    for claim in claims_of(ctx):
        found = register.settles(claim, facts) if register.entries else None
        if isinstance(found, Settled):
            out.append(Listed(claim, "registered", found.entry.id))
        else:
            out.append(Listed(claim, supports.of(claim.unit).level, ""))
    return out


def as_json(ctx: PostContext, claims: list[Listed]) -> list[dict[str, Any]]:
    """Return claims in the form of the contract in `docs/json.md`."""
    lines = LineIndex(ctx.post.source.text)
    told = _by_unit(claims)
    return [
        {
            "start": _place(lines, each.claim.unit.span.start),
            "end": _place(lines, each.claim.unit.span.end),
            "quote": ctx.post.quote(each.claim.unit.span),
            "type": each.claim.type,
            "types": list(each.claim.types),
            "strength": each.claim.strength,
            "support": each.support,
            "entry": each.entry or None,
            "proposition": told[each.claim.unit.index].id,
            "statement": told[each.claim.unit.index].statement,
            "why": why(each.claim),
        }
        for each in claims
    ]


def as_text(ctx: PostContext, shown: str, claims: list[Listed], with_why: bool) -> Iterator[str]:
    """Yield the claims of a post as people read them, by proposition."""
    lines = LineIndex(ctx.post.source.text)
    by_unit = {each.claim.unit.index: each for each in claims}
    for proposition in propositions_of([each.claim for each in claims]):
        head = by_unit[proposition.head.unit.index]
        place = lines.position(head.claim.unit.span.start)
        yield f"{proposition.id}  {proposition.statement}   {shown}:{place.line}:{place.column}"
        yield f"   {head.claim.type}, {head.claim.strength}; {SUPPORT[head.support]}" + (
            f" ({head.entry})" if head.entry else ""
        )
        for claim in proposition.claims:
            place = lines.position(claim.unit.span.start)
            yield f"   line {place.line}: “{' '.join(claim.unit.text.split())}”"
            if with_why:
                yield f"      {why(claim)}"


SUPPORT = {
    "none": "no source",
    "weak": "weak source",
    "cited": "source given",
    "registered": "in the register",
}


def _by_unit(claims: list[Listed]) -> dict[int, Proposition]:
    return {
        claim.unit.index: proposition
        for proposition in propositions_of([each.claim for each in claims])
        for claim in proposition.claims
    }


def _place(lines: LineIndex, offset: int) -> dict[str, int]:
    at = lines.position(offset)
    return {"offset": offset, "line": at.line, "column": at.column}
