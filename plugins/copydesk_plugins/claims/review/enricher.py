"""The line on a page that names who reviewed the post, while the review is in force."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Addition, EnrichContext, Enricher, LivePost, Option, Reviewed, day
from copydesk_plugins.claims.register.signing import is_clinician
from copydesk_plugins.claims.review.stamps import Review, stamps_of

SLOT = "reviewed-by"
#: What stands before the name of somebody who is no clinician: no page calls that medical.
_BY_OTHERS = "Reviewed by"


def enrich(posts: tuple[LivePost, ...], ctx: EnrichContext) -> Iterator[Addition]:
    """Yield the line of each post whose wording, as it will be public, somebody reviewed."""
    if not ctx.flag("show"):
        return
    stamps = stamps_of(ctx)
    if not stamps.by_hash:
        return
    words = str(ctx.option("words"))
    for post in posts:
        review = stamps.review(post.wording, ctx.people, ctx.today)
        if review is not None:
            medical = is_clinician(review.person)
            line = line_of(review, words if medical else _BY_OTHERS)
            yield Addition(post.id, SLOT, line=line, reviewed=_told(review, medical))


def line_of(review: Review, words: str) -> str:
    """Return the line that names a review."""
    return f"{words} {review.person.shown}, on {day(review.on)}"


def _told(review: Review, medical: bool) -> Reviewed:
    person = review.person
    return Reviewed(person.name or person.key, person.credential, review.on, medical, person.url)


ENRICHER = Enricher(
    SLOT,
    "Names who reviewed a post, while the review is in force.",
    enrich,
    (
        Option("show", "Whether pages name who reviewed them.", True),
        Option("words", "The words before the name of a clinician.", "Medically reviewed by"),
    ),
)
