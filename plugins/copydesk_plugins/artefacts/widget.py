"""Rule artefacts.widget: words of comment boxes and share buttons, in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.artefacts.lines import Line, lines, removal, share_before
from copydesk_plugins.artefacts.vocabulary import widgets

_DIGITS = re.compile(r"[0-9]+")
_LONGEST = 40
_LONGEST_TITLE = 150
_AROUND = " \t.:…!|•·"


@rule(
    "artefacts.widget",
    summary="Words of a comment box or share button left at the end of the post",
    why="Such words belong to the old site's page, not to the text; a reader finds no box there.",
    good="Share your questions with us at any time.",
    bad="Bring your questions to the visit.\n\nComentarios",
    authority="Copydesk: residue seen on posts copied from site builders",
    severity="error",
)
def widget(ctx: PostContext) -> Iterator[Report]:
    """Report widget words that stand alone at the end of a post."""
    every = lines(ctx)
    last = max((at for at, line in enumerate(every) if _prose(line)), default=-1)
    for line in every[last + 1 :]:
        language = _language(line)
        if not language or _begins_something(ctx, line):
            continue
        if language == "doubtful":
            yield ctx.report(
                line.span,
                f"“{line.text}” on a line of its own may be left over from an old "
                "site, and leads nowhere here.",
                help="Remove it, or say what there is to read and link it.",
                severity="warning",
            )
            continue
        fix = removal(ctx, line.span, line.block)
        foreign = f" ({language})" if language != "English" else ""
        yield ctx.report(
            line.span,
            f"“{line.text}”{foreign} looks left over from an old site's comment box "
            "or share button, which is not here.",
            help="Remove it.",
            fix=fix,
        )


def _language(line: Line) -> str:
    if not line.free or not 0 < len(line.text) <= _LONGEST:
        return ""
    text = _DIGITS.sub("0", line.text).casefold().replace("’", "'").strip(_AROUND)
    return widgets().get(" ".join(text.split()), "")


def _prose(line: Line) -> bool:
    """Say whether a line is text of the post: after the last such line, the post is over."""
    return len(line.text) > _LONGEST_TITLE or line.text.endswith((".", "?"))


def _begins_something(ctx: PostContext, line: Line) -> bool:
    """Say whether the post begins here, or the line is the heading of a list."""
    after = line.block.index + 1
    blocks = ctx.post.blocks
    heads = after < len(blocks) and blocks[after].kind in ("list-item", "table-cell")
    return heads or share_before(ctx, line.span.start) < 0.5
