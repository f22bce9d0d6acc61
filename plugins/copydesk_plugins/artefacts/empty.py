"""Rule artefacts.empty: headings without words, and links without words or address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import Edit, Link, PostContext, Report, Span, rule
from copydesk_plugins.artefacts.look import Look, look, short

#: The end of a line of marks; then the whole line is looked at.
_LAST_MARK = re.compile(r"#[ \t]*(?=[\r\n]|\Z)")
_MARKDOWN = re.compile(r" {0,3}#{1,6}[ \t]*(?:#+[ \t]*)?")
_HTML = re.compile(
    r"<h([1-6])(?:\s[^<>]*)?>"
    r"(?:\s|&nbsp;|&#160;|\u00a0|<br ?/?>|</?(?:strong|b|em|i|span)>)*</h\1>",
    re.IGNORECASE,
)


@rule(
    "artefacts.empty",
    summary="A heading without words, or a link without words or without an address",
    why="Screen readers announce a heading or a link and then say nothing; a link without an "
    "address leads nowhere.",
    good="## Fees\n\nSee [our fees](fees.md).",
    bad="## Fees\n\nSee [our fees]().",
    authority="WCAG 2.2, success criteria 2.4.4 (link purpose) and 2.4.6 (headings and labels)",
)
def empty(ctx: PostContext) -> Iterator[Report]:
    """Report each empty heading and link."""
    seen = look(ctx)
    yield from _headings(ctx, seen)
    images = {image.span.start for image in ctx.post.images}
    for link in ctx.post.links:
        if not link.text and link.href.strip() and not link.href.startswith("#fn"):
            yield from _wordless(ctx, link, images)
        elif link.text and link.href.strip() in ("", "#") and not _to_the_top(link):
            yield ctx.report(
                link.span,
                f"The link “{short(link.text)}” has no address, so it leads nowhere.",
                help="Give it its address, or take the link away and leave the words.",
            )


def _headings(ctx: PostContext, seen: Look) -> Iterator[Report]:
    found: list[Span] = []
    if ctx.post.reader == "markdown" and "#" in seen.text:
        found += _lines_of_marks(seen.text, ctx.post.body.start)
    if ctx.post.reader != "pasted" and "</h" in seen.lowered:
        found += [Span(*each.span()) for each in _HTML.finditer(seen.text, ctx.post.body.start)]
    for span in found:
        if not seen.in_code(span.start) and not _inside_text(seen, span):
            yield ctx.report(
                span,
                "A heading stands here without words, which screen readers announce as a "
                "heading with nothing in it.",
                help="Write the heading, or remove it.",
                fix=_whole_lines(seen.text, span),
            )


def _lines_of_marks(text: str, first: int) -> Iterator[Span]:
    """Yield the lines of Markdown that are a heading's marks and nothing else."""
    start = done = first
    for match in _LAST_MARK.finditer(text, first):
        # Looked for only behind the last find: to the beginning of the text takes too long.
        ends = [text.rfind(end, done, match.start()) for end in "\r\n"]
        start, done = max(start, max(ends) + 1), match.start()
        if _MARKDOWN.fullmatch(text, start, match.end()):
            yield Span(start, match.end())


def _inside_text(seen: Look, span: Span) -> bool:
    """Say whether the place is part of a block, such as a line of a comment or of an address."""
    block = seen.block_at(span.start)
    return block is not None and block.span.start <= span.start < block.span.end


def _whole_lines(text: str, span: Span) -> tuple[Edit, ...]:
    """Return the edit that takes out whole lines, where nothing else stands on them."""
    before = text[max(0, span.start - 1) : span.start]
    end = span.end
    while end < len(text) and text[end] in " \t\r":
        end += 1
    if before not in ("", "\n") or (end < len(text) and text[end] != "\n"):
        return ()
    while end < len(text) and text[end] in "\r\n":
        end += 1
    return (Edit(span.start, end, ""),)


def _wordless(ctx: PostContext, link: Link, images: set[int]) -> Iterator[Report]:
    """Report a link that shows nothing; what is certain to show nothing may go."""
    text = ctx.post.quote(link.span)
    if "<img" in text or "![" in text or "<svg" in text or "aria-label" in text:
        return
    bare = text.startswith("[](") and text.endswith(")")
    yield ctx.report(
        link.span,
        f"A link to “{short(link.href)}” has no words, so nobody sees it and screen readers "
        "read out its address.",
        help="Give it words, or remove it.",
        fix=(Edit(link.span.start, link.span.end, ""),) if bare else (),
    )


def _to_the_top(link: Link) -> bool:
    """Say whether a link means to go to the top of the page, as "#" alone does."""
    return link.href.strip() == "#" and "top" in link.text.lower()
