"""Rules on the body as a whole: whether there is any text, and what of a page was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from copydesk.api import PostContext, Related, Report, rule

#: Blocks that are text of the body; headings and picture texts alone are no post.
_TEXT = frozenset({"paragraph", "list-item", "table-cell", "footnote", "code"})
#: Parts that are pointed at one by one; a page seldom has more.
_SHOWN = 5

_PAGE = "<html><body>{}<main><p>We open at nine.</p></main></body></html>\n"


@rule(
    "basics.empty",
    summary="A post has no text in its body.",
    why="An empty page helps nobody, and search engines count it against the site.",
    good="---\ntitle: Opening hours\n---\n\nWe open at nine.\n",
    bad="---\ntitle: Opening hours\n---\n\n# Opening hours\n",
    authority="Copydesk: there is nothing to check or to publish",
    severity="error",
)
def empty(ctx: PostContext) -> Iterator[Report]:
    """Report a post whose body has no paragraph, list, table or code."""
    post = ctx.post
    if any(block.kind in _TEXT for block in post.blocks):
        return
    kinds = {block.kind for block in post.blocks}
    has = (
        "headings only"
        if "heading" in kinds
        else "pictures only"
        if kinds & {"alt"} or post.images
        else "no text"
    )
    yield ctx.report(
        ctx.top,
        f"The body of this post has {has}; there is nothing to read on the page.",
        help="Write the text below the front matter, or delete the file.",
    )


@rule(
    "basics.left-out",
    summary="Parts of a page, such as menus and scripts, were not read as text of the post.",
    why="What was left out was not checked and would not be published.",
    good=_PAGE.format(""),
    bad=_PAGE.format("<nav><p>Home and contact</p></nav>"),
    authority="HTML standard, sections 4.3 (sections) and 4.4: nav, header, footer and aside "
    "are not the main content",
    severity="info",
)
def left_out(ctx: PostContext) -> Iterator[Report]:
    """Report, once for a post, what of its page was left out."""
    parts = ctx.post.left_out
    if not parts:
        return
    names = Counter(part.what for part in parts)
    told = ", ".join(
        f"{name} ({number} times)" if number > 1 else name for name, number in names.items()
    )
    yield ctx.report(
        ctx.top,
        f"Not read as text of the post: {told}. These parts were not checked and are not "
        "published.",
        help="If one of them belongs to the post, move it into the main part of the page.",
        related=tuple(Related(f"not read: {part.what}", part.span) for part in parts[:_SHOWN]),
    )
