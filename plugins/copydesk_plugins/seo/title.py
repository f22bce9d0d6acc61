"""Rules on the title: how wide it is in a list of results, and whether it names a year gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, rule
from copydesk_plugins.seo.amounts import counted
from copydesk_plugins.seo.pixels import fitting, width
from copydesk_plugins.seo.word_lists import dated_words

_SIZE = 20
#: A year, or the first and the last of several: "2025-2027", "2025/26".
_YEAR = re.compile(r"(?<![\w.,-])(20\d\d)(?:\s?[-–—/]\s?((?:20)?\d\d))?(?![\w%]|[.,]\d)")
_IN_BRACKETS = re.compile(r"[(\[](?:20\d\d)[)\]]")
_GUIDE = "---\ntitle: {}\nstate: published\npublished: 2024-03-01T09:00:00Z\n---\n\nWe list them.\n"


@rule(
    "seo.title-width",
    summary="A title is wider than what search results show of it.",
    why="The end of it is cut off, and with it perhaps what makes people choose the post.",
    good="# What a first visit is like\n\nWe meet for one hour.\n",
    bad="# What a first visit at our practice by the harbour is like for most of the people who "
    "come\n\nWe meet for one hour.\n",
    authority="Google Search Central, Influencing your title links in search results: no limit, "
    "but titles are truncated to fit the device. Google names no number: 600 pixels of Arial at 20 "
    "pixels is what those who measured results on large screens report since 2016",
    severity="info",
    options=(
        Option(
            "max-pixels", "The widest title that is shown whole.", 600, minimum=200, maximum=2000
        ),
    ),
)
def title_width(ctx: PostContext) -> Iterator[Report]:
    """Report a title that would be cut."""
    title = " ".join(ctx.post.title.split())
    limit = ctx.number("max-pixels")
    if len(title) * _SIZE <= limit or (wide := width(title, _SIZE)) <= limit:
        return
    kept = fitting(title, _SIZE, limit - width(" …", _SIZE))
    shown = f" and would end after “{kept}”" if kept else ""
    yield ctx.report(
        ctx.top,
        f"The title is about {wide:.0f} pixels wide ({counted(len(title), 'character')}); lists of "
        f"search results show about {limit:g} of them{shown}.",
        help="Put what matters first, or shorten it. The name of the site may be cut, your words "
        "should not.",
    )


@rule(
    "seo.title-year",
    summary="A title dates a public post to a year gone by.",
    why="A guide “for 2023” looks out of date in every list, even if all of it still holds.",
    good=_GUIDE.format("A guide to the lines to ring at night"),
    bad=_GUIDE.format("The 2024 guide to the lines to ring at night"),
    authority="Google Search Central, Influencing your title links in search results: titles with "
    "an outdated year are a common issue that it corrects",
    severity="warning",
)
def title_year(ctx: PostContext) -> Iterator[Report]:
    """Report a title with a word such as "guide" and only years that are over."""
    years = [
        int(year if len(year) == 4 else f"20{year}")
        for match in _YEAR.finditer(ctx.post.title)
        for year in match.groups()
        if year
    ]
    if not years or ctx.post.metadata.state == "draft" or not _is_dated(ctx.post.title):
        return
    today = ctx.today
    if max(years) < today.year:
        yield ctx.report(
            ctx.top,
            f"The title names {max(years)}, and it is {today.year}; in a list of results the post "
            "looks out of date.",
            help="Bring the text up to date and change the year, or leave the year out of the "
            "title. The slug can stay.",
        )


def _is_dated(title: str) -> bool:
    """Say whether a year in a title is that of the post, not of something it tells of."""
    said = set(re.findall(r"[^\W\d_]+", title.casefold()))
    return bool(said & dated_words()) or _IN_BRACKETS.search(title) is not None
