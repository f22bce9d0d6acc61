"""The title of a document: taken out of its blocks, and the headings below it put in order."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk_plugins.readers.imports.blocks import Block, Event
from copydesk_plugins.readers.imports.inline import plain


def split_title(
    events: Sequence[Event], apart: bool = False
) -> tuple[str, list[Event], tuple[str, ...]]:
    """Return the title, empty where there is none, the other blocks, and what was changed.

    The title is a paragraph in the style of titles, or else the first heading if it is of the
    first level and no other is, or nothing stands before it. With `apart` the title is known from
    elsewhere, and every block stays.
    """
    at = None if apart else _title_at(events)
    title = ""
    rest = list(events)
    if at is not None:
        block = rest.pop(at)
        title = plain(block.runs) if isinstance(block, Block) else ""
    rest = [_as_heading(each) for each in rest]
    top = min((_level(each) for each in rest if _is_heading(each)), default=2)
    notes: tuple[str, ...] = ()
    if top == 1:
        rest = [_lower(each) for each in rest]
        # Word has a style for titles, and its headings begin with the first level below it.
        is_usual = any(isinstance(each, Block) and each.kind == "title" for each in events)
        said = "Headings moved down a level, for the title alone is of the first."
        notes = () if is_usual else (said,)
    return title, _without_loose_rules(rest), notes


def _title_at(events: Sequence[Event]) -> int | None:
    blocks = [(at, each) for at, each in enumerate(events) if isinstance(each, Block)]
    titles = [at for at, each in blocks if each.kind == "title"]
    if titles:
        return titles[0]
    first = [at for at, each in blocks if _is_heading(each) and each.level == 1]
    if len(first) == 1 or (first and first[0] == blocks[0][0]):
        # A picture in the heading would go with it.
        block = events[first[0]]
        with_picture = isinstance(block, Block) and any(run.kind == "image" for run in block.runs)
        return None if with_picture else first[0]
    return None


def _level(event: Event) -> int:
    return event.level if isinstance(event, Block) else 0


def _is_heading(event: Event) -> bool:
    return isinstance(event, Block) and event.kind == "heading"


def _as_heading(event: Event) -> Event:
    if isinstance(event, Block) and event.kind == "title":
        return event._replace(kind="heading", level=1)
    return event


def _lower(event: Event) -> Event:
    if isinstance(event, Block) and event.kind == "heading":
        return event._replace(level=min(6, event.level + 1))
    return event


def _without_loose_rules(events: list[Event]) -> list[Event]:
    """Drop rules with nothing before or after them, such as the one above footnotes."""
    kept: list[Event] = []
    for backwards in (False, True):
        kept = []
        seen = False
        for each in reversed(events) if backwards else events:
            is_rule = isinstance(each, Block) and each.kind == "rule"
            seen = seen or (isinstance(each, Block) and not is_rule)
            if seen or not is_rule:
                kept.append(each)
        events = kept
    return events[::-1]
