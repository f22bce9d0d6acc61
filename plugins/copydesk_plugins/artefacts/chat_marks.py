"""Marks of chat windows inside the text: citation tokens, tracking tags, unfilled gaps."""

from __future__ import annotations

import re

from copydesk.api import Hit, PostContext, Span
from copydesk.api import words as find_words
from copydesk_plugins.artefacts.look import look, short
from copydesk_plugins.artefacts.vocabulary import chat_marks, chatbot

_BREAKS = frozenset(" \t\r\n()<>\"'`“”|")
#: A citation as ChatGPT writes it: 【4†source】.
_CITATION = re.compile(r"【[^【】†\r\n]{0,40}†[^【】\r\n]{0,120}】")
_LONGEST_GAP = 60
_LONGEST_GAP_WORDS = 6
_LONGEST_MARK = 400


def marks(ctx: PostContext) -> list[tuple[Span, str]]:
    """Return the marks in the body with the word or address they stand in."""
    first, seen = ctx.post.body.start, look(ctx)
    text = seen.text
    found: dict[int, Span] = {}
    for mark in chat_marks(seen.lowered, seen.words):
        at = seen.lowered.find(mark, first)
        while at != -1:
            span = _word_around(text, at, at + len(mark))
            if not seen.in_code(at):
                found.setdefault(span.start, span)
            at = seen.lowered.find(mark, max(span.end, at + 1))
    if "†" in text:
        for match in _CITATION.finditer(text, first):
            if not seen.in_code(match.start()):
                found.setdefault(match.start(), Span(*match.span()))
    return [(span, short(text[span.start : span.end])) for _, span in sorted(found.items())]


def _word_around(text: str, start: int, end: int) -> Span:
    low, high = max(0, start - _LONGEST_MARK), min(len(text), end + _LONGEST_MARK)
    while start > low and text[start - 1] not in _BREAKS:
        start -= 1
    while end < high and text[end] not in _BREAKS:
        end += 1
    return Span(start, end)


def placeholders(ctx: PostContext) -> list[tuple[Span, bool]]:
    """Return gaps in square brackets that were never filled, and whether that is certain."""
    found: list[tuple[Span, bool]] = []
    if "[" not in look(ctx).text:
        return found
    for unit in ctx.post.units:
        start = unit.text.find("[")
        while start != -1:
            end = unit.text.find("]", start, start + _LONGEST_GAP)
            kind = _gap(unit.text[start + 1 : end]) if end != -1 else ""
            if kind:
                span = ctx.span(unit, start, end + 1)
                if not look(ctx).in_code(span.start):
                    found.append((span, kind == "sure"))
            start = unit.text.find("[", start + 1)
    return found


def _gap(inside: str) -> str:
    """Say whether words in brackets are a gap: sure, doubtful or nothing."""
    keys = [word.text.lower().replace("’", "'") for word in find_words(inside)]
    hits, whole = chatbot().find(keys), Hit(0, len(keys))
    begins = any(hit.start == 0 for hit in hits.get("placeholder-start", []))
    if whole in hits.get("placeholder", []) or (begins and 1 < len(keys) <= _LONGEST_GAP_WORDS):
        return "sure"
    one_word = whole in hits.get("placeholder-word", []) and inside[0].isupper()
    return "doubtful" if one_word else ""
