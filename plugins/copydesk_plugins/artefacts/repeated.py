"""Rule artefacts.repeated: the title, a paragraph or a word that stands there twice."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Block, PostContext, Related, Report, rule
from copydesk_plugins.artefacts.doubled import doubled
from copydesk_plugins.artefacts.lines import removal
from copydesk_plugins.artefacts.look import look, short

#: Shorter paragraphs may be said twice on purpose.
_SHORTEST = 80
#: Items of lists may be there twice: two lists of references may name the same work.
_KINDS = frozenset({"paragraph"})


@rule(
    "artefacts.repeated",
    summary="The title again below the title, a paragraph pasted twice, or a word typed twice",
    why="Readers take what comes twice for a mistake, and look for a difference that is not there.",
    good="# What to bring\n\nBring your forms.",
    bad="# What to bring\n\nWhat to bring\n\nBring the the forms.",
    authority="Copydesk: residue of copying and pasting",
)
def repeated(ctx: PostContext) -> Iterator[Report]:
    """Report a title that is repeated, paragraphs that are there twice, and doubled words."""
    yield from _title(ctx)
    yield from _paragraphs(ctx)
    yield from doubled(ctx)


def _title(ctx: PostContext) -> Iterator[Report]:
    """Report the first text of the body where it is the title once more."""
    post = ctx.post
    first = next(
        (
            block
            for block in post.blocks
            if block.span.start >= post.body.start and block.index != post.title_block
        ),
        None,
    )
    if first is None or not post.title or first.kind not in ("heading", "paragraph"):
        return
    if _same(first.text.plain) == _same(post.title):
        yield ctx.report(
            first,
            "The title stands here once more; the page shows it above the text already.",
            help="Remove this line.",
            fix=removal(ctx, first.span, first),
        )


def _paragraphs(ctx: PostContext) -> Iterator[Report]:
    seen: dict[str, Block] = {}
    for block in ctx.post.blocks:
        plain = block.text.plain
        if block.kind not in _KINDS or len(plain) < _SHORTEST:
            continue
        before = seen.setdefault(plain, block)
        if before is block or _quoted(ctx, before) or _quoted(ctx, block):
            continue
        next_to_it = before.index + 1 == block.index
        yield ctx.report(
            block,
            f"This paragraph (“{short(plain, 40)}”) stands in the post twice, word for word.",
            help="Remove one of the two.",
            fix=removal(ctx, block.span, block) if next_to_it else (),
            related=(Related("here first", before.span),),
        )


def _quoted(ctx: PostContext, block: Block) -> bool:
    """Say whether a block is a quotation: what is said in the text may be shown large beside it."""
    return ctx.post.inside(block, "quote") or look(ctx).in_code(block.span.start)


def _same(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).strip(" .:!*#")
