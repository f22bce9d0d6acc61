"""Blocks from a tree: headings, paragraphs, lists, quotes, tables, with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from bs4.element import PageElement, Tag

from copydesk.api import (
    BlockKind,
    ContainerKind,
    ContentBuilder,
    MappedText,
    MappedTextBuilder,
    Span,
)
from copydesk_plugins.readers import html_text
from copydesk_plugins.readers.html_parts import HEADINGS, always_left_out
from copydesk_plugins.readers.html_tree import PlacedTag, PlacedText, complete_part, parse

_CONTAINERS: dict[str, ContainerKind] = {
    "ul": "list",
    "ol": "list",
    "menu": "list",
    "li": "item",
    "blockquote": "quote",
    "table": "table",
    "dl": "definition",
}
_LABELS = {"ul": "bullet", "ol": "ordered", "menu": "bullet"}
_CELLS = frozenset({"td", "th"})
#: Text inside these belongs to no block around them.
_BARRIERS = frozenset({*_CONTAINERS, "details"})
#: Elements with a block of their own, whose place is the whole element.
_OWNERS = frozenset(
    {
        *HEADINGS,
        *_CELLS,
        "p",
        "pre",
        "dt",
        "dd",
        "figcaption",
        "summary",
        "address",
        "caption",
        "legend",
    }
)
_BLOCKS = frozenset(
    {
        *_OWNERS,
        *_CONTAINERS,
        "article",
        "aside",
        "body",
        "center",
        "details",
        "div",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "main",
        "nav",
        "section",
        "tbody",
        "tfoot",
        "thead",
        "tr",
    }
)
_NOTE_MARK = re.compile(r"\s*\[?(?:\d{1,3}|[*†‡])\]?\s*")
#: What browsers show instead of the text inside.
_PLAYERS = frozenset({"audio", "video"})
_NO_TEXT = frozenset({*_PLAYERS, "canvas", "embed", "iframe", "math", "object", "svg"})


def read_fragment(html: str, base: int, builder: ContentBuilder, gaps: Sequence[Span] = ()) -> None:
    """Read a piece of HTML that stands at the offset `base` of the source.

    `gaps` are places in the source that are blank in `html` and no part of it, such as the
    marks of a Markdown quote.
    """
    end = complete_part(html)
    BlockReader(html, base, builder, always_left_out, gaps).read(parse(html[:end]))
    if html[end:].strip():
        builder.leave_out("markup that is never closed", Span(base + end, base + len(html)))


class BlockReader:
    """Walks a tree with a stack of its own and adds what it finds to the builder.

    `left_out` says in plain words why an element is not read, or nothing. A block ends at the
    tags of block elements and at two line breaks in a row.
    """

    def __init__(
        self,
        html: str,
        base: int,
        builder: ContentBuilder,
        left_out: Callable[[PlacedTag], str],
        gaps: Sequence[Span] = (),
    ) -> None:
        self._html = html
        self._base = base
        self._builder = builder
        self._left_out = left_out
        self._gaps = gaps
        self._flow = html_text.Flow()
        self._pre = MappedTextBuilder()
        self._breaks = 0
        # The elements that the text at hand may belong to, and those with a block already.
        self._owners: list[PlacedTag] = []
        self._parted: set[int] = set()
        self._layout: dict[int, bool] = {}
        self._alts: list[MappedText] = []

    def read(self, root: Tag) -> None:
        """Read everything inside an element."""
        self._walk(root)
        self._flush()

    def _walk(self, root: Tag) -> None:
        stack: list[tuple[Tag, Iterator[PageElement]]] = [(root, iter(root.contents))]
        while stack:
            tag, rest = stack[-1]
            child = next(rest, None)
            if child is None:
                stack.pop()
                if tag is not root and isinstance(tag, PlacedTag):
                    self._close(tag)
            elif isinstance(child, PlacedTag):
                said = self._left_out(child)
                if said:
                    self._builder.leave_out(said, self._span(child.start, child.end))
                elif child.name == "sup" and self._is_note(child):
                    for link in child.find_all("a"):
                        if isinstance(link, PlacedTag):
                            self._link(link)
                elif child.name in _NO_TEXT:
                    self._leave_out_embedded(child)
                else:
                    self._open(child)
                    stack.append((child, iter(child.contents)))
            elif isinstance(child, PlacedText):
                self._text(child)

    def read_element(self, tag: PlacedTag) -> None:
        """Read an element itself with everything inside it."""
        self._open(tag)
        self._walk(tag)
        self._close(tag)

    def _leave_out_embedded(self, tag: PlacedTag) -> None:
        """Name the text inside a frame, a film or a drawing; the thing itself stays."""
        if tag.name not in _PLAYERS:
            if html_text.has_text(self._html[tag.inner : tag.inner_end]):
                self._builder.leave_out("embedded content", self._span(tag.inner, tag.inner_end))
            return
        # What is played is named by elements inside, so only the texts beside them go.
        done = tag.inner
        for each in tag.descendants:
            if (
                isinstance(each, PlacedTag | PlacedText)
                and each.start >= done
                and self._holds_text(each)
            ):
                self._builder.leave_out("embedded content", self._span(each.start, each.end))
                done = each.end

    def _holds_text(self, part: PlacedTag | PlacedText) -> bool:
        html = self._html[part.start : part.end]
        if isinstance(part, PlacedText):
            return bool(html.strip())
        return bool(always_left_out(part)) or (part.name in _NO_TEXT and html_text.has_text(html))

    def _is_note(self, tag: PlacedTag) -> bool:
        """Say whether raised text is the mark of a footnote: a linked number, no part of a word."""
        linked = tag.find("a") is not None or (tag.parent is not None and tag.parent.name == "a")
        said = "".join(each for each in tag.descendants if isinstance(each, PlacedText))
        return linked and bool(_NOTE_MARK.fullmatch(said))

    def _span(self, start: int, end: int) -> Span:
        return Span(self._base + start, self._base + end)

    def _text(self, text: PlacedText) -> None:
        before = self._flow.end
        self._flow.add(self._html, text.start, text.end, self._base)
        if self._owner_name == "pre":
            self._verbatim(text.start, text.end)
        if self._flow.end != before:
            self._breaks = 0

    def _verbatim(self, start: int, end: int) -> None:
        """Append preformatted text as it is, but for the gaps in it."""
        begin = self._base + start
        for gap in self._gaps[bisect_right(self._gaps, begin, key=lambda gap: gap.end) :]:
            stop = gap.start - self._base
            if stop >= end:
                break
            html_text.verbatim(self._html, start, stop, self._base, self._pre)
            start = gap.end - self._base
        html_text.verbatim(self._html, start, end, self._base, self._pre)

    @property
    def _owner_name(self) -> str:
        return self._owners[-1].name if self._owners else ""

    def _open(self, tag: PlacedTag) -> None:
        name = tag.name
        if name == "br":
            self._line_break(tag)
        elif name == "a":
            self._link(tag)
        elif name == "img":
            self._image(tag)
        elif name in _BLOCKS:
            self._flush()
            if name in _CONTAINERS:
                self._builder.open(
                    _CONTAINERS[name], self._span(tag.start, tag.end), _LABELS.get(name, "")
                )
            if name in _OWNERS or name in _BARRIERS:
                self._owners.append(tag)

    def _close(self, tag: PlacedTag) -> None:
        if tag.name not in _BLOCKS:
            return
        self._flush(tag)
        if tag.name in _CONTAINERS:
            self._builder.close()
        if tag.name in _OWNERS or tag.name in _BARRIERS:
            self._owners.pop()

    def _line_break(self, tag: PlacedTag) -> None:
        self._breaks += 1
        self._flow.blank(self._base + tag.start, tag.end - tag.start)
        if self._owner_name == "pre":
            self._pre.add("\n", self._base + tag.start, tag.end - tag.start)
        elif self._breaks > 1 and self._owner_name not in HEADINGS:
            self._flush()

    def _link(self, tag: PlacedTag) -> None:
        href = html_text.attributes(self._html, tag.start, tag.inner).get("href")
        if href is None:
            return
        said: list[str] = []
        for each in tag.descendants:
            if isinstance(each, PlacedText):
                said.append(unescape(self._html[each.start : each.end]))
            elif isinstance(each, PlacedTag) and each.name == "img":
                said.append(str(each.get("alt") or ""))
            elif isinstance(each, PlacedTag) and (each.name == "br" or each.name in _BLOCKS):
                said.append(" ")
        self._builder.add_link(
            html_text.value(self._html, href),
            " ".join("".join(said).split()),
            self._span(tag.start, tag.end),
        )

    def _image(self, tag: PlacedTag) -> None:
        found = html_text.attributes(self._html, tag.start, tag.inner)
        src = html_text.value(self._html, found.get("src", Span(0, 0)))
        alt = found.get("alt")
        mapped = html_text.mapped_value(self._html, alt, self._base) if alt is not None else None
        self._builder.add_image(
            src, mapped.plain if mapped is not None else None, self._span(tag.start, tag.inner)
        )
        if mapped is not None and mapped.plain:
            self._alts.append(mapped)

    def _flush(self, closing: PlacedTag | None = None) -> None:
        """Add the block collected so far, then the alternative texts that stand in it."""
        flow, self._flow, self._breaks = self._flow, html_text.Flow(), 0
        verbatim, self._pre = self._pre, MappedTextBuilder()
        owner = self._owners[-1] if self._owners else None
        if not flow.empty:
            span = Span(flow.start, flow.end)
            if owner is not None and owner.name in _OWNERS:
                if owner is closing and id(owner) not in self._parted:
                    # Without an end tag of its own, the element ends with its text.
                    is_ended = owner.end > owner.inner_end
                    span = Span(
                        self._base + owner.start, self._base + owner.end if is_ended else flow.end
                    )
                self._parted.add(id(owner))
            kind, level = self._kind(owner)
            text = verbatim.build() if kind == "code" else flow.build()
            self._builder.add(kind, span, text, level)
        alts, self._alts = self._alts, []
        for alt in alts:
            self._builder.add("alt", alt.to_source(0, len(alt.plain)), alt)

    def _kind(self, owner: PlacedTag | None) -> tuple[BlockKind, int]:
        """Return the kind and level of the text at hand."""
        if owner is None or owner.name in _BARRIERS:
            return "paragraph", 0
        if owner.name in HEADINGS:
            return "heading", int(owner.name[1])
        if owner.name == "pre":
            return "code", 0
        cell = owner.parent if owner.name == "p" else owner
        if cell is not None and cell.name in _CELLS and not self._is_layout(cell):
            return "table-cell", 0
        return "paragraph", 0

    def _is_layout(self, cell: Tag) -> bool:
        """Say whether a table cell holds several blocks: then the table lays out a page."""
        known = self._layout.get(id(cell))
        if known is None:
            blocks = [
                each
                for each in cell.contents
                if isinstance(each, PlacedTag) and each.name in _BLOCKS
            ]
            known = self._layout[id(cell)] = len(blocks) > 1
        return known
