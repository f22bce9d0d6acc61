"""Lines that stand for themselves, and the safe way to take them out."""

from __future__ import annotations

import re
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import Block, Edit, PostContext, Span

_LINE = re.compile(r"[^\r\n]+")
_MARKUP = " \t*_#>~`"
_SHORT = 60
_SENTENCE_END = (".", "!", "?", ":", "”", '"')
_PROSE = frozenset({"paragraph", "heading"})


class Line(NamedTuple):
    """A line of a paragraph or heading: its block, its place, and its text without markup.

    `free` says that it does not continue the sentence of the line before.
    """

    block: Block
    span: Span
    text: str
    free: bool = True


_known: WeakKeyDictionary[PostContext, list[Line]] = WeakKeyDictionary()


def lines(ctx: PostContext) -> list[Line]:
    """Return the lines of all paragraphs and headings of the body, in order."""
    found = _known.get(ctx)
    if found is None:
        found = _known[ctx] = [
            line
            for block in ctx.post.blocks
            if block.kind in _PROSE
            for line in _of_block(ctx, block)
        ]
    return found


def _of_block(ctx: PostContext, block: Block) -> list[Line]:
    source = ctx.post.source.text
    start, end = block.span
    whole = source[start:end]
    # In HTML a line break is only a blank; the text of the block is what is seen.
    if ("\n" not in whole and "\r" not in whole) or ctx.post.reader == "html":
        return [Line(block, block.span, block.text.plain.strip())]
    spans = [Span(start + match.start(), start + match.end()) for match in _LINE.finditer(whole)]
    texts = [source[span.start : span.end].strip(_MARKUP) for span in spans]
    short = all(len(text) <= _SHORT for text in texts)
    return [
        Line(block, span, text, short or at == 0 or texts[at - 1].endswith(_SENTENCE_END))
        for at, (span, text) in enumerate(zip(spans, texts, strict=True))
        if text
    ]


def share_before(ctx: PostContext, offset: int) -> float:
    """Return which part of the body stands before an offset, 0 to 1."""
    body = ctx.post.body
    return (offset - body.start) / max(1, body.end - body.start)


def removal(ctx: PostContext, span: Span, block: Block) -> tuple[Edit, ...]:
    """Return the edit that takes out whole lines and the blank lines before them.

    Nothing is returned where other text stands on the same lines or where the lines are part
    of a list, a quote or a table: there a person must look.
    """
    text = ctx.post.source.text
    start, end = span
    while start > 0 and text[start - 1] not in "\r\n":
        start -= 1
    while end < len(text) and text[end] not in "\r\n":
        end += 1
    if block.container != -1 or text[start:end].strip() != text[span.start : span.end].strip():
        return ()
    end = _after_newline(text, end)
    first = ctx.post.body.start
    while start > first and text[start - 1].isspace():
        start -= 1
    if start > first:
        start = min(_after_newline(text, _line_end(text, start)), span.start)
    elif first == 0:
        while end < len(text) and text[end] in "\r\n":
            end += 1
    return (Edit(start, end, ""),)


def _line_end(text: str, at: int) -> int:
    while at < len(text) and text[at] not in "\r\n":
        at += 1
    return at


def _after_newline(text: str, at: int) -> int:
    if text.startswith("\r\n", at):
        return at + 2
    return at + 1 if at < len(text) else at
