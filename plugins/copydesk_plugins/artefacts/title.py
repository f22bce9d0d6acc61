"""Rule artefacts.title: a post without a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule

#: Front matter without its lines of dashes, as some other tools write it.
_BARE = re.compile(r"\s*title:[^\S\r\n]*\S", re.IGNORECASE)


@rule(
    "artefacts.title",
    summary="The post has no title",
    why="A site, a search result and a link to the post all need a title; without one they show "
    "the file's name or nothing.",
    good="# What to bring\n\nBring your forms.",
    bad="Bring your forms.",
    authority="Copydesk: titles are lost when text is copied below the headline",
)
def title(ctx: PostContext) -> Iterator[Report]:
    """Report a post with no title in its front matter and no heading of level 1."""
    post = ctx.post
    if post.title or any(block.kind == "heading" and block.level == 1 for block in post.blocks):
        return
    if post.reader != "html" and _BARE.match(post.source.text, post.body.start):
        yield ctx.report(
            ctx.top,
            "The first line names a title, but it is read as text, so lists and links have "
            "nothing to show for the post.",
            help="Put a line `---` above it and one below the last line of its kind, and write "
            "`title` in small letters.",
        )
        return
    first = (
        "Put the title on the first line, with a blank line below it"
        if post.reader == "pasted"
        else "Begin the text with a heading of level 1"
        if post.reader == "html"
        else "Begin the text with `# Your title`"
    )
    yield ctx.report(
        ctx.top,
        "The post has no title, so lists and links have nothing to show for it.",
        help=f"{first}, or write `title: Your title` in the front matter.",
    )
