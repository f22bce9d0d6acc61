"""The HTML reader: finds the post on a page, reads its text, and names what it leaves out.

Beautiful Soup reads; what is written are slices of the source, never a tree turned into text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.api import ContentBuilder, Source, Span
from copydesk_plugins.readers.offsets import cut

if TYPE_CHECKING:
    from bs4.element import PageElement

    from copydesk_plugins.readers.html_parts import Page


def _page(html: str) -> tuple[Page, int]:
    """Return the page and where the part of it ends that browsers show."""
    from copydesk_plugins.readers.html_parts import Page
    from copydesk_plugins.readers.html_tree import complete_part, parse

    end = complete_part(html)
    return Page(html, parse(html[:end])), end


def read(source: Source, body: Span, builder: ContentBuilder) -> None:
    """Read the body of an HTML source into blocks."""
    html = source.text[body.start : body.end]
    page, end = _page(html)
    _read_page(page, html, body.start, builder)
    if html[end:].strip():
        builder.leave_out("markup that is never closed", Span(body.start + end, body.end))


def html(source: Source, body: Span, omit: tuple[Span, ...]) -> str:
    """Return what stands inside the post's element, without what was left out and `omit`."""
    from copydesk_plugins.readers.html_tree import PlacedTag

    builder = ContentBuilder()
    text = source.text[body.start : body.end]
    page, end = _page(text)
    _read_page(page, text, body.start, builder)
    keep = Span(body.start, body.start + end)
    if isinstance(page.root, PlacedTag):
        keep = Span(body.start + page.root.inner, body.start + page.root.inner_end)
    return cut(source.text, keep, (*omit, *(each.span for each in builder.left_out)))


def _read_page(page: Page, html: str, base: int, builder: ContentBuilder) -> None:
    """Read the post's element and name the parts of the page around it, in their order."""
    from bs4.element import Tag

    from copydesk_plugins.readers.html_blocks import BlockReader
    from copydesk_plugins.readers.html_tree import PlacedTag, PlacedText

    reader = BlockReader(html, base, builder, page.left_out)
    stray = _Stray(base, builder)
    stack: list[PageElement] = [page.top]
    while stack:
        each = stack.pop()
        if each is page.root:
            stray.name()
            reader.read(page.root)
        elif each is page.title and page.title is not None:
            stray.name()
            reader.read_element(page.title)
        elif isinstance(each, PlacedText):
            if html[each.start : each.end].strip():
                stray.add(each.start, each.end)
        elif isinstance(each, PlacedTag) and (said := page.left_out_around(each)):
            stray.name()
            builder.leave_out(said, Span(base + each.start, base + each.end))
        elif isinstance(each, Tag):
            stack.extend(reversed(each.contents))
    stray.name()


class _Stray:
    """Text around the post that stands in no part with a name of its own."""

    def __init__(self, base: int, builder: ContentBuilder) -> None:
        self._base = base
        self._builder = builder
        self._span: tuple[int, int] | None = None

    def add(self, start: int, end: int) -> None:
        """Note a text; neighbours are named together."""
        self._span = (self._span[0] if self._span else start, end)

    def name(self) -> None:
        """Name what was noted."""
        if self._span is not None:
            self._builder.leave_out(
                "text outside the article",
                Span(self._base + self._span[0], self._base + self._span[1]),
            )
            self._span = None
