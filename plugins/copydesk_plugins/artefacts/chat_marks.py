"""Marks of chat windows inside the text: citation tokens, tracking tags, unfilled gaps."""

from __future__ import annotations

from bisect import bisect_right

from copydesk.api import Hit, PostContext, Span
from copydesk.api import words as find_words
from copydesk_plugins.artefacts.vocabulary import chatbot, chatbot_sections

_BREAKS = frozenset(" \t\r\n()<>\"'`“”|")
_LONGEST_GAP = 60
_LONGEST_GAP_WORDS = 6
_LONGEST_MARK = 400


def marks(ctx: PostContext) -> list[tuple[Span, str]]:
    """Return the marks in the body with the word or address they stand in."""
    body, text = ctx.post.body, ctx.post.source.text
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when lowered: then only plain ASCII is
        lowered = "".join(char.lower() if char.isascii() else char for char in text)
    found: dict[int, Span] = {}
    for mark in chatbot_sections()["mark"]:
        at = lowered.find(mark, body.start)
        while at != -1:
            span = _word_around(text, at, at + len(mark))
            if not _as_example(ctx, span):
                found.setdefault(span.start, span)
            at = lowered.find(mark, max(span.end, at + 1))
    return [(span, _short(text[span.start : span.end])) for _, span in sorted(found.items())]


def _word_around(text: str, start: int, end: int) -> Span:
    low, high = max(0, start - _LONGEST_MARK), min(len(text), end + _LONGEST_MARK)
    while start > low and text[start - 1] not in _BREAKS:
        start -= 1
    while end < high and text[end] not in _BREAKS:
        end += 1
    return Span(start, end)


def _as_example(ctx: PostContext, span: Span) -> bool:
    """Say whether the mark is shown as code, as in a post about such marks."""
    if ctx.post.source.text[span.start - 1 : span.start] == "`":
        return True
    at = bisect_right(ctx.post.blocks, span.start, key=lambda block: block.span.start) - 1
    return at >= 0 and ctx.post.blocks[at].kind == "code"


def placeholders(ctx: PostContext) -> list[tuple[Span, str]]:
    """Return gaps in square brackets that were never filled."""
    found = []
    for unit in ctx.post.units:
        start = unit.text.find("[")
        while start != -1:
            end = unit.text.find("]", start, start + _LONGEST_GAP)
            if end != -1 and _is_gap(unit.text[start + 1 : end]):
                found.append((ctx.span(unit, start, end + 1), unit.text[start : end + 1]))
            start = unit.text.find("[", start + 1)
    return found


def _is_gap(inside: str) -> bool:
    keys = [word.text.lower() for word in find_words(inside)]
    hits = chatbot().find(keys)
    begins = any(hit.start == 0 for hit in hits.get("placeholder-start", []))
    return Hit(0, len(keys)) in hits.get("placeholder", []) or (
        begins and 1 < len(keys) <= _LONGEST_GAP_WORDS
    )


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
