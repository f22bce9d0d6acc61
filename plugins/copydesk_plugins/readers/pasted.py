"""The reader for plain text as pasted from an old site: lines, bullets and likely headings."""

from __future__ import annotations

import html as escaping
from collections.abc import Iterable

from copydesk.api import Block, ContentBuilder, MappedText, MappedTextBuilder, Source, Span
from copydesk_plugins.readers.pasted_lines import (
    Piece,
    is_residue,
    looks_like_heading,
    pieces,
    points_elsewhere,
)

#: More short lines in a row than this, and they are a list without bullets.
_MOST_HEADINGS_IN_A_ROW = 2


def read(source: Source, body: Span, builder: ContentBuilder) -> None:
    """Read the body of a text file into blocks."""
    found = find_pieces(source.text, body)
    open_list: Piece | None = None
    for at, piece in enumerate(found):
        if open_list is not None and piece.style != open_list.style:
            builder.close()
            open_list = None
        if not piece.style:
            builder.add(
                "heading" if piece.level else "paragraph", _span(piece), _mapped(piece), piece.level
            )
            continue
        if open_list is None:
            last = at
            while last + 1 < len(found) and found[last + 1].style == piece.style:
                last += 1
            builder.open("list", Span(_span(piece).start, _span(found[last]).end), piece.style)
            open_list = piece
        builder.open("item", _span(piece))
        text = _mapped(piece)
        builder.add("paragraph", text.to_source(0, len(text.plain)), text)
        builder.close()
    if open_list is not None:
        builder.close()


def find_pieces(text: str, body: Span) -> list[Piece]:
    """Return the pieces of a text in order; headings have their level."""
    found = pieces(text, body.start, body.end)
    _find_headings(found)
    return found


def html(source: Source, body: Span, omit: tuple[Span, ...]) -> str:
    """Return the text as headings, paragraphs and lists."""
    builder = ContentBuilder()
    read(source, body, builder)
    shown = [
        block
        for block in builder.blocks
        if not any(start <= block.span.start < end for start, end in omit)
    ]
    return "".join(_elements(shown, builder))


def _elements(blocks: Iterable[Block], builder: ContentBuilder) -> Iterable[str]:
    open_list, tag = -1, ""
    for block in blocks:
        inside = builder.containers[block.container].parent if block.container != -1 else -1
        if inside != open_list:
            if open_list != -1:
                yield f"</{tag}>\n"
            open_list = inside
            if inside != -1:
                tag = "ol" if builder.containers[inside].label == "ordered" else "ul"
                yield f"<{tag}>\n"
        name = f"h{block.level}" if block.kind == "heading" else "p" if inside == -1 else "li"
        yield f"<{name}>{escaping.escape(block.text.plain, quote=False)}</{name}>\n"
    if open_list != -1:
        yield f"</{tag}>\n"


def _span(piece: Piece) -> Span:
    return Span(piece.lines[0].start, piece.lines[-1].end)


def _mapped(piece: Piece) -> MappedText:
    """Return the text of a piece; a line break with its indent is one blank."""
    builder = MappedTextBuilder()
    end = -1
    for line in piece.lines:
        skip = piece.skip if end == -1 else 0
        if end != -1:
            builder.add(" ", end, line.start - end)
        builder.add(line.text[skip:], line.start + skip)
        end = line.end
    return builder.build()


def _find_headings(found: list[Piece]) -> None:
    """Give a level to the short lines that text follows; the very first line is the title."""
    at = len(found) - 1
    while at >= 0:
        if not looks_like_heading(found[at]):
            at -= 1
            continue
        last = at
        while at >= 0 and looks_like_heading(found[at]):
            at -= 1
        first = at + 2 if at >= 0 and points_elsewhere(found[at].text) else at + 1
        row = found[first : last + 1]
        below = found[last + 1] if last + 1 < len(found) else None
        if below is None or is_residue(below.text):
            continue
        _give_levels(row, is_first=at == -1, below=below)


def _give_levels(row: list[Piece], is_first: bool, below: Piece) -> None:
    """Give levels to short lines in a row that stand right above a text."""
    if is_first and row:
        following = row[1] if len(row) > 1 else below
        if following.chunk != row[0].chunk or len(following.text) > len(row[0].text):
            row[0].level = 1
        row = row[1:]
    for piece, following in zip(row, [*row[1:], below], strict=False):
        # The same line twice is a link and its label, not a heading.
        if piece.text != following.text:
            piece.level = 2
    for piece in row[:-_MOST_HEADINGS_IN_A_ROW]:
        piece.level = 0
