"""Rules on how the posts of a site link one another: orphans, and one text for two posts."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Entry, Option, Related, Report, SiteContext, site_rule
from copydesk_plugins.seo.aims import Aim, aims
from copydesk_plugins.seo.amounts import counted, share
from copydesk_plugins.seo.word_lists import generic_link

_SHOWN = 5
_ALONE = "---\ntitle: Fees\nstate: scheduled\n---\n\nOne hour is 90.\n"


@site_rule(
    "seo.orphan",
    summary="No other post links to a public post.",
    why="Who reads a post does not find the next one, and search engines take it for unimportant.",
    good=_ALONE,
    bad=_ALONE,
    authority="Google Search Central, SEO link best practices: every page you care about should "
    "have a link from at least one other page of your site",
    severity="info",
    options=(
        Option(
            "min-posts", "Sites with fewer public posts are not judged.", 5, minimum=2, maximum=1000
        ),
    ),
)
def orphan(ctx: SiteContext) -> Iterator[Report]:
    """Report posts that no text of another public post links to; older and newer do not count.

    Where most posts are such, that is one finding for the site.
    """
    public = [entry for entry in ctx.index if entry.due and not entry.noindex]
    if len(public) < ctx.number("min-posts"):
        return
    linked = {
        aim.post.key
        for aim in aims(ctx)
        if aim.post is not None
        and aim.source.due
        and aim.kind == "post"
        and aim.post is not aim.source
    }
    alone = [entry for entry in public if entry.key not in linked]
    if 2 * len(alone) > len(public):
        yield ctx.report(
            alone[0],
            f"No other post links to {share(len(alone), len(public), 'public post')}; who reads "
            "one does not find the next.",
            help="Link a post where another one touches its subject. Links to older and newer "
            "posts are made anyway and do not count.",
            related=tuple(
                Related("not linked either", each.title_span, each.key)
                for each in alone[1 : _SHOWN + 1]
            ),
        )
        return
    for entry in alone:
        yield ctx.report(
            entry,
            f"None of the other {counted(len(public) - 1, 'public post')} links to this one; "
            "readers of those do not find it.",
            help="Link it from a post that touches its subject. Links to older and newer posts "
            "are made anyway and do not count.",
        )


@site_rule(
    "seo.competing-links",
    summary="The same link text leads to two different posts.",
    why="Readers and search engines cannot tell which of the two is the one on that subject.",
    good="---\ntitle: Fees\n---\n\nSee [this post](#one-hour).\n\n## One hour\n\nIt is 90.\n",
    bad="---\ntitle: Fees\n---\n\n[Our fees](fees.md) and [our fees](fees-old.md).\n",
    authority="WCAG 2.2, technique G197 (labels and names used consistently), for 3.2.4; Google "
    "Search Central, SEO link best practices: link text tells what the page is about",
    severity="info",
)
def competing_links(ctx: SiteContext) -> Iterator[Report]:
    """Report once each text that links two or more posts; texts such as "here" are left out."""
    by_text: dict[str, list[Aim]] = {}
    for aim in aims(ctx):
        text = " ".join(aim.link.text.split()).casefold()
        # A place inside the same post, and another in that post, are no rivals.
        if aim.kind == "post" and aim.post is not aim.source and text and not generic_link(text):
            by_text.setdefault(text, []).append(aim)
    for found in by_text.values():
        firsts: dict[str, Aim] = {}
        for aim in found:
            assert aim.post is not None
            firsts.setdefault(aim.post.key, aim)
        if len(firsts) > 1:
            yield _competing(ctx, list(firsts.values()))


def _competing(ctx: SiteContext, found: list[Aim]) -> Report:
    posts = [_name(aim.post) for aim in found if aim.post is not None]
    return ctx.report(
        found[1].source,
        f"The text “{found[1].link.text[:60]}” links {counted(len(found), 'different post')}: "
        f"{'; '.join(posts[:_SHOWN])}. Nobody can tell which is the one on that subject.",
        span=found[1].link.span,
        help="Give each link words that say what is special about its post.",
        related=tuple(
            Related("the same text", each.link.span, each.source.key)
            for each in (found[0], *found[2 : _SHOWN + 1])
        ),
    )


def _name(entry: Entry) -> str:
    return f"“{entry.title[:60]}”" if entry.title else entry.key
