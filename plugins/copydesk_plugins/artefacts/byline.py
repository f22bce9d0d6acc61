"""Rule artefacts.byline: reading times, views and "posted by" lines of an old site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.artefacts.lines import Line, key_of, removal, share_before, short_lines
from copydesk_plugins.artefacts.vocabulary import sections, words_in

_PARTED = ("·", "•", "|")
_EDGE = 0.25


@rule(
    "artefacts.byline",
    summary="A reading time, a count of views, or a “posted by” line of an old site",
    why="The new site shows author, date and reading time by itself, and these will not agree.",
    good="We wrote this for people who come for the first time.",
    bad="5 min read\n\nBring your forms, and come ten minutes early if you can.",
    authority="Copydesk: residue seen on posts copied from site builders",
)
def byline(ctx: PostContext) -> Iterator[Report]:
    """Report such lines above and below the text."""
    for each in short_lines(ctx):
        kind = _kind(each.line.text) if _looks(each.key) else ""
        if not kind or each.line.block.kind == "heading" or not _at_the_edge(ctx, each.line):
            continue
        whole = kind == "alone"
        yield ctx.report(
            each.line.span,
            f"“{each.line.text}” looks left over from an old site, and will not agree with "
            "what the new one shows.",
            help="Remove it."
            if whole
            else "Remove it; the author and the date belong in the front matter, as `author` "
            "and `published`.",
            fix=removal(ctx, each.line.span, each.line.block) if whole else (),
        )


def _looks(key: str) -> bool:
    """Say whether a line may be a byline at all: most lines are not, at a glance."""
    return (
        key.replace(":", "") in words_in("bylines", "alone") or key[:4] in _starts() or _parted(key)
    )


def _parted(key: str) -> bool:
    return any(mark in key for mark in _PARTED)


@lru_cache(maxsize=1)
def _starts() -> frozenset[str]:
    return frozenset(phrase[:4] for phrase in sections("bylines")["begins"])


def _kind(text: str) -> str:
    """Say what a line is: `alone` where it may go, `begins` where it says who or when."""
    for mark in _PARTED[1:]:
        text = text.replace(mark, _PARTED[0])
    parts = [key_of(part) for part in text.split(_PARTED[0])]
    parts = [part.replace(":", "") for part in parts if part]
    known = [part in words_in("bylines", "alone") for part in parts]
    if parts and all(known):
        return "alone"
    starts = tuple(f"{phrase} " for phrase in sections("bylines")["begins"])
    said = any(part.startswith(starts) for part in parts)
    return "begins" if any(known) or (said and not text.rstrip().endswith((".", "?", "!"))) else ""


def _at_the_edge(ctx: PostContext, line: Line) -> bool:
    share = share_before(ctx, line.span.start)
    return share <= _EDGE or share >= 1 - _EDGE
