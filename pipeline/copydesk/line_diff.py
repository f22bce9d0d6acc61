"""A unified diff of a text and its mended form, as `patch` and `git apply` read it.

Which lines stayed is known from the edits, so this takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

#: Only this ends a line for the tools that read such a diff.
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CONTEXT = 3


class _Change(NamedTuple):
    """Lines `old` of one text that became lines `new` of the other, as half-open ranges."""

    old: range
    new: range


def unified(name: str, before: str, after: str, back: Callable[[int], int]) -> Iterator[str]:
    """Yield the lines of the diff with their ends; `back` leads from places in `after`."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    changes = _changes(old, new, back)
    if changes:
        yield f"--- {name}\n"
        yield f"+++ {name}\n"
    for hunk in _hunks(changes):
        yield from _hunk(hunk, old, new)


def _changes(old: list[str], new: list[str], back: Callable[[int], int]) -> list[_Change]:
    starts = {}
    offset = 0
    for number, line in enumerate(old):
        starts[offset] = number
        offset += len(line)
    changes = []
    at_old = at_new = offset = 0
    for number, line in enumerate(new):
        same = starts.get(back(offset), -1)
        offset += len(line)
        if same < at_old or old[same] != line:
            continue
        if same > at_old or number > at_new:
            changes.append(_Change(range(at_old, same), range(at_new, number)))
        at_old, at_new = same + 1, number + 1
    if at_old < len(old) or at_new < len(new):
        changes.append(_Change(range(at_old, len(old)), range(at_new, len(new))))
    return changes


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    """Yield changes together whose lines around them meet."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.old.start - hunk[-1].old.stop > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _hunk(hunk: list[_Change], old: list[str], new: list[str]) -> Iterator[str]:
    before = min(_CONTEXT, hunk[0].old.start)
    after = min(_CONTEXT, len(old) - hunk[-1].old.stop)
    first, last = hunk[0], hunk[-1]
    lines = [
        _range(range(each.start - before, end.stop + after))
        for each, end in ((first.old, last.old), (first.new, last.new))
    ]
    yield f"@@ -{lines[0]} +{lines[1]} @@\n"
    at = first.old.start - before
    for change in hunk:
        yield from _marked(" ", old[at : change.old.start])
        yield from _marked("-", old[change.old.start : change.old.stop])
        yield from _marked("+", new[change.new.start : change.new.stop])
        at = change.old.stop
    yield from _marked(" ", old[at : at + after])


def _range(lines: range) -> str:
    """Return lines as a hunk's head gives them: from 1 on, and one less where there are none."""
    if len(lines) == 1:
        return str(lines.start + 1)
    return f"{lines.start + bool(lines)},{len(lines)}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"
