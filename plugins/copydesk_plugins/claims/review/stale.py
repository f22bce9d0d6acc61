"""The rule that watches over review stamps."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule, wording_hash
from copydesk_plugins.claims.review.stamps import ended, stamps_of


@rule(
    "claims.review-stale",
    summary="A post was reviewed, and that review does not hold any more.",
    why="A review is of the words that were read; the post says something else now, or time is "
    "over, so no page names the reviewer.",
    good="A post that says what its newest stamp in reviews.toml was given for.",
    bad="A post in which a word was changed after its review.",
    authority="Quality-rater guidelines on pages about health (YMYL): who reviewed, and when",
)
def review_stale(ctx: PostContext) -> Iterator[Report]:
    """Report a post with stamps of which none is in force."""
    stamps = stamps_of(ctx)
    mine = stamps.of_post((ctx.post.metadata.id, ctx.post.source.key))
    if not mine:
        return
    wording = wording_hash(ctx.post)
    if stamps.review(wording, ctx.people, ctx.today) is not None:
        return
    same = [stamp for stamp in mine if stamp.hash == wording]
    last = (same or mine)[-1]
    who = f"The review by {ctx.people[last.by].shown} of {last.on}"
    if same:
        said = f"{who} {ended(last, ctx.people, ctx.today)}."
    else:
        said = f"{who} was of another wording: the post has changed since."
    yield ctx.report(
        ctx.top,
        f"{said} Its page will name no reviewer.",
        help="Have it read again, then record that: "
        f"`copydesk claims review {ctx.post.source.path} --by {last.by}`.",
    )
