"""Rules on the dates of a post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from copydesk.api import Option, PostContext, Report, rule

_DAYS = 30.44
_A_DAY = timedelta(days=1)
_POST = "---\ntitle: Fees\nstate: published\npublished: {}T09:00:00Z\n{}---\n\nOne hour is 90.\n"
_BYLINE = "Google Search Central, Influence your byline dates in Google Search"


@rule(
    "seo.dates",
    summary="A post was updated before it was published.",
    why="One of the two dates is wrong, and readers and search engines see both.",
    good=_POST.format("2026-03-02", "updated: 2026-04-02T09:00:00Z\n"),
    bad=_POST.format("2026-03-02", "updated: 2026-02-02T09:00:00Z\n"),
    authority=f"{_BYLINE}: dates that agree with one another",
)
def dates(ctx: PostContext) -> Iterator[Report]:
    """Report a date of update that lies before the day of publication."""
    meta = ctx.post.metadata
    place = meta.span_of("updated")
    if meta.updated is None or meta.published is None or place is None:
        return
    # The same day may be two in UTC: a date without a time is the beginning of a day of the site.
    if meta.published - meta.updated >= _A_DAY:
        yield ctx.report(
            place,
            f"The post was updated on {meta.updated.date()} and published on "
            f"{meta.published.date()}, which is later; one of the two dates is wrong.",
            help="Mend the wrong one, or delete `updated` if nothing changed since.",
        )


@rule(
    "seo.old",
    summary="A public post has not been updated for a long time.",
    why="Advice on health, fees and addresses goes out of date, and readers look at the date.",
    good=_POST.format("2026-03-02", ""),
    bad=_POST.format("2021-03-02", ""),
    authority="Google Search Central, Creating helpful, reliable, people-first content: content "
    "that is kept up to date. The number of months: Copydesk",
    severity="info",
    options=(
        Option(
            "max-months",
            "How many months a post may stand without an update.",
            24,
            minimum=1,
            maximum=600,
        ),
    ),
)
def old(ctx: PostContext) -> Iterator[Report]:
    """Report a post whose newest date is more than some months ago."""
    meta = ctx.post.metadata
    if meta.state == "draft" or meta.published is None:
        return
    newest = max(meta.published, meta.updated or meta.published).date()
    months = (ctx.today - newest).days / _DAYS
    if months > ctx.number("max-months"):
        what = "updated" if meta.updated else "published"
        yield ctx.report(
            meta.span_of("updated") or meta.span_of("published") or ctx.top,
            f"This post was {what} on {newest}, {months:.0f} months ago; what it says may no "
            "longer hold.",
            help="Read it through. If all still holds, or once it is mended, set `updated` to "
            "that day.",
        )
