"""Rules on the length of sentences, paragraphs and the text between headings."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Measure, Option, Part, PostContext, Related, Report, rule
from copydesk_plugins.readability.examples import (
    EASY_POST,
    LONG_PARAGRAPH,
    NO_SUBHEADINGS,
    TWO_EASY_SECTIONS,
)
from copydesk_plugins.readability.once import prose_of


@rule(
    "readability.sentence-length",
    summary="A sentence is very long.",
    why="Readers lose the start of a long sentence before they reach its end.",
    good="We meet for one hour. You choose where to begin, and you may stop at any time.\n",
    bad="We meet for one hour in the room by the sea, where you choose where to begin and may "
    "stop at any time, although most people find that the hour passes quickly and wish "
    "that it were longer.\n",
    authority="GOV.UK content guidance: 25 words is the limit, 29 or more very difficult; "
    "M. Cutts, Oxford Guide to Plain English: an average of 15 to 20",
    severity="warning",
    options=(
        Option("max-words", "The most words that a sentence may have.", 30, minimum=5, maximum=200),
    ),
    languages=("en",),
)
def sentence_length(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report each sentence of prose with more words than allowed; measure every sentence."""
    limit = ctx.number("max-words")
    prose = prose_of(ctx)
    if prose.units:
        parts = tuple(Part("", prose.words(unit), unit.span) for unit in prose.units)
        yield Measure("sentences", len(parts), parts, limit)
    for unit in prose.units:
        words = prose.words(unit)
        if words > limit:
            yield ctx.report(
                unit,
                f"This sentence has {words} words, more than the {limit:g} set for this site; "
                "readers lose the start of it before they reach its end.",
                help="Say one thing in each sentence. Often it can be parted at “and”, “which” "
                "or a dash, or turned into a list.",
            )


@rule(
    "readability.paragraph-length",
    summary="A paragraph is very long.",
    why="A wall of text looks like hard work on a phone, and people skip it.",
    good=EASY_POST,
    bad=LONG_PARAGRAPH,
    authority="US Federal Plain Language Guidelines (2011), “Write short paragraphs”: at most "
    "150 words in three to eight sentences",
    severity="warning",
    options=(
        Option(
            "max-words", "The most words that a paragraph may have.", 150, minimum=20, maximum=1000
        ),
    ),
    languages=("en",),
)
def paragraph_length(ctx: PostContext) -> Iterator[Report]:
    """Report each paragraph or list item with more words than allowed."""
    limit = ctx.number("max-words")
    prose = prose_of(ctx)
    for block, units in prose.blocks:
        words = prose.total(units)
        if words > limit:
            kind = "list item" if block.kind == "list-item" else "paragraph"
            sentences = "1 sentence" if len(units) == 1 else f"{len(units)} sentences"
            yield ctx.report(
                block,
                f"This {kind} has {words} words in {sentences}, more than the {limit:g} words "
                "set for this site; a wall of text is skipped, above all on a phone.",
                help="Begin a new paragraph where a new thought begins.",
            )


@rule(
    "readability.subheadings",
    summary="Much text stands under one heading.",
    why="People look for their own question in the headings before they read.",
    good=TWO_EASY_SECTIONS,
    bad=NO_SUBHEADINGS,
    authority="CDC, Clear Communication Index (2013), asks for chunks with headings; the number "
    "is Yoast's: 300 words",
    severity="info",
    options=(
        Option("max-words", "The most words between headings.", 300, minimum=50, maximum=5000),
    ),
    languages=("en",),
)
def subheadings(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report once where too many words stand between headings, at the longest stretch."""
    limit = ctx.number("max-words")
    prose = prose_of(ctx)
    lengths = [(prose.total(part.units), part) for part in prose.sections]
    if not lengths:
        return
    yield Measure("most-words-between-headings", max(words for words, _ in lengths))
    long = sorted(
        ((words, part) for words, part in lengths if words > limit),
        key=lambda each: -each[0],
    )
    if not long:
        return
    places = [part.heading or ctx.post.blocks[part.units[0].block] for _, part in long]
    others = f" That is so in {len(long)} of {len(lengths)} sections." if len(lengths) > 1 else ""
    yield ctx.report(
        places[0],
        f"{long[0][0]} words stand here without a heading, more than the {limit:g} set for this "
        f"site, and people look for their own question in the headings.{others}",
        help="Add a heading where a new question begins, in the words that readers would ask it.",
        related=tuple(
            Related(f"{words} words", place.span)
            for (words, _), place in zip(long[1:], places[1:], strict=True)
        ),
    )
