"""What a unit may take from around it: lead-in, heading, title, and what a pronoun stands for.

The annotation guideline allows the lead-in or heading that a bullet completes, the noun that a
pronoun points to in the two sentences before, and the post's title; nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.api import PostContext
from copydesk_plugins.claims.detection.reading import Reading, joined, read_unit
from copydesk_plugins.claims.detection.vocabulary import MAYBE, Vocabulary

_FRONT = frozenset({"title", "description", "image-alt"})
#: Share of units with a sure health noun from which a post is about health.
_HEALTH_SHARE = 0.2
_WITH_CONDITION = 0.1
_HEALTH_LEAST = 2
#: In a post of fewer units one is enough.
_SHORT = 8


def read_post_units(ctx: PostContext, known: Vocabulary) -> list[Reading]:
    """Read every unit of a post that can hold a claim, in order, with its surroundings."""
    own = [
        read_unit(ctx, unit, known)
        for unit in ctx.post.units
        if unit.kind != "footnote" and not ctx.post.inside(ctx.block(unit), "footnote")
    ]
    sure = sum(each.names_health for each in own)
    health = about_health(own, sure)
    density = sure / max(1, len(own))
    topic, topic_words = _topic(own)
    last: dict[int, Reading] = {}
    out: list[Reading] = []
    for reading in own:
        reading.health, reading.density, reading.topic = health, density, topic
        reading.topic_words = topic_words
        _place(ctx, reading, last)
        _antecedent(out, reading)
        last[reading.unit.block] = reading
        whole = _with_lead_in(ctx, reading, last, known)
        out.append(whole)
    return out


def about_health(readings: list[Reading], sure: int) -> bool:
    """Say whether a post is about health: enough of its units name something of health.

    `sure` is how many do. Where a disease or complaint is named, fewer are enough.
    """
    body = sum(bool(each.keys) for each in readings)
    least = _HEALTH_LEAST if body >= _SHORT else 1
    share = _WITH_CONDITION if any("condition" in each.hits for each in readings) else _HEALTH_SHARE
    return sure >= max(least, body * share)


def _place(ctx: PostContext, reading: Reading, last: Mapping[int, Reading]) -> None:
    """Note what a unit stands in: a list, a table, the kind of its nearest heading."""
    block = ctx.block(reading.unit)
    reading.in_list = block.kind == "list-item"
    reading.in_table = block.kind == "table-cell"
    above = last.get(block.heading) if block.kind != "heading" else None
    if above is not None:
        reading.under = above


def _antecedent(before: list[Reading], reading: Reading) -> None:
    """Note whether a treatment, condition or exposure is named in the two units before."""
    for each in before[:-3:-1]:
        if each.unit.kind in _FRONT:
            continue
        if nouns := each.nouns("treatment", "exposure", "condition"):
            # What acts is what "it" stands for, where a sentence names a condition, too.
            start, end, slot = next((n for n in nouns if n[2] == "treatment"), nouns[0])
            reading.antecedent = slot
            reading.stands_for = tuple(each.keys[start:end])
            return
        if hits := each.treatments:  # that may be of health, in a post that is not about it so far
            hit = hits[0]
            reading.antecedent = "treatment"
            reading.stands_for = tuple(each.keys[hit.start : hit.end])
            return
        if each.antecedent and each.unit.block == reading.unit.block:
            reading.antecedent = each.antecedent
            reading.stands_for = each.stands_for
            return


def _with_lead_in(
    ctx: PostContext, reading: Reading, last: Mapping[int, Reading], known: Vocabulary
) -> Reading:
    """Return a list item joined to the words that introduce its list, or with its heading."""
    if not reading.in_list or reading.unit.start > 0:
        return reading
    block = ctx.block(reading.unit)
    lead = next(ctx.post.ancestors(block), None)
    if lead is None:
        return reading
    if lead.kind == "heading":
        return reading
    before = reading.lead = last.get(lead.index)
    if before is None or not lead.text.plain.rstrip(" *_").endswith(":"):
        return reading
    whole = joined(before, reading, known)
    whole.density, whole.topic = reading.density, reading.topic
    whole.topic_words = reading.topic_words
    whole.health, whole.antecedent = reading.health, before.antecedent
    whole.lead = before
    whole.stands_for = before.stands_for
    whole.in_list, whole.under = True, reading.under
    return whole


def _topic(readings: list[Reading]) -> tuple[str, tuple[str, ...]]:
    """Return the slot of what the title speaks of, and the words that name it."""
    for each in readings[:4]:
        if each.unit.kind in ("title", "heading"):
            for slot in ("treatment", "condition", "exposure", "body", "outcome"):
                for name in (slot, slot + MAYBE):
                    if hits := each.all(name):
                        return slot, tuple(each.keys[hits[0].start : hits[0].end])
            return "", ()
    return "", ()
