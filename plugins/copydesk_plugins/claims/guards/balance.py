"""Finds posts that praise a medicine or procedure and are silent on its risks."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.claims.guards.benefits import Benefit, benefits_of
from copydesk_plugins.claims.guards.engine import labels
from copydesk_plugins.claims.guards.labels import Noun
from copydesk_plugins.claims.guards.reading import Reading, readings_of
from copydesk_plugins.claims.options import SHARED, raised

#: Words that turn a risk into one that treatment lowers: "reduces the risk of stroke".
_LOWERS = (
    *("reduc", "lower", "cut", "decreas", "lessen", "minimi", "prevent"),
    *("without", "no", "zero"),
)
_REACH = 4
#: Beginnings of the words for a risk itself.
_NAMES = ("risk", "side", "adverse", "complication", "unwanted", "harm")


@rule(
    "claims.fair-balance",
    summary="A medicine or procedure praised in a post that names none of its risks",
    why="Who reads only of the good cannot weigh it; a fair page tells both.",
    good="Ketamine eases low mood in some people. Common side effects are nausea, dizziness and "
    "raised blood pressure.",
    bad="Ketamine eases low mood in some people.",
    authority="21 CFR 202.1, as good practice",
    languages=("en", "unknown"),
    options=SHARED,
)
def fair_balance(ctx: PostContext) -> Iterator[Report]:
    """Report the first benefit of a medicine or procedure whose risks the post does not name."""
    benefits = benefits_of(ctx)
    praised = {each.unit.index for each in benefits}
    for benefit in benefits:
        product = _drug(ctx, benefit)
        if product is None:
            continue
        if not any(_tells_risk(ctx, each, product, praised) for each in readings_of(ctx)):
            yield ctx.report(
                benefit.unit,
                f"Speaks for “{product.text}”, and the post names no risk or side effect, so "
                "readers cannot weigh it.",
                help="Add a short passage on the most common risks and on who should not have it.",
                severity=raised(ctx),
            )
        return


def _drug(ctx: PostContext, benefit: Benefit) -> Noun | None:
    """Return the first medicine or procedure of a benefit: a treatment whose risks are listed."""
    known = labels(ctx)
    return next(
        (
            each
            for each in benefit.treatments
            if known.has_risks(each.key) or known.has_risks(each.text)
        ),
        None,
    )


def _tells_risk(ctx: PostContext, reading: Reading, product: Noun, praised: set[int]) -> bool:
    """Say whether a unit of the text names a risk, or what may be felt besides the good."""
    if not reading.body:
        return False
    if labels(ctx).risk_named(product.key, reading.keys):
        return True
    if any(not _is_lowered(reading, hit.start) for hit in reading.all("risk")):
        return True
    unwanted = reading.has("unwanted") and reading.has("may-come")
    return unwanted and reading.unit.index not in praised


def _is_lowered(reading: Reading, at: int) -> bool:
    """Say whether a risk is one that the treatment takes away, or is said not to have."""
    if not reading.key(at).startswith(_NAMES):
        return False  # advice such as "not suitable for" has its denial inside
    before = reading.keys[max(0, at - _REACH) : at]
    return any(key.startswith(_LOWERS) for key in before) or reading.denied(at)
