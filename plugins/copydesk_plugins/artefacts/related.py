"""Rule artefacts.related-posts: the list of other posts that an old site puts below each post."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, Span, rule
from copydesk_plugins.artefacts.lines import Line, lines, share_before, short_lines
from copydesk_plugins.artefacts.look import look
from copydesk_plugins.artefacts.vocabulary import words_in

_LONGEST_TITLE = 150
_MOST_LINES = 40


@rule(
    "artefacts.related-posts",
    summary="A list of related posts left over from an old site, with titles that lead nowhere",
    why="Titles without links promise pages that readers cannot open.",
    good="Bring your forms.\n\n## Related posts\n\n- [The first visit](first-visit.md)",
    bad="Bring your forms and your glasses, and come early.\n\nYou may also like\n\nMeet our team",
    authority="Copydesk: residue seen on posts copied from site builders",
)
def related_posts(ctx: PostContext) -> Iterator[Report]:
    """Report such a heading near the end where no link follows it and nothing but titles does."""
    known = words_in("related", "heading")
    for each in short_lines(ctx):
        if each.key not in known or share_before(ctx, each.line.span.start) < 0.4:
            continue
        below = lines(ctx)[each.at + 1 :]
        if len(below) <= _MOST_LINES and all(map(_title, below)) and not _helps(ctx, each.line):
            last = below[-1] if below else each.line
            yield ctx.report(
                Span(each.line.span.start, last.span.end),
                f"“{each.line.text}” looks left over from an old site: what stands below it has "
                "no links, so readers cannot get there."
                if below
                else f"“{each.line.text}” looks left over from an old site: nothing stands below "
                "it.",
                help="Remove these lines, or link each title to its post."
                if below
                else "Remove it, or name and link the posts that are meant.",
            )
            return


def _title(line: Line) -> bool:
    return len(line.text) <= _LONGEST_TITLE and not line.text.endswith((".", ":"))


def _helps(ctx: PostContext, line: Line) -> bool:
    """Say whether something below the line is more than titles: a link, a list, a table."""
    start = line.span.start
    if any(link.span.start >= start for link in ctx.post.links[-_MOST_LINES:]):
        return True
    blocks = look(ctx).blocks[-1:]
    return (
        bool(blocks)
        and blocks[0].kind in ("table-cell", "footnote")
        and (blocks[0].span.start > start)
    )
