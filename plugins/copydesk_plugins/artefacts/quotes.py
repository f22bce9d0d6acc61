"""Rule artefacts.quotes: quotations never closed, and straight and curly quotes mixed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from copydesk.api import Block, PostContext, Report, Span, rule
from copydesk_plugins.artefacts.garbled import garbled, may_be_garbled

_SKIPPED = frozenset({"code", "title", "description", "image-alt", "alt"})
_OTHER_STYLES = "„«»‟"
#: A tag, or a mark of a template, that is seen as text: its quotation marks are the program's.
_CODE = re.compile(r"\{[{%:][^{}]*\}|</?[a-zA-Z][^<>]*>")


@rule(
    "artefacts.quotes",
    summary="A quotation that is never closed, or straight and curly quotes in one post",
    why="Readers cannot tell where a quotation ends, and mixed marks show that text was pasted "
    "together.",
    good="She said, “Come in.” We did.",
    bad="She said, “Come in. We did.",
    authority="Copydesk: common usage in edited English prose",
    languages=("en",),
)
def quotes(ctx: PostContext) -> Iterator[Report]:
    """Report open quotations block by block, and a mix of marks once for the post."""
    straight: list[tuple[Block, int]] = []
    curly: list[tuple[Block, int]] = []
    for block in ctx.post.blocks:
        plain = _CODE.sub(_blank, block.text.plain)
        if block.kind in _SKIPPED or not ('"' in plain or "“" in plain or "”" in plain):
            continue
        # In garbled text a quotation mark is a piece of another letter.
        if _holds_code(ctx, block) or (may_be_garbled(plain) and garbled(plain)):
            continue
        for at in _double(plain):
            (straight if plain[at] == '"' else curly).append((block, at))
        at = _never_closed(plain)
        if at >= 0 and not _goes_on(ctx, block, plain[at]):
            yield ctx.report(
                _to_end_of_sentence(ctx, block, at),
                "A quotation begins here and is never closed, so readers cannot tell where it "
                "ends.",
                help="Put the closing mark after the last quoted word.",
            )
    if straight and curly:
        yield _mixed(ctx, straight, curly)


def _blank(code: re.Match[str]) -> str:
    return " " * len(code.group())


def _holds_code(ctx: PostContext, block: Block) -> bool:
    """Say whether code stands in a block: its marks belong to the program."""
    source = ctx.post.source.text
    return source.find("`", *block.span) != -1 or source.find("<code", *block.span) != -1


def _word_at(block: Block, at: int) -> Span:
    """Return the place of a mark with the word that it stands on, which is easier to find."""
    plain, start, end = block.text.plain, at, at + 1
    while start > max(0, at - 40) and not plain[start - 1].isspace():
        start -= 1
    while end < min(len(plain), at + 40) and not plain[end].isspace():
        end += 1
    return block.text.to_source(start, end)


def _mixed(
    ctx: PostContext, straight: list[tuple[Block, int]], curly: list[tuple[Block, int]]
) -> Report:
    fewer = min(straight, curly, key=len)
    return ctx.report(
        _word_at(*fewer[0]),
        f"The post mixes straight and curly quotation marks ({len(straight)} straight, "
        f"{len(curly)} curly), which looks pasted together.",
        help="Use one kind all through; the first mark of the rarer kind is shown.",
    )


def _double(plain: str) -> list[int]:
    """Return the places of double quotation marks, those for inches left out."""
    found = [at for at, char in enumerate(plain) if char in '"“”']
    count = sum(plain[at] == '"' for at in found)
    inches = {at for at in found if at and plain[at] == '"' and plain[at - 1].isdigit()}
    # 5' 6" and 12" x 8": a mark after a digit closes a quotation only where one is open.
    if inches and (count % 2 or len(inches) == count):
        return [at for at in found if at not in inches]
    return found


def _never_closed(plain: str) -> int:
    """Return where a quotation opens that nothing closes, or -1."""
    if any(mark in plain for mark in _OTHER_STYLES):
        return -1
    marks = _double(plain)
    straight = sum(plain[at] == '"' for at in marks)
    opens = sum(plain[at] == "“" for at in marks)
    if straight % 2 == 0 and opens == len(marks) - straight - opens:
        return -1
    opened = -1
    for at in marks:
        if opened >= 0 and plain[at] != "“" and not (plain[at] == '"' and _opens(plain, at)):
            opened = -1
        elif opened < 0 and (plain[at] == "“" or (plain[at] == '"' and _opens(plain, at))):
            opened = at
    return opened


def _opens(plain: str, at: int) -> bool:
    """Say whether a straight mark stands before a word and not after one."""
    before, after = plain[at - 1 : at] if at else " ", plain[at + 1 : at + 2]
    return (before.isspace() or before in "([—–-/") and bool(after) and not after.isspace()


def _goes_on(ctx: PostContext, block: Block, mark: str) -> bool:
    """Say whether the next paragraph opens the quotation again, as long ones do."""
    at = block.index + 1
    if at >= len(ctx.post.blocks) or ctx.post.blocks[at].kind == "heading":
        return False
    return ctx.post.blocks[at].text.plain.lstrip().startswith(mark)


def _to_end_of_sentence(ctx: PostContext, block: Block, at: int) -> Span:
    units = ctx.post.units
    last = bisect_right(units, (block.index, at), key=lambda unit: (unit.block, unit.start)) - 1
    return block.text.to_source(at, max(units[last].end, at + 1) if last >= 0 else at + 1)
