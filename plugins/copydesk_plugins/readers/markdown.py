"""The Markdown reader: CommonMark with tables, footnotes and strikethrough, placed exactly.

The parser's ranges count UTF-8 bytes; `offsets.to_points` turns them into code points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from copydesk.api import BlockKind, ContentBuilder, MappedTextBuilder, Source, Span
from copydesk_plugins.readers import html_text
from copydesk_plugins.readers.markdown_inline import Inline
from copydesk_plugins.readers.offsets import Trimmer, cut, parsable, to_points

_CONTAINERS = frozenset({"BlockQuote", "List", "Item", "Table", "FootnoteDefinition"})
_TEXT_BLOCKS: dict[str, BlockKind] = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "TableCell": "table-cell",
}
#: Elements inside which tags and comments are text, and none that people see.
_UNSEEN = {
    "comment": "comment",
    "script": "script",
    "style": "style sheet",
    "textarea": "form",
    "title": "page head",
    "noscript": "hidden text",
    "noframes": "hidden text",
    "noembed": "hidden text",
    "xmp": "embedded content",
    "iframe": "embedded content",
}


@cache
def _parser() -> Any:
    import pyromark

    options = pyromark.Options
    return pyromark.Markdown(
        options=options.ENABLE_TABLES | options.ENABLE_FOOTNOTES | options.ENABLE_STRIKETHROUGH
    )


def read(source: Source, body: Span, builder: ContentBuilder) -> None:
    """Read the body of a Markdown source into blocks."""
    markdown = parsable(source.text[body.start : body.end])
    _Reading(source.text, body, builder).run(
        _parser().events_with_range(markdown), to_points(markdown)
    )


def html(source: Source, body: Span, omit: tuple[Span, ...]) -> str:
    """Render the body without the spans to omit; raw HTML passes through.

    What was left out on reading (a form, hidden text) was not checked, so it is not rendered.
    """
    gone = omit
    if "<" in source.text[body.start : body.end]:
        builder = ContentBuilder()
        read(source, body, builder)
        gone = (*omit, *(each.span for each in builder.left_out))
    rendered: str = _parser().html(parsable(cut(source.text, body, gone)))
    return rendered


def _named(event: Any) -> tuple[str, Any]:
    """Return the name and the data of an event, which is a name or a dictionary of one item."""
    return (event, None) if isinstance(event, str) else next(iter(event.items()))


class _Reading:
    """One pass over the parser's events; containers are a stack of the builder's, no recursion."""

    def __init__(self, text: str, body: Span, builder: ContentBuilder) -> None:
        self._text = text
        self._body = body
        self._builder = builder
        self._trim = Trimmer(text).span
        self._inline: Inline | None = None
        self._code: MappedTextBuilder | None = None
        self._html: list[Span] | None = None
        # What raw HTML left open, as browsers see it: all that follows is no text.
        self._unseen = ""
        self._unseen_start = 0

    def run(self, events: Iterable[tuple[Any, Any]], to_point: Callable[[int], int]) -> None:
        """Take all events in order."""
        base = self._body.start
        for event, place in events:
            start, end = base + to_point(place["start"]), base + to_point(place["end"])
            name, value = _named(event)
            if name == "Start":
                self._start(*_named(value), start, end)
            elif name == "End":
                self._end(_named(value)[0], start, end)
            else:
                self._leaf(name, value, start, end)
        self._flush()
        if self._unseen:
            self._builder.leave_out(
                f"{_UNSEEN[self._unseen]} that is never closed",
                self._trim(self._unseen_start, self._body.end),
            )

    def _start(self, kind: str, data: Any, start: int, end: int) -> None:
        if kind in _TEXT_BLOCKS:
            self._flush()
            level = int(data["level"][1:]) if kind == "Heading" else 0
            block = "footnote" if self._in_footnote(kind) else _TEXT_BLOCKS[kind]
            span = self._trim(start, end)
            while kind == "TableCell" and start < span.end and self._text[start] in " \t":
                start += 1
            self._inline = Inline(self._text, self._builder, block, Span(start, span.end), level)
        elif kind in _CONTAINERS:
            self._flush()
            self._open(kind, data, self._trim(start, end))
        elif kind == "CodeBlock":
            self._flush()
            self._code = MappedTextBuilder()
        elif kind == "HtmlBlock":
            self._flush()
            self._html = []
        elif kind == "Link":
            # The renderer writes `mailto:` before an address in angle brackets; so do we.
            scheme = "mailto:" if data["link_type"] == "Email" else ""
            self._at(start, end).open_link(scheme + data["dest_url"], start)
        elif kind == "Image":
            self._at(start, end).open_image(data["dest_url"], Span(start, end))
        elif kind in ("Emphasis", "Strong", "Strikethrough"):
            self._at(start, end)

    def _open(self, kind: str, data: Any, span: Span) -> None:
        if kind == "BlockQuote":
            self._builder.open("quote", span)
        elif kind == "List":
            self._builder.open("list", span, "bullet" if data is None else "ordered")
        elif kind == "Item":
            self._builder.open("item", span)
        elif kind == "Table":
            self._builder.open("table", span)
        else:
            self._builder.open("footnote", span, str(data))

    def _end(self, kind: str, start: int, end: int) -> None:
        if kind in _TEXT_BLOCKS:
            self._flush()
        elif kind in _CONTAINERS:
            self._flush()
            self._builder.close()
        elif kind == "CodeBlock" and self._code is not None:
            if not self._unseen:
                self._builder.add("code", self._trim(start, end), self._code.build())
            self._code = None
        elif kind == "HtmlBlock" and self._html is not None:
            pieces, self._html = self._html, None
            self._html_block(pieces)
        elif kind == "Link" and self._inline is not None:
            self._inline.close_link(end)
        elif kind == "Image" and self._inline is not None:
            self._inline.close_image()

    def _leaf(self, name: str, value: Any, start: int, end: int) -> None:
        if self._html is not None:
            self._html.append(Span(start, end))
        elif self._code is not None:
            self._code.add(value, start, end - start)
        elif name == "InlineHtml":
            self._inline_html(start, end)
        elif name in ("SoftBreak", "HardBreak"):
            self._at(start, end).line_break(start)
        elif self._unseen or name == "Rule" or start == end:
            return
        elif name == "Text":
            self._at(start, end).text(value, start, end)
        elif name == "Code":
            self._at(start, end).code(value, start, end)
        elif name == "FootnoteReference":
            self._at(start, end).footnote(value, start, end)

    def _at(self, start: int, end: int) -> Inline:
        """Return the open text block; a list item may hold text without a paragraph."""
        if self._inline is None:
            kind: BlockKind = "footnote" if self._in_footnote("Paragraph") else "paragraph"
            self._inline = Inline(self._text, self._builder, kind, None)
        self._inline.reach(start, end)
        return self._inline

    def _flush(self) -> None:
        if self._inline is not None:
            self._inline.finish()
            self._inline = None

    def _in_footnote(self, kind: str) -> bool:
        at = self._builder.current
        return kind == "Paragraph" and at != -1 and self._builder.containers[at].kind == "footnote"

    def _inline_html(self, start: int, end: int) -> None:
        inline = self._at(start, end)
        name, closes = html_text.tag_name(self._text[start:end])
        if self._unseen:
            if closes and name == self._unseen:
                self._close_unseen(end)
        elif name in _UNSEEN and not closes:
            self._unseen, self._unseen_start = name, start
        else:
            inline.html(start, end)

    def _close_unseen(self, end: int) -> None:
        name, self._unseen = self._unseen, ""
        html = self._text[self._unseen_start : end]
        # A frame with nothing between its tags may stay: there is nothing unread in it.
        if name != "iframe" or html_text.has_text(html):
            self._builder.leave_out(_UNSEEN[name], Span(self._unseen_start, end))

    def _html_block(self, pieces: list[Span]) -> None:
        """Read the text of raw HTML; the marks of a quote between its lines become blanks."""
        if not pieces:
            return
        start = at = pieces[0].start
        parts, gaps = [], []
        for piece in pieces:
            if piece.start > at:
                gaps.append(Span(at, piece.start))
            parts.append(" " * (piece.start - at))
            parts.append(self._text[piece.start : piece.end])
            at = piece.end
        html = "".join(parts)
        unseen, still_open = html_text.unseen_parts(html, self._unseen)
        seen = Span(0, len(html))
        if unseen and self._unseen:
            seen = Span(unseen[0][1].end, seen.end)
            if len(unseen) > 1 or not still_open:
                self._close_unseen(start + seen.start)
        if still_open and not self._unseen:
            seen = Span(seen.start, unseen[-1][1].start)
            self._unseen, self._unseen_start = still_open, start + seen.end
        if html_text.has_content(html_text.blanked(html, [span for _, span in unseen])):
            from copydesk_plugins.readers.html_blocks import read_fragment

            read_fragment(html[seen.start : seen.end], start + seen.start, self._builder, gaps)
            return
        for name, span in unseen:
            if name != "comment" and seen.start <= span.start and span.end <= seen.end:
                self._builder.leave_out(_UNSEEN[name], Span(start + span.start, start + span.end))
