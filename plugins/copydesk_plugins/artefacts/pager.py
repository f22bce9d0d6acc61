"""Rule artefacts.pager: "Previous" and "Next" of an old site's page links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from copydesk.api import PostContext, Report, Span, rule
from copydesk_plugins.artefacts.lines import Line, lines, removal, share_before
from copydesk_plugins.artefacts.vocabulary import pager_marks

_ARROWS = " \t←→«»‹›<>|·–—-/•:"
_LONGEST_TITLE = 150
_QUARTER = 0.25


@rule(
    "artefacts.pager",
    summary="“Previous” and “Next” left over from an old site's page links",
    why="Page links copied with the text lead nowhere, and readers take them for text.",
    good="Read the leaflet first.\n\nThe next step is a phone call.",
    bad="Read the leaflet first.\n\nPrevious\nPrevious\n\nOur room\n\nNext\nNext\n\nOur team",
    authority="Copydesk: residue seen on posts copied from site builders",
    severity="error",
    on_import=True,
)
def pager(ctx: PostContext) -> Iterator[Report]:
    """Report each pager with the titles that belong to it."""
    every = lines(ctx)
    for group in _groups(every):
        marks = sum(_marks(every[at].text) for at in group)
        if not _clear(ctx, every, group, marks):
            continue
        first, last = group[0], _last(every, group[-1], marks)
        span = Span(every[first].span.start, every[last].span.end)
        words = " and ".join(dict.fromkeys(f"“{_bare(every[at].text)}”" for at in group))
        fix = removal(ctx, span, every[first].block)
        where = "Remove these lines." if fix else "Remove these words."
        yield ctx.report(
            span,
            f"{words} {'look' if len(group) > 1 else 'looks'} left over from an old site's "
            "page links, which lead nowhere here.",
            help=where + " Links to the posts before and after are added on publishing.",
            fix=fix,
        )


def _bare(text: str) -> str:
    return text.strip(_ARROWS)


@lru_cache(maxsize=512)
def _marks(text: str) -> int:
    """Count the pager words that a line consists of; 0 if it holds anything else."""
    if len(text) > _LONGEST_TITLE:
        return 0
    words = [word.strip(_ARROWS) for word in text.casefold().split()]
    words = [word for word in words if word]
    count = at = 0
    while at < len(words):
        size = next(
            (
                n
                for n in range(min(4, len(words) - at), 0, -1)
                if tuple(words[at : at + n]) in pager_marks()
            ),
            0,
        )
        if not size:
            return 0
        count, at = count + 1, at + size
    return count


def _groups(every: list[Line]) -> list[list[int]]:
    """Return the positions of pager lines, those parted by at most one title together."""
    groups: list[list[int]] = []
    for at, line in enumerate(every):
        if not (line.free and line.text and _marks(line.text)):
            continue
        if (
            groups
            and all(_title(every[i]) for i in range(groups[-1][-1] + 1, at))
            and (at - groups[-1][-1] <= 2)
        ):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _title(line: Line) -> bool:
    return len(line.text) <= _LONGEST_TITLE and not line.text.endswith(".")


def _clear(ctx: PostContext, every: list[Line], group: list[int], marks: int) -> bool:
    """Say whether a group is a pager for sure and no heading of the author's."""
    if marks > 1:
        return True
    line = every[group[0]]
    share = share_before(ctx, line.span.start)
    return line.block.kind == "paragraph" and (
        share <= _QUARTER or share >= 1 - _QUARTER or group[0] >= len(every) - 2
    )


def _last(every: list[Line], at: int, marks: int) -> int:
    """Return the last line of the pager: the title after its last word, where the post ends."""
    rest = every[at + 1 : at + 6]
    ends = bool(rest) and len(rest) <= 4 and all(_title(line) for line in rest)
    return at + 1 if marks > 1 and ends else at
