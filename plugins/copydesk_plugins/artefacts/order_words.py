"""Rule artefacts.order-words: words that send readers to the post before or after."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Hit, PostContext, Report, Unit, rule
from copydesk_plugins.artefacts.look import holds, keys, look, short
from copydesk_plugins.artefacts.vocabulary import phrases, vocabulary

_KINDS = ("post", "part", "time")
_JUDGED = frozenset({"paragraph", "list-item", "description", "footnote"})


@rule(
    "artefacts.order-words",
    summary="“In our last two posts”, “next week's article”: words that count on an order of posts",
    why="Posts stand in another order on a new site, and most readers come from a search; they "
    "cannot know which post is meant.",
    good="We wrote about sleep in [the post on winter](winter.md).",
    bad="In our last two posts, we wrote about sleep.",
    authority="Copydesk: residue seen on posts moved from old sites",
)
def order_words(ctx: PostContext) -> Iterator[Report]:
    """Report sentences that name another post by its place and do not link it."""
    seen = look(ctx)
    hints = vocabulary("order", *_KINDS).hints(seen.words)
    # In a named series the site keeps the order, and shows the posts before and after.
    if not hints or ctx.post.metadata.series is not None:
        return
    for unit in ctx.post.units:
        if unit.kind not in _JUDGED or not holds(unit, hints):
            continue
        hits = phrases("order").find(keys(ctx, unit))
        kind = next((kind for kind in _KINDS if kind in hits), "")
        if kind and not seen.links_in(ctx.block(unit), unit.span):
            yield _report(ctx, unit, hits[kind][0], kind)


def _report(ctx: PostContext, unit: Unit, hit: Hit, kind: str) -> Report:
    words = ctx.words(unit)
    span = ctx.span(unit, words[hit.start].start, words[hit.end - 1].end)
    said = short(unit.text[words[hit.start].start : words[hit.end - 1].end])
    if kind == "time":
        return ctx.report(
            span,
            f"“{said}” counts the time between posts, which readers who come later cannot do.",
            help="Name the post that is meant, and link it.",
            severity="info",
        )
    return ctx.report(
        span,
        f"“{said}” counts on an order of posts; readers who come from elsewhere cannot tell "
        "which post is meant.",
        help="Name the post that is meant, and link it.",
    )
