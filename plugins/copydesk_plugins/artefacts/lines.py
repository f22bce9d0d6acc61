"""Lines that stand for themselves, and the safe way to take them out."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.api import Block, Edit, PostContext, Span
from copydesk_plugins.artefacts.look import once

_LINE = re.compile(r"[^\r\n]+")
_MARKUP = " \t*_#>~`"
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_AROUND = " \t.:…!|•·*–—-"
#: Lines up to this length may be words of a page around the post.
SHORT = 60
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


class ShortLine(NamedTuple):
    """A short line that stands for itself: its position among the lines, and what it says.

    `key` is in small letters, with "0" for each number and without marks around it.
    """

    at: int
    line: Line
    key: str


@once
def lines(ctx: PostContext) -> list[Line]:
    """Return the lines of all paragraphs and headings of the body, in order."""
    return [
        line for block in ctx.post.blocks if block.kind in _PROSE for line in _of_block(ctx, block)
    ]


@once
def short_lines(ctx: PostContext) -> list[ShortLine]:
    """Return the lines that are short enough to be words of a page around the post."""
    return [
        ShortLine(at, line, key_of(line.text))
        for at, line in enumerate(lines(ctx))
        if line.free and 0 < len(line.text) <= SHORT
    ]


def key_of(text: str) -> str:
    """Return a line as vocabularies write it."""
    text = _DIGITS.sub("0", text).casefold().replace("’", "'").strip(_AROUND)
    return " ".join(text.split())


def _of_block(ctx: PostContext, block: Block) -> list[Line]:
    source = ctx.post.source.text
    start, end = block.span
    whole = source[start:end]
    # In HTML a line break is only a blank; the text of the block is what is seen.
    if ("\n" not in whole and "\r" not in whole) or ctx.post.reader == "html":
        return [Line(block, block.span, block.text.plain.strip())]
    spans = [Span(start + match.start(), start + match.end()) for match in _LINE.finditer(whole)]
    texts = [source[span.start : span.end].strip(_MARKUP) for span in spans]
    short = all(len(text) <= SHORT for text in texts)
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
