"""Words typed twice in a row, of those that no sentence doubles on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, pairwise
from operator import eq

from copydesk.api import Edit, PostContext, Report, Unit
from copydesk_plugins.artefacts.look import look
from copydesk_plugins.artefacts.vocabulary import words_in

_KINDS = frozenset({"paragraph", "list-item", "description", "footnote", "heading", "title"})


def doubled(ctx: PostContext) -> Iterator[Report]:
    """Report such words with the second one taken out."""
    parts = look(ctx).parts
    known = words_in("doubled", "word").intersection(compress(parts, map(eq, parts, parts[1:])))
    if not known or ctx.counted.foreign:
        return
    for unit in ctx.post.units:
        if unit.kind in _KINDS:
            yield from _in_unit(ctx, unit, known)


def _in_unit(ctx: PostContext, unit: Unit, known: frozenset[str]) -> Iterator[Report]:
    for first, second in pairwise(ctx.words(unit)):
        word = second.text
        # "Vitamin A a day" is no word typed twice; "The the" at the beginning is.
        same = first.text == word or (not first.start and first.text.lower() == word)
        if word not in known or not same:
            continue
        between = unit.text[first.end : second.start]
        span = ctx.span(unit, first.start, second.end)
        if between.isspace() and not look(ctx).in_code(span.start):
            cut = ctx.span(unit, first.end, second.end)
            plain = cut.end - cut.start == second.end - first.end
            yield ctx.report(
                span,
                f"“{word}” stands here twice in a row.",
                help="Take one away.",
                fix=(Edit(cut.start, cut.end, ""),) if plain else (),
                severity="info",
            )
