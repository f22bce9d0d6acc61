"""Rule artefacts.cut: an excerpt in place of the text, or a text that ends in mid-sentence."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Block, PostContext, Report, Span, Unit, rule
from copydesk_plugins.artefacts.look import look, short
from copydesk_plugins.artefacts.vocabulary import sections, words_in

_LONGEST_MARK = 30
_AFTER_MARK = " →»>)]\u00a0"
_LONG_SENTENCE = 15
_FEWEST_WORDS = 6


@rule(
    "artefacts.cut",
    summary="A paragraph that was cut off (“[...]”, “(more)”), or a post that ends in mid-sentence",
    why="Readers miss the rest, and on a health page the rest may be what matters.",
    good="Bring your forms, your glasses and a list of your medicines.",
    bad="Bring your forms, your glasses and a list of your [...]",
    authority="Copydesk: residue of feeds and of pages that show the beginning of a post only",
)
def cut(ctx: PostContext) -> Iterator[Report]:
    """Report marks of a cut at the end of paragraphs, and the end of the post once."""
    last = _last(ctx)
    for block in look(ctx).blocks:
        # Most paragraphs end in a full stop, and are done with that.
        if block.kind == "paragraph" and (block.text.plain[-1:] not in ".!?:" or block is last):
            mark = _mark(block.text.plain)
            if mark and not ctx.post.inside(block, "quote"):
                yield _marked(ctx, block, mark)
                last = None if block is last else last
    if last is not None:
        yield from _ending(ctx, last)


def _mark(plain: str) -> str:
    """Return the mark of a cut that a text ends in, or nothing."""
    tail = plain[-_LONGEST_MARK:].rstrip(_AFTER_MARK).lower()
    return next((mark for mark in sections("cut")["mark"] if tail.endswith(mark)), "")


def _last(ctx: PostContext) -> Block | None:
    """Return the last block of the post if it is a paragraph of its own."""
    blocks = ctx.post.blocks
    block = blocks[-1] if blocks else None
    ours = block is not None and block.kind == "paragraph" and block.container == -1
    return block if ours else None


def _marked(ctx: PostContext, block: Block, mark: str) -> Report:
    at = len(block.text.plain.rstrip(_AFTER_MARK)) - len(mark)
    end = len(block.text.plain)
    shown = block.text.plain[at:end].strip()
    return ctx.report(
        block.text.to_source(_word_before(block.text.plain, at), end),
        f"The paragraph ends in “{shown}”, which looks cut off, so readers miss the rest.",
        help="Put in the rest from the original, or end the sentence.",
    )


def _word_before(plain: str, at: int) -> int:
    """Return where the word before a mark begins, so that the place is easy to find."""
    while at > 0 and plain[at - 1].isspace():
        at -= 1
    limit = max(0, at - _LONGEST_MARK)
    while at > limit and not plain[at - 1].isspace():
        at -= 1
    return at


def _ending(ctx: PostContext, block: Block) -> Iterator[Report]:
    """Report the last sentence of a post where it has no end."""
    units = [unit for unit in ctx.post.units[-1:] if unit.block == block.index]
    for unit in units:
        plain = unit.text.rstrip()
        words = ctx.words(unit)
        if len(words) < _FEWEST_WORDS or look(ctx).in_code(unit.span.end - 1):
            continue
        last = words[-1]
        if plain.endswith(("…", "...")):
            yield _unended(ctx, unit, "with “…”", "info")
        elif plain.endswith(","):
            yield _unended(ctx, unit, "with a comma", "warning")
        elif last.end == len(plain) and not ctx.counted.foreign:
            if last.text in words_in("cut", "open"):
                yield _unended(ctx, unit, f"with “{last.text}”", "warning")
            elif _long(ctx, unit) and not look(ctx).links_in(block, unit.span):
                yield _unended(ctx, unit, "without a full stop", "info")


def _long(ctx: PostContext, unit: Unit) -> bool:
    """Say whether a sentence is too long for a title or a signature, and ends in a plain word."""
    words = ctx.words(unit)
    last = words[-1].text
    return len(words) >= _LONG_SENTENCE and last.islower() and last.isalpha()


def _unended(ctx: PostContext, unit: Unit, how: str, severity: str) -> Report:
    words = ctx.words(unit)
    start = words[max(0, len(words) - 8)].start
    where = ctx.span(unit, start, len(unit.text))
    return ctx.report(
        Span(*where),
        f"The post ends {how} (“{short(unit.text[start:])}”), so it may be cut off there.",
        help="Put in the rest from the original, or end the sentence.",
        severity="info" if severity == "info" else "warning",
    )
