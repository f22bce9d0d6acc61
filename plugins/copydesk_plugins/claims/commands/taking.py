"""Which sentence of a post `FILE:LINE` means."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from copydesk.api import CopydeskError, Failure, LineIndex, OpenedSite, PostContext, Unit
from copydesk_plugins.claims.commands.desk import refuse
from copydesk_plugins.claims.register.facts import PostFacts
from copydesk_plugins.claims.register.uses import RULE

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?", re.DOTALL)


class Place(NamedTuple):
    """A line of a file, and a column where one was given, else 0."""

    path: Path
    line: int
    column: int


def place_of(text: str) -> Place:
    """Read `FILE:LINE` or `FILE:LINE:COLUMN`; raises CopydeskError."""
    match = _PLACE.fullmatch(text)
    if match is None or Path(match["path"]).is_dir():
        refuse(
            f"{text!r} does not say which line of which post is meant",
            "Write it like the report does: posts/fees.md:12 or posts/fees.md:12:5.",
        )
    return Place(Path(match["path"]), int(match["line"]), int(match["column"] or 0))


def sentence_at(site: OpenedSite, place: Place) -> str:
    """Return the one sentence at a place, a list item with its lead-in; raises CopydeskError."""
    context = _context(site, place.path)
    lines = LineIndex(context.post.source.text)
    found = [each for each in context.post.units if _is_at(each, place, lines)]
    claims = _claims(context)
    chosen = [each for each in found if each.index in claims] or found
    if not chosen:
        refuse(
            f"no sentence stands at {place.path}:{place.line}",
            "Take the line from `copydesk lint`.",
        )
    if len(chosen) > 1:
        told = "; ".join(
            f"column {lines.position(each.span.start).column} “{_short(each.text)}”"
            for each in chosen
        )
        refuse(
            f"{len(chosen)} sentences begin at {place.path}:{place.line}",
            f"Add the column of one of them: {told}.",
        )
    return PostFacts(context).spoken(chosen[0])


def _context(site: OpenedSite, path: Path) -> PostContext:
    for _, context in site.contexts(RULE):
        if isinstance(context, Failure):
            raise CopydeskError(context)
        return context
    raise CopydeskError(Failure("file", "is no post of this site", "Name a post of it.", str(path)))


def _claims(context: PostContext) -> set[int]:
    from copydesk_plugins.claims.detection import claims_of

    return {each.unit.index for each in claims_of(context)}


def _is_at(unit: Unit, place: Place, lines: LineIndex) -> bool:
    start = lines.position(unit.span.start)
    if place.column:
        return (start.line, start.column) == (place.line, place.column)
    return start.line == place.line


def _short(text: str, limit: int = 60) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
