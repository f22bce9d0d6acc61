"""Rule artefacts.template: code of templates and page builders that readers see as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from copydesk.api import PostContext, Related, Report, Severity, Span, rule
from copydesk_plugins.artefacts.look import Look, Seen, look, short
from copydesk_plugins.artefacts.vocabulary import vocabulary, words_in

#: A gap of a program's text: ${title}.
_GAP = re.compile(r"\$\{[A-Za-z_][^{}\r\n]{0,80}\}")
#: A tag written so that it shows: &lt;div class="x"&gt;.
_TAG = re.compile(
    r"</?(?:div|span|p|br|strong|em|ul|ol|li|h[1-6]|img|iframe|section|table|font|center|a href)"
    r"(?=[\s/>])[^<>]{0,200}>",
    re.IGNORECASE,
)
_SEVERITIES: tuple[Severity, ...] = ("error", "warning")
_SHOWN = 5
_MOST_COUNTED = 1000
#: So much of what stands around a mark is quoted.
_MOST_QUOTED = 60


@rule(
    "artefacts.template",
    summary="Code of a template, a page builder or a program that readers see as text",
    why="Such marks are replaced by a program that does not run here, so readers see the mark.",
    good="Write `${title}` where the title is to stand.",
    bad="Welcome to ${title}, your practice by the sea.",
    authority="Copydesk: residue seen on posts exported from sites and page builders",
    severity="error",
)
def template(ctx: PostContext) -> Iterator[Report]:
    """Report what was found once for each kind of mark, outside of code."""
    seen = look(ctx)
    for severity in _SEVERITIES:
        for mark in vocabulary("template", severity).possible(seen.words):
            if mark in seen.lowered and not seen.shown_as_code(mark):
                yield from _told(ctx, _places(ctx, mark), severity)
    if "${" in seen.text and not seen.shown_as_code("${"):
        gaps = (each for each in seen.matches(_GAP) if _plain(each) and not _in_address(each))
        yield from _told(ctx, (each.span for each in gaps), "error")
    if "&lt;" in seen.lowered or ctx.post.reader == "pasted" or "\\<" in seen.text:
        yield from _told(ctx, (each.span for each in seen.matches(_TAG)), "warning")
    yield from _values(ctx, seen)


def _places(ctx: PostContext, mark: str) -> Iterator[Span]:
    """Yield where a mark stands: PHP is no text to a reader of files, but to browsers it is."""
    seen = look(ctx)
    if not mark.startswith("<?"):
        yield from (_word(ctx, each.span) for each in seen.seen(mark) if _plain(each))
        return
    at = seen.lowered.find(mark, ctx.post.body.start)
    while at != -1:
        if not seen.in_code(at):
            yield _word(ctx, Span(at, at + len(mark)))
        at = seen.lowered.find(mark, at + len(mark))


def _plain(seen: Seen) -> bool:
    """Say whether a mark stands in the file as it is seen: who escapes one shows it on purpose.

    In WordPress `[[gallery]]` is how to show `[gallery]`.
    """
    doubled = seen.block.text.plain[max(0, seen.start - 1) : seen.start + 1] == "[["
    return not doubled and seen.span.end - seen.span.start == seen.end - seen.start


def _in_address(seen: Seen) -> bool:
    """Say whether a mark is part of an address that is shown."""
    before = seen.block.text.plain[max(0, seen.start - _MOST_QUOTED) : seen.start]
    return "://" in before.rpartition(" ")[2]


def _word(ctx: PostContext, span: Span) -> Span:
    """Return a mark with what follows it up to the next blank, to show more than a brace."""
    text, end = ctx.post.source.text, span.end
    while end < min(len(text), span.start + _MOST_QUOTED) and not text[end].isspace():
        end += 1
    while end > span.end and text[end - 1] in ".,;:!?":
        end -= 1
    return Span(span.start, end)


def _told(ctx: PostContext, places: Iterator[Span], severity: Severity) -> Iterator[Report]:
    spans = list(islice(places, _MOST_COUNTED))
    if not spans:
        return
    first, others = spans[0], len(spans) - 1
    least = "at least " if len(spans) == _MOST_COUNTED else ""
    more = f", and {least}{others} more like it," if others else ""
    yield ctx.report(
        first,
        f"“{short(ctx.post.quote(first))}”{more} {'are' if others else 'is'} code of a template "
        "or a page builder; nothing replaces it here, so readers see it.",
        help="Write what belongs there, or remove it. If it is shown on purpose, mark it as code.",
        related=tuple(Related("here too", span) for span in spans[1 : _SHOWN + 1]),
        severity=severity,
    )


def _values(ctx: PostContext, seen: Look) -> Iterator[Report]:
    """Report blocks that are nothing but the name of a missing value."""
    known = words_in("template", "value")
    for block in seen.blocks:
        plain = block.text.plain
        if len(plain) < 20 and plain.strip() in known and not seen.in_code(block.span.start):
            yield ctx.report(
                block.text.to_source(0, len(plain)),
                f"“{plain.strip()}” is what a program shows where a value was missing, so "
                "readers miss it too.",
                help="Write what belongs there, or remove it.",
                severity="warning",
            )
