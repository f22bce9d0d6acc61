"""Finds posts about health that do not say who reviewed them, when, and until when that holds."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.claims.guards.engine import is_health
from copydesk_plugins.claims.guards.reading import Reading, readings_with, word_set
from copydesk_plugins.claims.options import SHARED

#: A note of fewer words is no post yet, and nobody asks who reviewed it.
_SHORTEST = 40
_EXAMPLE = (
    "Migraine is not just a headache. Some people with migraine see lights before it begins, and "
    "many have to lie down in a dark room until it is over. It runs in families. Sleep, meals and "
    "stress all play their part."
)


@rule(
    "claims.reviewer-and-dates",
    summary="A post about health without a medical reviewer, a review date and the next review",
    why="Readers and search engines ask who stands behind a page about health, and since when.",
    good=_EXAMPLE + "\n\nMedically reviewed by Dr Jane Doe on 2 March 2026. Next review: March "
    "2027.",
    bad=_EXAMPLE,
    authority="Google, Search Quality Rater Guidelines, on pages about health (YMYL)",
    languages=("en", "unknown"),
    options=SHARED,
)
def reviewer_and_dates(ctx: PostContext) -> Iterator[Report]:
    """Report a post about health, once, with what it does not say of its review."""
    if ctx.counted.total_words < _SHORTEST:
        return
    missing = list(_missing(ctx))
    if not missing or ctx.provided("reviewer") or not is_health(ctx) or _is_stamped(ctx):
        return
    several = "nor" if len(missing) == 2 else "or"
    told = (
        missing[0] if len(missing) == 1 else ", ".join(missing[:-1]) + f" {several} {missing[-1]}"
    )
    yield ctx.report(
        ctx.top,
        f"The post is about health and shows {'neither' if len(missing) == 2 else 'no'} {told}.",
        help="Have a clinician read it and record that with `copydesk claims review`: pages then "
        "name the reviewer and the date by themselves. Or write a line such as: Medically "
        "reviewed by Dr Jane Doe on 2 March 2026; next review: March 2027.",
    )


def _missing(ctx: PostContext) -> Iterator[str]:
    """Yield what a post does not show of its review."""
    reviewed = _shown(ctx, "reviewed")
    if not reviewed:
        yield "medical reviewer"
    dated = _shown(ctx, "review-day") or any(_dates(each.keys) for each in reviewed)
    if not dated and ctx.post.metadata.updated is None:
        yield "review date"
    if not _shown(ctx, "next-review"):
        yield "date of the next review"


def _shown(ctx: PostContext, trigger: str) -> list[Reading]:
    """Return the units of the body with a trigger."""
    return [each for each in readings_with(ctx, trigger) if each.body]


def _dates(keys: list[str]) -> bool:
    """Say whether a unit that names a reviewer names a month or a number too."""
    return any(key[0].isdigit() or key in word_set("month") for key in keys)


def _is_stamped(ctx: PostContext) -> bool:
    """Say whether `reviews.toml` speaks of the post; whether that holds is another rule's."""
    from copydesk_plugins.claims.review.stamps import stamps_of

    stamps = stamps_of(ctx)
    return bool(stamps.of_post((ctx.post.metadata.id, ctx.post.source.key)))
