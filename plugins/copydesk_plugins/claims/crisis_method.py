"""Finds where a post that speaks of suicide or self-harm describes the means.

Only sure cases: somebody's act with its means, a number of tablets, a place. That means exist, or
that they are kept out of reach, is no description.
"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Hit, PostContext, Unit
from copydesk_plugins.claims.wording.lexicon import crisis_phrases

_DENIED = frozenset({"not", "never", "nobody", "without", "lock", "remove", "keep", "store"})
_REACH = 6


def described(ctx: PostContext, mentions: list[Unit]) -> Iterator[tuple[Unit, str]]:
    """Yield the units that describe means, beside or in a mention, with the words that do."""
    near = {(unit.block, unit.index + step) for unit in mentions for step in (-1, 0, 1)}
    for unit in ctx.post.units:
        if (unit.block, unit.index) not in near:
            continue
        found = ctx.words(unit)
        keys = [word.text.lower().replace("’", "'") for word in found]
        hit = _means(keys)
        if hit is not None:
            said = unit.text[found[hit.start].start : found[hit.end - 1].end]
            yield unit, " ".join(said.split())


def _means(keys: list[str]) -> Hit | None:
    """Return the words that describe means in a unit, or None."""
    found = crisis_phrases().find(keys)
    numbers = [at for at, key in enumerate(keys) if key[0].isdigit()]
    hits = list(found.get("means", []))
    # A number of tablets is a dose only where it is taken with the aim that the post speaks of.
    hits += [
        Hit(at, dose.end)
        for dose in found.get("means-dose", [])
        for at in numbers
        if at <= dose.start <= at + 2
    ]
    for hit in sorted(hits):
        if _DENIED.isdisjoint(keys[max(0, hit.start - _REACH) : hit.start]):
            return hit
    return None
