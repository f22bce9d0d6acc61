"""Rule artefacts.widget: words of comment boxes and share buttons, in several languages."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Block, PostContext, Report, rule
from copydesk_plugins.artefacts.lines import (
    SHORT,
    Line,
    key_of,
    lines,
    removal,
    share_before,
    short_lines,
)
from copydesk_plugins.artefacts.look import look, short
from copydesk_plugins.artefacts.vocabulary import Widget, widget_beginnings, widgets

_LONGEST_TITLE = 150
_LONGEST = 400


@rule(
    "artefacts.widget",
    summary="Words of comment boxes, share buttons and “read more” links of an old site",
    why="Such words belong to the old site's page, not to the text; a reader finds no box there.",
    good="Share your questions with us at any time.",
    bad="Bring your questions to the visit.\n\nComentarios",
    authority="Copydesk: residue seen on posts copied from site builders",
    severity="error",
)
def widget(ctx: PostContext) -> Iterator[Report]:
    """Report widget words that stand alone: at the end of a post, the surest ones anywhere."""
    every = lines(ctx)
    known = _known(ctx)
    last = max(
        (at for at, line in enumerate(every) if _prose(line) and at not in known), default=-1
    )
    for at, each in sorted(known.items()):
        line = every[at]
        if each.where == "anywhere" or (at > last and not _begins_something(ctx, line)):
            report = _report(ctx, line, each, known, at)
            if report is not None:
                yield report
    for block in _items(ctx):
        yield _certain(ctx, Line(block, block.span, block.text.plain), widgets()[_key(block)])


def _known(ctx: PostContext) -> dict[int, Widget]:
    """Return what is known of the lines that are words of widgets, by their position."""
    table, beginnings = widgets(), widget_beginnings()
    found = {each.at: table[each.key] for each in short_lines(ctx) if each.key in table}
    for at, line in enumerate(lines(ctx)):
        starts = beginnings.get(line.text[:4].lower())
        if starts and line.free and len(line.text) <= _LONGEST:
            key = key_of(line.text)
            for start, language in starts:
                if key.startswith(start):
                    found[at] = Widget(language, "anywhere")
    return found


def _report(
    ctx: PostContext, line: Line, each: Widget, known: dict[int, Widget], at: int
) -> Report | None:
    if each.where == "network" and not (at - 1 in known or at + 1 in known):
        return None
    if each.where != "doubtful":
        return _certain(ctx, line, each)
    if _leads_somewhere(ctx, line):
        return None
    return ctx.report(
        line.span,
        f"“{line.text}” on a line of its own may be left over from an old "
        "site, and leads nowhere here.",
        help="Remove it, or say what there is to read and link it.",
        severity="warning",
    )


def _certain(ctx: PostContext, line: Line, each: Widget) -> Report:
    foreign = f" ({each.language})" if each.language not in ("English", "any") else ""
    return ctx.report(
        line.span,
        f"“{short(line.text)}”{foreign} looks left over from an old site's comment box "
        "or share button, which is not here.",
        help="Remove it.",
        fix=removal(ctx, line.span, line.block),
    )


def _items(ctx: PostContext) -> Iterator[Block]:
    """Yield list items that are words of widgets for sure: share buttons are lists on old sites."""
    for block in ctx.post.blocks:
        if block.kind == "list-item" and len(block.text.plain) <= SHORT:
            each = widgets().get(_key(block))
            if each is not None and each.where == "anywhere":
                yield block


def _key(block: Block) -> str:
    return key_of(block.text.plain)


def _prose(line: Line) -> bool:
    """Say whether a line is text of the post: after the last such line, the post is over."""
    return len(line.text) > _LONGEST_TITLE or line.text.endswith((".", "?"))


def _begins_something(ctx: PostContext, line: Line) -> bool:
    """Say whether the post begins here, or the line is the heading of a list."""
    after = line.block.index + 1
    blocks = ctx.post.blocks
    heads = after < len(blocks) and blocks[after].kind in ("list-item", "table-cell")
    return heads or share_before(ctx, line.span.start) < 0.5


def _leads_somewhere(ctx: PostContext, line: Line) -> bool:
    """Say whether the line is a link to a page, so that it does what it says."""
    links = look(ctx).links_in(line.block, line.span)
    return any(link.href not in ("", "#") for link in links)
