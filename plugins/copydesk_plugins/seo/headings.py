"""Rules on headings: one title on a page, and no rank passed over."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Block, PostContext, Related, Report, rule
from copydesk_plugins.seo.amounts import counted

#: Other places that are named in one finding; the rest is a number.
_SHOWN = 5


@rule(
    "seo.second-title",
    summary="A post has a heading of the first level besides its title.",
    why="The title is the first-level heading of the page; a second one says that a new page "
    "begins.",
    good="# Fees\n\nOne hour is 90.\n\n## Insurance\n\nAsk us.\n",
    bad="# Fees\n\nOne hour is 90.\n\n# Insurance\n\nAsk us.\n",
    authority="HTML standard, section 4.3.11 (headings and outlines): rank 1 begins the outline; "
    "WCAG 2.2, 1.3.1 Info and Relationships; that each target shows the title as the heading of "
    "rank 1: Copydesk",
)
def second_title(ctx: PostContext) -> Iterator[Report]:
    """Report once the headings of level 1 that are not the title."""
    found = [each for each in _headings(ctx) if each.level == 1]
    if not found:
        return
    more = f" The post has {len(found)} of them." if len(found) > 1 else ""
    if not ctx.post.title:
        return  # a post without a title is the business of artefacts.title
    yield ctx.report(
        found[0],
        "This is a heading of the first level, and so is the title of the page; screen readers and "
        f"search engines take it for a second title.{more}",
        help="Make it a heading of the second level (`##` in Markdown), and move those below it "
        "down with it.",
        related=_others(found, "first level, too"),
    )


@rule(
    "seo.heading-order",
    summary="A heading skips a level.",
    why="People who move from heading to heading by ear look for the one that is missing.",
    good="# Fees\n\n## Visits\n\n### One hour\n\nIt is 90.\n",
    bad="# Fees\n\n## Visits\n\n#### One hour\n\nIt is 90.\n",
    authority="WCAG 2.2, technique G141 (organizing a page using headings), for 1.3.1; it advises, "
    "and does not require, that no level is skipped",
    severity="info",
)
def heading_order(ctx: PostContext) -> Iterator[Report]:
    """Report once the headings that lie more than one level below the one before."""
    found, above = [], 1
    headings = list(_headings(ctx))
    for each in headings:
        if each.level > above + 1:
            found.append((each, above))
        above = each.level
    if not found:
        return
    first, above = found[0]
    only = above == 1 and first is headings[0]
    before = "the title is the only heading above it" if only else f"above it is level {above}"
    do = "does" if len(found) == 2 else "do"
    more = f" So {do} {counted(len(found) - 1, 'other heading')}." if len(found) > 1 else ""
    yield ctx.report(
        first,
        f"This heading has level {first.level} and {before}, so it skips a level; screen readers "
        f"announce a part that is not there.{more}",
        help=f"Make it level {above + 1}. How large it looks is for the style sheet to say.",
        related=_others([each for each, _ in found], "skips a level"),
    )


def _headings(ctx: PostContext) -> Iterator[Block]:
    """Yield the headings of the body that are not quoted."""
    for block in ctx.post.blocks:
        if (
            block.kind == "heading"
            and block.index != ctx.post.title_block
            and not ctx.post.inside(block, "quote")
        ):
            yield block


def _others(found: list[Block], said: str) -> tuple[Related, ...]:
    return tuple(Related(said, each.span) for each in found[1 : _SHOWN + 1])
