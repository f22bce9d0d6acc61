"""Rule artefacts.chatbot: model names, phrases and marks copied from a chat window."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from copydesk.api import Hit, PostContext, Report, Span, Unit, rule
from copydesk.api import words as find_words
from copydesk_plugins.artefacts.chat_marks import marks, placeholders
from copydesk_plugins.artefacts.lines import Line, removal, short_lines
from copydesk_plugins.artefacts.look import holds, keys, look, short
from copydesk_plugins.artefacts.vocabulary import chatbot as chat_phrases
from copydesk_plugins.artefacts.vocabulary import vocabulary

_QUOTES = frozenset('"“”„«»')
#: A phrase counts in the first words of a sentence only.
_FIRST_WORDS = 12
#: "Great question!" and the like.
_LONGEST_OPENING = 20


@rule(
    "artefacts.chatbot",
    summary="Model names, phrases and marks copied from a chat window",
    why="They tell readers that nobody read the text before it went out, and on a health page "
    "that costs their trust.",
    good="Here is the list of what to bring.",
    bad="Bring your forms.\n\nLet me know if you would like me to add more.",
    authority="Copydesk: residue seen on posts pasted from chat windows",
    severity="error",
)
def chatbot(ctx: PostContext) -> Iterator[Report]:
    """Report what a chat window left in a post; a post about chatbots is left in peace."""
    labels, (phrases, fond) = _labels(ctx), _phrases(ctx)
    if (labels or phrases or fond) and not _about_chatbots(ctx, labels, phrases):
        for label in labels:
            yield _label_report(ctx, label)
        for span, text in phrases:
            yield ctx.report(
                span,
                f"“{text}” looks like a chatbot speaking to the writer, so readers will "
                "doubt that a person checked the post.",
                help="Remove it, and read the lines beside it once more.",
            )
        for unit in fond:
            yield ctx.report(
                unit,
                f"“{short(unit.text)}” begins like many texts of chatbots, so readers may doubt "
                "that a person wrote it.",
                help="Say it in your own words, or begin with what readers came for.",
                severity="info",
            )
    yield from _gaps(ctx)
    for span, text in marks(ctx):
        yield ctx.report(
            span,
            f"“{text}” is a mark of a chat window; it means nothing to readers.",
            help="Remove the mark, and check that the source beside it says what the post says.",
        )


def _gaps(ctx: PostContext) -> Iterator[Report]:
    for span, certain in placeholders(ctx):
        yield ctx.report(
            span,
            f"“{ctx.post.quote(span)}” {'is' if certain else 'may be'} a gap that was never "
            "filled, so readers miss what belongs there.",
            help="Write what belongs there, or remove it.",
            severity=None if certain else "warning",
        )


def _label_report(ctx: PostContext, line: Line) -> Report:
    fix = removal(ctx, line.span, line.block)
    return ctx.report(
        line.span,
        f"“{line.text}” on a line of its own looks pasted from a chat window, so "
        "readers will doubt that a person checked the post.",
        help="Remove it.",
        fix=fix,
    )


def _labels(ctx: PostContext) -> list[Line]:
    """Return lines that are the name of a model or a speaker and nothing else."""
    found = []
    for each in short_lines(ctx):
        if each.line.text[-1] not in ".!?" and _is_label(each.line.text):
            found.append(each.line)
    return found


@lru_cache(maxsize=1024)
def _is_label(text: str) -> bool:
    said = [word.text.lower().replace("’", "'") for word in find_words(text)]
    return Hit(0, len(said)) in chat_phrases().find(said).get("label", [])


def _opening_keys(ctx: PostContext, unit: Unit) -> list[str]:
    return ctx.keys(unit)[:_FIRST_WORDS]


def _phrases(ctx: PostContext) -> tuple[list[tuple[Span, str]], list[Unit]]:
    """Return chatbot sentences, neighbours in one block as one, and those they are fond of."""
    found: list[tuple[Unit, Unit]] = []
    fond: list[Unit] = []
    units = ctx.post.units
    hints = vocabulary("chatbot", "phrase", "fond").hints(look(ctx).words)
    for at, unit in enumerate(units):
        said = _speaks(ctx, unit) if hints and holds(unit, hints) else ""
        if said == "fond":
            fond.append(unit)
        if said != "phrase" and not _handed_over(ctx, at):
            continue
        first = at
        while (
            first
            and units[first - 1].block == unit.block
            and _speaks(ctx, units[first - 1]) in ("opening", "closing")
        ):
            first -= 1
        if found and found[-1][1].index == first - 1 and found[-1][1].block == unit.block:
            found[-1] = (found[-1][0], unit)
        else:
            found.append((units[first], unit))
    return [(Span(a.span.start, b.span.end), short(a.text)) for a, b in found], fond


def _speaks(ctx: PostContext, unit: Unit) -> str:
    """Say what a sentence is by its first words: phrase, fond, opening, closing or nothing."""
    if unit.text[0] in _QUOTES:
        return ""
    said = _opening_keys(ctx, unit)
    hits = chat_phrases().find(said)
    for hit in hits.get("phrase", []):
        before = unit.text[: ctx.words(unit)[hit.start].start]
        if hit.start <= 1 and not _QUOTES.intersection(before):
            return "phrase"
    if Hit(0, len(said)) in hits.get("opening", []):
        return "opening"
    for kind in ("closing", "fond"):
        if any(hit.start == 0 for hit in hits.get(kind, [])):
            return kind
    return ""


def _handed_over(ctx: PostContext, at: int) -> bool:
    """Say whether a unit hands something over after "Certainly!": "Here is a blog post"."""
    unit, before = ctx.post.units[at], ctx.post.units[at - 1]
    if not at or len(before.text) > _LONGEST_OPENING or before.block != unit.block:
        return False
    hits = chat_phrases().find(_opening_keys(ctx, unit))
    follows = any(hit.start == 0 for hit in hits.get("opening-follows", []))
    return follows and bool(hits.get("product")) and _speaks(ctx, before) == "opening"


def _about_chatbots(ctx: PostContext, labels: list[Line], phrases: list[tuple[Span, str]]) -> bool:
    """Say whether the post speaks of chatbots outside of what was found."""
    found = sorted([line.span for line in labels] + [span for span, _ in phrases])
    hints = vocabulary("chatbot", "topic").hints(look(ctx).words)
    for unit in ctx.post.units:
        at = bisect_right(found, unit.span.start, key=lambda span: span.start) - 1
        if at >= 0 and unit.span.start < found[at].end:
            continue
        if holds(unit, hints) and chat_phrases().find(keys(ctx, unit)).get("topic"):
            return True
    return False
