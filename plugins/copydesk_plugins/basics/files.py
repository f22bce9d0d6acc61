"""The rule on local images and files that a post names and that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import PostContext, Report, Span, rule

_EXTENSION = re.compile(r"[A-Za-z][A-Za-z0-9]{0,7}")
#: Addresses of pages that a server makes; no file of the site stands behind them.
_MADE_BY_SERVERS = frozenset({"php", "asp", "aspx", "jsp", "cgi"})


@rule(
    "basics.missing-file",
    summary="An image or a linked file of the site does not exist.",
    why="Readers would see an empty frame, or a page that says “not found”.",
    good="# The room\n\nSee [our map](https://example.org/map.png) and [the fees](#fees).\n",
    bad="# The room\n\n![A quiet room with two chairs](images/no-such-room.png)\n",
    authority="Copydesk: the file is looked for beside the post, inside the site's folder",
    severity="error",
)
def missing_file(ctx: PostContext) -> Iterator[Report]:
    """Report each image and linked file that is not there; web addresses are not looked at."""
    for href, span, is_image in _named(ctx):
        if not _is_file(href, is_image) or ctx.exists(href) is not False:
            continue
        what, harm = (
            ("image", "readers would see an empty frame")
            if is_image
            else ("linked file", "the link would lead nowhere")
        )
        yield ctx.report(
            span,
            f"The {what} “{_short(href)}” does not exist in the site; {harm}.",
            help="Check the spelling, capital letters too, or put the file there. The path "
            "begins at the post's own folder; a web address begins with https://.",
        )


def _named(ctx: PostContext) -> Iterator[tuple[str, Span, bool]]:
    """Yield every address of the post with its place, and whether it is an image."""
    post = ctx.post
    place = post.metadata.span_of("image")
    if post.metadata.image and place is not None:
        yield post.metadata.image, place, True
    for image in post.images:
        yield image.src, image.span, True
    for link in post.links:
        yield link.href, link.span, False


def _is_file(href: str, is_image: bool) -> bool:
    """Say whether an address surely means a file of the site.

    One with a leading slash is a place on the published site ("/wp-content/map.png"), which
    only the target knows.
    """
    if not href or href.startswith(("/", "\\")) or "{{" in href or "{%" in href:
        return False
    name = re.split(r"[?#]", href, maxsplit=1)[0].rpartition("/")[2]
    stem, _, extension = name.rpartition(".")
    if not stem or not _EXTENSION.fullmatch(extension):
        return is_image  # without an extension, a link means a page: "fees", "fees/"
    return extension.lower() not in _MADE_BY_SERVERS


def _short(href: str, limit: int = 80) -> str:
    return href if len(href) <= limit else href[: limit - 1] + "…"
