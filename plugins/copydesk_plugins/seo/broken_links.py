"""Rules on links inside a site that lead nowhere: to no post, or to no place in one."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Option, Related, Report, SiteContext, site_rule
from copydesk_plugins.seo.aims import Aim, aims
from copydesk_plugins.seo.nearest import Names

_SHOWN = 5
_LINKED = "---\ntitle: Fees\nstate: scheduled\n---\n\n## One hour\n\nSee {}.\n"
#: Pages that most sites have beside their posts.
_PAGES = (
    "about",
    "about-us",
    "archive",
    "blog",
    "book",
    "booking",
    "categories",
    "category",
    "contact",
    "contact-us",
    "faq",
    "faqs",
    "feed",
    "home",
    "index",
    "legal",
    "locations",
    "our-team",
    "page",
    "preview",
    "privacy",
    "privacy-policy",
    "services",
    "tag",
    "team",
    "terms",
)


@site_rule(
    "seo.broken-link",
    summary="A link inside the site leads to no post.",
    why="Readers end on a page that says “not found”, or the link is left out on publishing.",
    good=_LINKED.format("[the table](#one-hour)"),
    bad=_LINKED.format("[the table](/fee-table/)"),
    authority="Google Search Central, SEO link best practices: links that can be followed; that "
    "a draft's link to another post names its file: Copydesk",
    options=(
        Option(
            "pages",
            "Addresses of the site that are no posts, by the last part of each.",
            _PAGES,
        ),
    ),
)
def broken_link(ctx: SiteContext) -> Iterator[Report]:
    """Report links that will not be kept, misspelt addresses, and links to what is not public."""
    pages = frozenset(page.casefold() for page in ctx.terms("pages"))
    slugs = Names([entry.slug for entry in ctx.index])
    unknown: dict[str, list[Aim]] = {}
    for aim in aims(ctx):
        if aim.kind == "unread":
            yield _unread(ctx, aim)
        elif aim.kind == "post" and aim.post is not None:
            if aim.source.due and not aim.post.due:
                yield _not_public(ctx, aim)
        elif aim.kind == "unknown" and aim.slug.casefold() not in pages:
            unknown.setdefault(aim.slug.casefold(), []).append(aim)
    for found in unknown.values():
        yield from _unknown(ctx, found, slugs)


def _unread(ctx: SiteContext, aim: Aim) -> Report:
    said = (
        f"“{_short(aim.link.href)}” is neither the file of a post nor a whole web address; on "
        "publishing, its words stay without the link."
    )
    if aim.post is not None:
        help = f"Name the file of the post, seen from this one: it is {aim.post.key}."
    else:
        help = (
            "For a post of this site, name its file, such as `fees.md`; for another page, write "
            "its whole address with https://."
        )
    return ctx.report(aim.source, said, span=aim.link.span, help=help)


def _not_public(ctx: SiteContext, aim: Aim) -> Report:
    assert aim.post is not None
    meanwhile = (
        "readers end on a page that says “not found”"
        if aim.whole
        else "the words stand there without the link"
    )
    return ctx.report(
        aim.source,
        f"The post behind this link, “{_short(aim.post.title or aim.post.key)}”, is not public "
        f"yet; until it is, {meanwhile}.",
        span=aim.link.span,
        help="Nothing is to do if it follows soon. Otherwise link another post.",
        severity="warning" if aim.whole else "info",
    )


def _unknown(ctx: SiteContext, found: list[Aim], slugs: Names) -> Iterator[Report]:
    """Report an address that no post has: for sure where it is a slip, else once for a site."""
    near = slugs.near(found[0].slug)
    if near:
        for aim in found:
            yield ctx.report(
                aim.source,
                f"No post of this site has the address “{_short(aim.slug)}”; readers would end on "
                "a page that says “not found”.",
                span=aim.link.span,
                help=f"“{near}” is one. Better still, name the file of the post: then a new slug "
                "breaks no link.",
            )
        return
    first = found[0]
    if first.depth > 1:
        return  # a page of another part of the site
    yield ctx.report(
        first.source,
        f"No post of this site has the address “{_short(first.slug)}”; if no page has it either, "
        "readers end on one that says “not found”.",
        span=first.link.span,
        help="Check the link. If it is right, add the address to the option `pages` of this rule.",
        related=tuple(
            Related("leads there, too", each.link.span, each.source.key)
            for each in found[1 : _SHOWN + 1]
        ),
        severity="info",
    )


@site_rule(
    "seo.broken-anchor",
    summary="A link leads to a place in a post that is not there.",
    why="Readers land at the top of the page and have to look for themselves.",
    good=_LINKED.format("[one hour](#one-hour)"),
    bad=_LINKED.format("[two hours](#two-hours)"),
    authority="HTML standard, section 7.4.6.4 (scrolling to a fragment): the part behind “#” is "
    "the id of an element of the page",
    options=(
        Option(
            "anchors",
            "Places that the site's template has on every page.",
            ("top", "comments", "respond", "main", "content"),
        ),
    ),
)
def broken_anchor(ctx: SiteContext) -> Iterator[Report]:
    """Report each link whose part behind "#" is no heading and no id of the post it leads to."""
    always = frozenset(ctx.terms("anchors"))
    known: dict[str, tuple[frozenset[str], Names]] = {}
    for aim in aims(ctx):
        anchor = aim.link.anchor
        if aim.kind != "post" or aim.post is None or not anchor or anchor in always:
            continue
        if aim.post.key not in known:
            anchors = aim.post.outline.anchors
            known[aim.post.key] = frozenset(anchors), Names(anchors)
        places, names = known[aim.post.key]
        if anchor in places or anchor.startswith(":~:"):
            continue
        near = names.near(anchor)
        where = "this post" if aim.post is aim.source else f"“{_short(aim.post.title)}”"
        yield ctx.report(
            aim.source,
            f"There is no place “{_short(anchor)}” in {where}; readers land at the top of the "
            "page.",
            span=aim.link.span,
            help=f"“#{near}” is there."
            if near
            else "A heading can be linked by its words in small letters, joined by hyphens: "
            "“Our fees” is `#our-fees`.",
        )


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
