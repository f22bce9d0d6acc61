"""Holds what is said of esketamine (Spravato) to its label: what for, where, and under whose eyes.

Label: treatment-resistant depression in adults (since January 2025 also without a tablet), and
depressive symptoms of major depressive disorder with acute suicidal ideation or behaviour,
together with an oral antidepressant; under the direct observation of a health-care provider.
"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Hit, PostContext, Report, rule
from copydesk_plugins.claims.guards.approval import approvals
from copydesk_plugins.claims.guards.benefits import benefits_of
from copydesk_plugins.claims.guards.engine import labels
from copydesk_plugins.claims.guards.labels import Noun
from copydesk_plugins.claims.guards.reading import Reading, readings_of, readings_with
from copydesk_plugins.claims.options import SHARED

_NAME = "esketamine"
#: Words around "at home" that show what is done there.
_AROUND = 6
_POINTERS = frozenset({"it", "this", "that"})
#: Behind these words a sentence turns to another medicine.
_TURNS = frozenset({"unlike", "whereas", "while", "but"})
#: Goods that no label speaks of and that go with any treatment.
_LABEL = (
    "treatment-resistant depression in adults, or the depressive symptoms of adults with major "
    "depressive disorder and acute suicidal ideation"
)


@rule(
    "claims.esketamine",
    summary="Spravato (esketamine) for another use, at home, or with no word of supervision",
    why="Esketamine is approved for two uses and only under watch; people who read otherwise "
    "may come to harm.",
    good="Spravato eases treatment-resistant depression in some adults. It is taken at a "
    "certified clinic, and a nurse watches over you for two hours.",
    bad="You can take Spravato at home.",
    authority="FDA label of Spravato (accessdata.fda.gov, NDA 211243); SPRAVATO REMS, "
    "spravatorems.com",
    severity="error",
    languages=("en", "unknown"),
    options=SHARED,
)
def esketamine(ctx: PostContext) -> Iterator[Report]:
    """Report what is said of esketamine against its label, at most once for each unit."""
    readings = readings_of(ctx)
    if not readings_with(ctx, _NAME):
        return
    told: set[int] = set()
    for at, reading in enumerate(readings):
        before = readings[at - 1] if at else None
        if words := _at_home(ctx, reading, before):
            told.add(reading.unit.index)
            yield ctx.report(
                reading.unit,
                f"Speaks of esketamine and “{words}”; it must never be given out for use at home.",
                help="Say that it is taken at a certified place, under the eyes of a health-care "
                "provider, and that one is watched for at least two hours.",
            )
    promised: list[Reading] = []
    for reading, conditions in _promises(ctx):
        if reading.unit.index in told:
            continue
        promised.append(reading)
        if (wrong := _outside(ctx, conditions, readings)) is not None:
            told.add(reading.unit.index)
            yield ctx.report(
                reading.unit,
                f"Speaks for esketamine in {wrong.text}; its label names only {_LABEL}.",
                help="Keep to the label's own words, and link the label.",
            )
    if promised and not told and not any(each.has("supervised") for each in readings if each.body):
        yield ctx.report(
            promised[0].unit,
            "Speaks for esketamine, and the post nowhere says that it is given under "
            "supervision, which its label demands.",
            help="Add that it is taken at a certified place (REMS) and that one is watched for at "
            "least two hours.",
        )


def _at_home(ctx: PostContext, reading: Reading, before: Reading | None) -> str:
    """Return the words that offer esketamine for use at home, or nothing."""
    named = reading.has(_NAME)
    if not (named or (before is not None and _points_back(reading, before))):
        return ""
    for hit in reading.all("at-home"):
        start, end = max(0, hit.start - _AROUND), hit.end + 2
        done = any(start <= each.start < end for each in reading.all("home-act"))
        after = any(start <= each.start < hit.start for each in reading.all("home-after"))
        offered = (done and not after) or _is_headline(reading, hit)
        if offered and not _forbidden(reading, hit.start) and not _of_another(ctx, reading, hit):
            return reading.said(*hit)
    return ""


def _points_back(reading: Reading, before: Reading) -> bool:
    """Say whether a unit speaks of "it" where the one before names esketamine."""
    near = reading.unit.block == before.unit.block or reading.unit.kind == "table-cell"
    return near and before.has(_NAME) and not _POINTERS.isdisjoint(reading.keys)


def _is_headline(reading: Reading, hit: Hit) -> bool:
    """Say whether a heading or the like says it in two words: "Spravato at home"."""
    short = reading.unit.kind in ("heading", "title", "list-item", "table-cell")
    return short and any(each.start == 0 and each.end == hit.start for each in reading.all(_NAME))


def _of_another(ctx: PostContext, reading: Reading, hit: Hit) -> bool:
    """Say whether another medicine is meant: "unlike lozenges that you take at home"."""
    turns = [at for at in range(hit.start) if reading.key(at) in _TURNS]
    if not turns:
        return False
    nouns = labels(ctx).nouns(reading.keys, "treatment", sure=False)
    behind = [each.key for each in nouns if turns[-1] < each.start < hit.start]
    return bool(behind) and _NAME not in behind


def _forbidden(reading: Reading, at: int) -> bool:
    """Say whether the use is denied or asked about."""
    asks = reading.unit.text.rstrip().endswith("?")
    return asks or any(each.start < at for each in reading.all("negation"))


def _promises(ctx: PostContext) -> Iterator[tuple[Reading, list[Noun]]]:
    """Yield the units that speak for esketamine, with the conditions that they name."""
    for found in approvals(ctx):
        if found.product is not None and found.product.key == _NAME:
            yield found.reading, found.conditions
    for benefit in benefits_of(ctx):
        own = {noun.key for noun in benefit.treatments}
        if benefit.reading.has(_NAME) and own == {_NAME}:
            yield benefit.reading, benefit.conditions


def _outside(ctx: PostContext, conditions: list[Noun], readings: list[Reading]) -> Noun | None:
    """Return the first condition that the label does not name.

    Plain "depression" is too wide by itself; it passes where the post names what the label says.
    """
    known = labels(ctx)
    product = Noun(0, 0, _NAME, _NAME)
    exact = any(each.has("labelled") for each in readings)
    for each in conditions:
        if known.outside(product, each):
            return each
        if each.key == "depression" and not exact:
            return each
    return None
