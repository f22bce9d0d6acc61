"""Rules on the links of one post: what they say, and whether there are any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import Link, Option, PostContext, Related, Report, rule
from copydesk_plugins.seo.amounts import counted
from copydesk_plugins.seo.word_lists import generic_link

_SHOWN = 5
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: A host alone can be read out; what stands behind it is spelled.
_ONLY_HOST = re.compile(r"(?:https?://)?(?:www\.)?[^/?#]+/?", re.IGNORECASE)
_SOURCES = re.compile(r"references?|sources?|citations?|bibliography|works cited|further reading")
_PAGE = re.compile(r"https?:|//|(?![a-z][a-z0-9+.-]*:)[^#]", re.IGNORECASE)
_PROSE = frozenset({"paragraph", "list-item"})
_LONG = "---\ntitle: Visits\nstate: scheduled\n---\n\n" + "We sit in the room and talk. " * 50


@rule(
    "seo.link-text",
    summary="The text of a link does not say where it leads.",
    why="Many people hear or see a list of the links alone, and “here” tells them nothing.",
    good="Read [what a first visit costs](https://example.org/fees).\n",
    bad="To read what a first visit costs, [click here](https://example.org/fees).\n",
    authority="WCAG 2.2, 2.4.4 Link Purpose (level A, in its context) and 2.4.9 (level AAA, by "
    "the link alone); Google Search Central, SEO link best practices: no “click here”, no “read "
    "more”",
    severity="info",
    languages=("en",),
)
def link_text(ctx: PostContext) -> Iterator[Report]:
    """Report once the links whose whole text is a word such as "here"."""
    # A link without an address leads nowhere, and that is told by another rule.
    found = [each for each in ctx.post.links if each.href.strip() and generic_link(each.text)]
    if found:
        yield ctx.report(
            found[0].span,
            f"The link text “{found[0].text}” does not say where the link leads"
            f"{_of_all(ctx, found)}; many people hear the links of a page as a list.",
            help="Make the words that name what is behind it the link: “our fees” instead of "
            "“here”.",
            related=_others(found, "says as little"),
        )


@rule(
    "seo.bare-address",
    summary="The text of a link is a web address.",
    why="Screen readers spell it out, and nobody learns what is behind it.",
    good="The [booking form](https://example.org/book/new?step=1) takes five minutes.\n",
    bad="Use <https://example.org/book/new?step=1> to book.\n",
    authority="WCAG 2.2, 2.4.4 Link Purpose (In Context); W3C WAI, Tips for Getting Started: make "
    "link text meaningful. That addresses may stand in lists of sources: Copydesk",
    severity="info",
)
def bare_address(ctx: PostContext) -> Iterator[Report]:
    """Report once the links in running text whose text is an address with a path."""
    found = [link for link in ctx.post.links if _is_bare(link.text) and _in_prose(ctx, link)]
    if found:
        yield ctx.report(
            found[0].span,
            f"The text of this link is an address{_of_all(ctx, found)}; screen readers spell it "
            "out, and it does not say what is behind it.",
            help="Name the page: `[the booking form](https://...)`. Lists of sources may show "
            "addresses.",
            related=_others(found, "is an address, too"),
        )


@rule(
    "seo.no-links",
    summary="A long post links to nothing.",
    why="Readers who want to know more, or to check what is said, find no way on.",
    good=_LONG + "See [our fees](https://example.org/fees).\n",
    bad=_LONG + "\n",
    authority="Google Search Central, SEO link best practices: every page that matters is linked "
    "from another, and sources are linked where they are cited. The number of words: Copydesk",
    severity="info",
    options=(
        Option(
            "min-words", "Posts with fewer words are not judged.", 300, minimum=50, maximum=10000
        ),
    ),
)
def no_links(ctx: PostContext) -> Iterator[Report]:
    """Report a post of many words that is no draft and has no link to any page."""
    if ctx.post.metadata.state == "draft" or any(_PAGE.match(each.href) for each in ctx.post.links):
        return
    total = ctx.counted.total_words
    if total >= ctx.number("min-words"):
        yield ctx.report(
            ctx.top,
            f"This post has {counted(total, 'word')} and 0 links to other pages; whoever wants to "
            "know more, or to check what it says, finds no way on.",
            help="Link the post of this site that answers the next question, and the source of "
            "what you state.",
        )


def _is_bare(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text)) and not _ONLY_HOST.fullmatch(text)


def _in_prose(ctx: PostContext, link: Link) -> bool:
    """Say whether a link stands in running text: not in a note, a table or a list of sources."""
    blocks = ctx.post.blocks
    if link.block >= len(blocks) or blocks[link.block].kind not in _PROSE:
        return False
    at = blocks[link.block].heading
    while at != -1:
        if _SOURCES.search(blocks[at].text.plain.casefold()):
            return False
        at = blocks[at].heading
    return not ctx.post.inside(blocks[link.block], "footnote")


def _of_all(ctx: PostContext, found: list[Link]) -> str:
    total = len(ctx.post.links)
    if len(found) == 1:
        return ""
    return f" ({len(found)} of {counted(total, 'link')} in this post are like it)"


def _others(found: list[Link], said: str) -> tuple[Related, ...]:
    return tuple(Related(f"“{each.text[:60]}” {said}", each.span) for each in found[1 : _SHOWN + 1])
