"""Rules on the length of sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Measure, Option, Part, PostContext, Report, rule
from copydesk_plugins.readability.examples import EASY_POST, LONG_PARAGRAPH
from copydesk_plugins.readability.prose import prose_blocks, prose_units


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
    lengths = [(unit, words) for unit in prose_units(ctx.post) if (words := len(ctx.words(unit)))]
    if lengths:
        parts = tuple(Part("", words, unit.span) for unit, words in lengths)
        yield Measure("sentences", len(parts), parts, limit)
    for unit, words in lengths:
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
    for block, units in prose_blocks(ctx.post):
        words = sum(len(ctx.words(unit)) for unit in units)
        if words > limit:
            kind = "list item" if block.kind == "list-item" else "paragraph"
            sentences = "1 sentence" if len(units) == 1 else f"{len(units)} sentences"
            yield ctx.report(
                block,
                f"This {kind} has {words} words in {sentences}, more than the {limit:g} words "
                "set for this site; a wall of text is skipped, above all on a phone.",
                help="Begin a new paragraph where a new thought begins.",
            )
