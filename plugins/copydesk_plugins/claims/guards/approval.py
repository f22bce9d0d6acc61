"""Finds approvals that no regulator gave: a product beside a condition that its label lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from copydesk.api import Hit, PostContext, Report, rule
from copydesk_plugins.claims.guards.engine import labels
from copydesk_plugins.claims.guards.labels import Labels, Noun
from copydesk_plugins.claims.guards.reading import Reading, readings_of, readings_with, word_set
from copydesk_plugins.claims.options import SHARED

#: How many words before an approval its product may stand, and after it the condition.
_BEFORE = 12
_AFTER = 10
#: How many words may stand between something that is never approved and its approval.
_NEXT = 6
_POINTERS = frozenset({"it", "this", "that", "which", "the", "these", "they"})


class Approval(NamedTuple):
    """Words that say a product is approved, the product, and the conditions it is said to be for.

    The product is None where none is named in reach.
    """

    reading: Reading
    hit: Hit
    product: Noun | None
    conditions: list[Noun]


@rule(
    "claims.false-approval",
    summary="“FDA approved” beside a substance and a condition that no regulator approved it for",
    why="An approval is for one product and named conditions; to stretch it misleads people "
    "about what has been tested.",
    good="Ketamine is FDA approved for anaesthesia, and its use in depression is off-label.",
    bad="Ketamine is FDA approved for depression.",
    authority="FDA, potential risks of compounded ketamine products, 10 October 2023; JAMA "
    "Netw Open 2023, e2342210; FDA, Is It Really “FDA Approved”?",
    severity="error",
    languages=("en", "unknown"),
    options=SHARED,
)
def false_approval(ctx: PostContext) -> Iterator[Report]:
    """Report units that name an approval which the packs' indications do not hold."""
    for found in approvals(ctx):
        reading, hit = found.reading, found.hit
        if words := _never_approved(reading, hit):
            yield ctx.report(
                reading.unit,
                f"Calls “{words}” approved, but regulators do not approve such products one by "
                "one.",
                help="Take the approval out, or name the approved product that you mean and link "
                "its label.",
            )
            continue
        wrong = _wrong(labels(ctx), found)
        if wrong is None or found.product is None:
            continue
        rows = labels(ctx).indications(found.product)
        known = ", ".join(dict.fromkeys(row.text for row in rows))
        yield ctx.report(
            reading.unit,
            f"Says that “{found.product.text}” is approved for {wrong.text}; the indications "
            f"known here are: {known}.",
            help="Say what the label says, with its date and a link to it, and call any other "
            "use off-label. Where the label has changed, add the indication to a pack.",
        )


def approvals(ctx: PostContext) -> Iterator[Approval]:
    """Yield each unit that says a product is approved, once, with what it is said to be for."""
    before: list[Reading] = []
    for reading in readings_of(ctx) if readings_with(ctx, "approved") else ():
        for hit in reading.all("approved"):
            asks = reading.unit.text.rstrip().endswith("?")
            if not (asks or reading.denied(hit.start) or _is_of_another(reading, hit)):
                yield _read(labels(ctx), reading, hit, before[-2:])
                break
        before.append(reading)


def _read(known: Labels, reading: Reading, hit: Hit, before: list[Reading]) -> Approval:
    products = known.nouns(reading.keys, "treatment", sure=False)
    product = next(
        (
            each
            for each in reversed(products)
            if hit.start - _BEFORE <= each.start < hit.start
            and reading.one_clause(each.start, hit.start)
        ),
        None,
    ) or next((each for each in products if hit.end <= each.start < hit.end + 4), None)
    if product is None and not _POINTERS.isdisjoint(reading.keys[: min(3, hit.start)]):
        product = _last_product(known, before)
    return Approval(reading, hit, product, list(_conditions(known, reading, hit, product)))


def _last_product(known: Labels, before: list[Reading]) -> Noun | None:
    """Return the treatment that a pronoun stands for: the first of the nearest unit with one."""
    for each in reversed(before):
        for noun in known.nouns(each.keys, "treatment", sure=False):
            return noun
    return None


def _conditions(known: Labels, reading: Reading, hit: Hit, product: Noun | None) -> Iterator[Noun]:
    """Yield the conditions that an approval is said to be for, those behind it or before it."""
    ends = [each.start for each in reading.all("approval-ends") if each.start >= hit.end]
    end = min([hit.end + _AFTER, *ends, len(reading.keys)])
    starts = [each.start for each in reading.all("approval-for")]
    said_for = min((at for at in starts if hit.start < at < end), default=-1)
    for noun in known.conditions(reading.keys):
        behind = 0 <= said_for < noun.start < end and reading.one_clause(hit.end - 1, noun.start)
        ahead = product is not None and product.end == noun.start - 1 and noun.end <= hit.start
        if reading.denied(noun.start):
            continue  # "for diabetes, not for obesity"
        if behind or (ahead and reading.key(noun.start - 1) == "for"):
            yield noun


def _wrong(known: Labels, found: Approval) -> Noun | None:
    """Return the first condition that surely lies outside the label of the product."""
    if found.product is None:
        return None
    product = found.product
    return next((each for each in found.conditions if known.outside(product, each)), None)


def _is_of_another(reading: Reading, hit: Hit) -> bool:
    """Say whether an ingredient or a facility is approved, and not the product."""
    return any(hit.end <= each.start <= hit.end + 1 for each in reading.all("approved-other"))


def _never_approved(reading: Reading, hit: Hit) -> str:
    """Return the words that call something approved which is never approved, or nothing."""
    for each in reading.all("never-approved"):
        if each.start == hit.end:
            more = reading.key(each.start).startswith("compound")  # what was compounded, too
            return reading.said(each.start, min(each.end + more, len(reading.keys)))
        if each.end <= hit.start <= each.end + _NEXT and _joined(reading, each.end, hit.start):
            return reading.said(each.start, _without_small(reading, each.end, hit.start))
    return ""


def _without_small(reading: Reading, start: int, end: int) -> int:
    """Return where words end without the "is" or "are" behind them."""
    while end > start and reading.key(end - 1) in word_set("between"):
        end -= 1
    return end


def _joined(reading: Reading, start: int, end: int) -> bool:
    """Say whether only the product's name and "is" stand between two word positions."""
    small = word_set("between")
    rest = [at for at in range(start, end) if reading.key(at) not in small]
    parted = any("," in reading.gap(at) for at in range(start, end + 1))
    return len(rest) <= 1 and not parted and reading.one_clause(start, end)
