"""Warns of sentences whose entry of the register ends soon, before they are findings again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from copydesk.api import Option, PostContext, Report, rule
from copydesk_plugins.claims.options import SHARED, market
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.facts import PostFacts
from copydesk_plugins.claims.register.matching import standing_in_words
from copydesk_plugins.claims.register.register import register_of


@rule(
    "claims.register-expiring",
    summary="A sentence whose entry of the register ends soon, has ended or was withdrawn",
    why="What was approved once may be out of date; an entry has a last day so that somebody "
    "looks at its evidence again.",
    good="A massage here lasts an hour.",
    bad="Massage relieves back pain.",
    authority="Copydesk: an approval is only as good as the evidence of its day.",
    severity="warning",
    languages=("en", "unknown"),
    options=(
        *SHARED,
        Option("days", "How many days before its end an entry is told of.", 60, minimum=0),
    ),
)
def register_expiring(ctx: PostContext) -> Iterator[Report]:
    """Report each claim that an entry settles not much longer, or no more."""
    from copydesk_plugins.claims.detection import claims_of

    register = register_of(ctx)
    if not register.entries:
        return
    facts = PostFacts(ctx, market(ctx))
    for claim in claims_of(ctx):
        found = [each.entry for each in register.saying(claim, facts)]
        if not found or any(_holds_on(each, ctx) for each in found):
            continue
        entry = found[0]
        ended = _ended(entry, ctx)
        if ended:
            yield ctx.report(
                claim.unit,
                f"The register has this sentence as {entry.id}, but {ended}.",
                help=f"Look at `copydesk claims show {entry.id}`: have it approved anew, or "
                "reword or cut the sentence.",
                severity="error",
            )
        elif entry.expires is not None and entry.sound and entry.status == "approved":
            yield ctx.report(
                claim.unit,
                f"The register approves this sentence as {entry.id} until "
                f"{entry.expires.isoformat()} only.",
                help="Look at the evidence again, then run `copydesk claims approve "
                f"{entry.id} --expires DAY`.",
            )


def _holds_on(entry: Entry, ctx: PostContext) -> bool:
    """Say whether an entry is in force and stays so for long enough."""
    if not entry.sound or entry.status != "approved":
        return False
    if entry.expires is None:
        return True
    return (entry.expires - ctx.today).days > ctx.number("days")


def _ended(entry: Entry, ctx: PostContext) -> str:
    """Return how an entry that was in force once has ended, or nothing."""
    today = date.min if entry.expires is None else ctx.today
    if entry.standing(today) in ("expired", "withdrawn"):
        return standing_in_words(entry, today)
    return ""
