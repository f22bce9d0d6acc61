"""Whom a post is for: `[rules.readability] audience = "clinician"` sets what its rules ask for."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.api import Option, PostContext


class Audience(NamedTuple):
    """What is asked of texts for one kind of readers; docs/readability.md names the sources.

    `lost` and `reached` say in a clause why reading ease and grade matter to these readers.
    """

    readers: str
    ease: int
    grade: int
    long_words: int
    lost: str = "readers in a hurry may give up"
    reached: str = "a lower one is read faster"


AUDIENCES = {
    # Grade 8 is the most that the NIH suggests; from 60 upward Flesch calls a text standard.
    "patient": Audience(
        "patients",
        60,
        8,
        15,
        "worried or tired readers may give up",
        "the sixth to the eighth reaches most patients",
    ),
    "general": Audience("general readers", 50, 10, 20),
    # Below 30 is what Flesch calls very difficult, the style of scientific papers.
    "clinician": Audience("clinicians", 30, 14, 30),
}

#: Every rule whose answer hangs on it declares it, so that one line sets all.
AUDIENCE = Option(
    "audience",
    "Whom the posts are for: patient, general (an educated public) or clinician. It sets what "
    "is asked of a text, as far as no option of a rule says otherwise.",
    "patient",
    choices=tuple(AUDIENCES),
)


class Limit(NamedTuple):
    """A threshold, and who asks for it."""

    value: float
    asked: str


def audience(ctx: PostContext) -> Audience:
    """Return the audience of a post."""
    return AUDIENCES[str(ctx.option("audience"))]


def limit(ctx: PostContext, option: str, of_audience: float) -> Limit:
    """Return a rule's own option, or what its audience asks for where that is left at 0."""
    own = ctx.number(option)
    if own:
        return Limit(own, "set for this site")
    return Limit(of_audience, f"asked of texts for {audience(ctx).readers}")
