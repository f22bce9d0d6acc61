"""Rules on the description: missing, too long for a list of results, or too short to help."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, rule
from copydesk_plugins.seo.amounts import counted
from copydesk_plugins.seo.pixels import fitting, width

_SIZE = 14
_POST = "---\ntitle: First visits\nstate: published\n{}---\n\nWe meet for one hour.\n"
_GOOD = "description: What happens at a first visit, from the door to the end of the hour.\n"
_LONG = (
    "description: What happens at a first visit, from the moment you come through the door to the "
    "end of the hour, with notes on forms, on what to bring, on who may come with you and on how "
    "you can change your mind.\n"
)


@rule(
    "seo.description",
    summary="A public post has no description.",
    why="Search results and shared links then show whatever words the page begins with.",
    good=_POST.format(_GOOD),
    bad=_POST.format(""),
    authority="Google Search Central, How to write meta descriptions: one for each page",
    severity="info",
)
def description(ctx: PostContext) -> Iterator[Report]:
    """Report a post that is no draft and has no description."""
    meta = ctx.post.metadata
    if meta.state != "draft" and not meta.description:
        yield ctx.report(
            ctx.top,
            "The post has no description, so search results and shared links show whatever words "
            "they pick from the page.",
            help="Add a line such as `description: What happens at a first visit, step by step.`",
        )


@rule(
    "seo.description-length",
    summary="A description is longer than what is shown of it, or too short to say anything.",
    why="What is cut off is not read; two or three words help nobody to choose.",
    good=_POST.format(_GOOD),
    bad=_POST.format(_LONG),
    authority="Google Search Central, How to write meta descriptions: no limit, but snippets are "
    "truncated to fit the device. Google names no number: about 160 characters, or 920 pixels of "
    "Arial at 14 pixels, is what those who measured results on large screens report",
    severity="info",
    options=(
        Option(
            "max-characters",
            "The longest description that is shown whole, if it is wider than max-pixels, too.",
            160,
            minimum=50,
            maximum=1000,
        ),
        Option(
            "max-pixels",
            "The widest description that is shown whole.",
            920,
            minimum=300,
            maximum=5000,
        ),
        Option("min-pixels", "The narrowest description that helps.", 250, minimum=1, maximum=900),
    ),
)
def description_length(ctx: PostContext) -> Iterator[Report]:
    """Report a description that would be cut, or that is only a few words long."""
    said = " ".join(ctx.post.metadata.description.split())
    if not said:
        return
    place = ctx.post.metadata.span_of("description") or ctx.top
    size, limit = counted(len(said), "character"), ctx.number("max-pixels")
    if len(said) * _SIZE < limit and width(said, _SIZE) < ctx.number("min-pixels"):
        yield ctx.report(
            place,
            f"The description has {size}; that is too little to tell people what they will find.",
            help="Say in one or two sentences what the post tells, and for whom.",
        )
    elif len(said) > ctx.number("max-characters") and (wide := width(said, _SIZE)) > limit:
        kept = fitting(said, _SIZE, limit - width(" …", _SIZE))
        yield ctx.report(
            place,
            f"The description has {size}, about {wide:.0f} pixels; search results show about "
            f"{limit:g} of them and would end after “{' '.join(kept.split()[-4:])}”.",
            help="Put what matters first, or shorten it.",
        )
