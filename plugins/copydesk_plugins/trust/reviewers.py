"""The rules on what a post says of its own review: who did it, and when it is due again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from copydesk.api import Option, PostContext, Report, Unit, rule
from copydesk_plugins.trust.dates import day_after
from copydesk_plugins.trust.names import parts_of, starts_with
from copydesk_plugins.trust.reading import Reading, readings_of
from copydesk_plugins.trust.stamps import reviewers_of

#: The words stand at the start of their line; further in, some other review is spoken of.
_START = 3
_MONTHS_A_YEAR = 12


@rule(
    "trust.own-review",
    summary="A post that was reviewed by the person who wrote it",
    why="A review tells readers that a second person has looked; here there is only one.",
    good="---\ntitle: Sleep\nauthor: Tom Reyes\n---\n\nMedically reviewed by Dr Mara Ellison.\n",
    bad="---\ntitle: Sleep\nauthor: Tom Reyes\n---\n\nMedically reviewed by Tom Reyes, LMFT.\n",
    authority="Copydesk: a review is worth a second pair of eyes",
    severity="info",
)
def own_review(ctx: PostContext) -> Iterator[Report]:
    """Report a reviewer, in the text or in reviews.toml, who is the author."""
    author = ctx.post.metadata.author
    if len(parts_of(author)) < 2:
        return
    said = "is named as the author and as the reviewer, so nobody else has looked at it."
    help = "Have a second person read it, or leave the line out: the author is named already."
    for each in _review_lines(ctx):
        if any(starts_with(each.keys, hit.end, author) for hit in each.hits.get("reviewed", ())):
            yield ctx.report(each.unit, f"{author} {said}", help=help)
            return
    stamped = reviewers_of(ctx)
    if stamped and all(starts_with(parts_of(each.name), 0, author) for each in stamped):
        yield ctx.report(
            ctx.top,
            f"{author} {said}",
            help="Have a second person read it: `copydesk claims review`. The stamp of the author "
            "stays in reviews.toml.",
        )


@rule(
    "trust.review-overdue",
    summary="A line in the post promises a review that is overdue, or names one that is old",
    why="Readers see the date; one that has passed says that nobody looks after the page.",
    good="Last reviewed: 2 March 2026. Next review: March 2199.",
    bad="Last reviewed: 2 March 2022. Next review: March 2024.",
    authority="NHS, Standard for creating health content, on a planned review and its dates; the "
    "36 months: Copydesk",
    options=(Option("months", "A review that is older is old.", 36, minimum=1),),
)
def review_overdue(ctx: PostContext) -> Iterator[Report]:
    """Report, once, the line whose next review has passed, or else whose last one is long ago."""
    dates = list(_dates(ctx))
    if not dates:
        return
    today = ctx.today
    due = [each for each in dates if each.next]
    late = next((each for each in due if each.day < today), None)
    if late is not None:
        yield ctx.report(
            late.unit,
            f"The next review was due by {late.day.isoformat()}, and that has passed.",
            help="Have the post read again and put the new date here, or record the review with "
            "`copydesk claims review`: pages then name it by themselves.",
        )
        return
    past = [each for each in dates if not each.next]
    if due or not past:
        return
    newest = max(past, key=lambda each: each.day)
    age, rest = _months(newest.day, today)
    if age + rest > ctx.number("months"):
        yield ctx.report(
            newest.unit,
            f"The last review that the post names is {'more than ' * rest}{age} months ago (limit: "
            f"{ctx.number('months'):g}).",
            help="Have it read again and put the new date here.",
        )


class _Dated(NamedTuple):
    """A line on the review of the post: the last day it can mean, and whether it is to come."""

    unit: Unit
    day: date
    next: bool


def _dates(ctx: PostContext) -> Iterator[_Dated]:
    for each in _review_lines(ctx):
        for section in ("next-review", "review-day"):
            # "Last reviewed in March; next review in May": the second may stand further in.
            far = len(each.keys) if section == "next-review" else _START
            hit = next((hit for hit in each.hits.get(section, ()) if hit.start <= far), None)
            day = day_after(each.keys, hit.end) if hit else None
            if day is not None:
                yield _Dated(each.unit, day, section == "next-review")
                break


def _review_lines(ctx: PostContext) -> Iterator[Reading]:
    """Yield the units that begin with the words of a review; others speak of somebody else's."""
    for each in readings_of(ctx).found:
        for section in ("next-review", "review-day", "reviewed"):
            hits = each.hits.get(section, ())
            if any(
                hit.start == 0 or (hit.start <= _START and _sure(each, hit.start)) for hit in hits
            ):
                yield each
                break


def _sure(reading: Reading, at: int) -> bool:
    """Say whether words further in can only be about this post: "This page was last reviewed"."""
    return reading.keys[at] in ("medically", "clinically", "last", "next")


def _months(old: date, new: date) -> tuple[int, bool]:
    """Return how many whole months lie between two days, and whether some days more."""
    months = (new.year - old.year) * _MONTHS_A_YEAR + new.month - old.month
    return months - (old.day > new.day), old.day != new.day
