"""Finds posts that praise a use outside the label and never say that it is one."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.claims.guards.benefits import Benefit, benefits_of
from copydesk_plugins.claims.guards.engine import labels
from copydesk_plugins.claims.guards.labels import Noun
from copydesk_plugins.claims.guards.reading import readings_of
from copydesk_plugins.claims.options import SHARED


@rule(
    "claims.off-label-silence",
    summary="A benefit of an off-label use, and nowhere the words off-label or not approved",
    why="Off-label care can be right, but readers may take praise for a regulator's word.",
    good="Ketamine eases depression in some people. This use is off-label: the FDA has not "
    "approved ketamine for it.",
    bad="Ketamine eases depression in some people.",
    authority="FDA, potential risks of compounded ketamine products, 10 October 2023; JAMA "
    "Netw Open 2023, e2342210",
    languages=("en", "unknown"),
    options=SHARED,
)
def off_label_silence(ctx: PostContext) -> Iterator[Report]:
    """Report the first benefit outside the label in a post that never says so."""
    found = next(_outside(ctx), None)
    if found is None or any(each.has("off-label") for each in readings_of(ctx) if each.body):
        return
    benefit, product, condition = found
    yield ctx.report(
        benefit.unit,
        f"Speaks for “{product.text}” in {condition.text}, which its label does not name, and "
        "the post nowhere says that this use is off-label.",
        help="Say it once in the text, such as: this use is off-label, and the regulator has not "
        "approved the medicine for it.",
    )


def _outside(ctx: PostContext) -> Iterator[tuple[Benefit, Noun, Noun]]:
    """Yield the benefits of a use that surely lies outside the label."""
    known = labels(ctx)
    for benefit in benefits_of(ctx):
        for product in benefit.treatments:
            for condition in benefit.conditions:
                if known.outside(product, condition):
                    yield benefit, product, condition
