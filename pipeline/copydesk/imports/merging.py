"""A three-way merge of Markdown texts by blocks: what was imported, the draft, the new import."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

#: Comparing costs more than linear time; a post of this many paragraphs is no post.
MAX_BLOCKS = 5000
#: Pairs of equal blocks to look at; only a text that repeats itself without end has more.
_MAX_PAIRS = 2_000_000

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_BLANK = re.compile(r"\s*\Z")
_ITEM = re.compile(r" {0,12}(?:[-*+]|\d{1,9}[.)])[ \t]")

Prefer = Literal["document", "draft", ""]


class Block(NamedTuple):
    """Some lines that stand together, and the line ends and blank lines behind them."""

    text: str
    gap: str

    @property
    def same(self) -> str:
        """What two blocks are compared by: neither line ends nor blanks at them count."""
        return "\n".join(line.rstrip() for line in _LINE.findall(self.text))


class Step(NamedTuple):
    """One stretch of a merge: the blocks of the draft and those that stand there afterwards.

    `conflict` holds the blocks of the document where draft and document both changed.
    """

    draft: tuple[Block, ...]
    merged: tuple[Block, ...]
    conflict: tuple[Block, ...] | None = None


class TooLarge(Exception):
    """The texts have more blocks than can be compared in a reasonable time."""


def blocks(text: str) -> list[Block]:
    """Split a text into its blocks: lines between blank lines, and each item of a list.

    Joining texts and gaps gives the text again, but for blank lines before the first block.
    """
    found: list[Block] = []
    lines: list[str] = []
    gap: list[str] = []
    for line in _LINE.findall(text):
        if _BLANK.match(line):
            gap += [line] if lines else []
            continue
        if lines and (gap or _ITEM.match(line)):
            found.append(_block(lines, gap))
            lines, gap = [], []
        lines.append(line)
    if lines:
        found.append(_block(lines, gap))
    return found


def _block(lines: list[str], gap: list[str]) -> Block:
    whole = "".join(lines)
    text = whole.rstrip("\r\n")
    return Block(text, whole[len(text) :] + "".join(gap))


def join(parts: Sequence[Block], newline: str) -> str:
    """Return blocks as a text; neighbours that never stood together get a blank line between."""
    out: list[str] = []
    for at, block in enumerate(parts):
        gap = block.gap
        if at + 1 == len(parts):
            gap = gap or newline
        elif len(_LINE.findall(gap)) < 2 and not (gap and _ITEM.match(parts[at + 1].text)):
            gap = newline * 2
        out += [block.text, gap]
    return "".join(out)


def merged_text(steps: Sequence[Step], draft: str, newline: str) -> str:
    """Return a merge as the text of the draft's file, which begins and ends as it did."""
    parts = [_in_file(each, newline) for step in steps for each in step.merged]
    start = draft[: len(draft) - len(draft.lstrip())]
    blanks = start[: max(start.rfind("\n"), start.rfind("\r")) + 1]
    end = draft[len(draft.rstrip("\r\n")) :]
    return blanks + join(parts, newline).rstrip("\r\n") + (end if parts and end else newline)


def _in_file(block: Block, newline: str) -> Block:
    """Return a block with the line ends of a file; blocks of that file have them already."""
    if newline == "\n" or "\r" in block.text + block.gap:
        return block
    return Block(*(part.replace("\n", newline) for part in block))


class _Hunk(NamedTuple):
    """A stretch of the base, `start` to `end`, that a later text has in another form."""

    start: int
    end: int
    new: tuple[Block, ...]


class _Side:
    """A later text as seen from the base: what stands there unchanged, and what does not."""

    def __init__(self, old: list[Block], new: list[Block]) -> None:
        self.kept: dict[int, Block] = {}
        self.hunks: list[_Hunk] = []
        for kind, start, end, first, last in _compared(old, new):
            pieces = new[first:last]
            if kind == "equal":
                self.kept.update(zip(range(start, end), pieces, strict=True))
            elif kind == "delete" or end - start == last - first:
                # Paragraph by paragraph, so that changes of neighbours do not meet.
                for n in range(start, end):
                    self.hunks.append(_Hunk(n, n + 1, tuple(pieces[n - start : n - start + 1])))
            else:
                self.hunks.append(_Hunk(start, end, tuple(pieces)))

    def between(self, start: int, end: int, mine: Sequence[_Hunk]) -> tuple[Block, ...]:
        """Return what this text has in place of a stretch of the base, given its hunks there."""
        found: list[Block] = []
        at = start
        for hunk in mine:
            found += [self.kept[n] for n in range(at, hunk.start)]
            found += hunk.new
            at = hunk.end
        return (*found, *(self.kept[n] for n in range(at, end)))


def merge(base: str, draft: str, document: str, prefer: Prefer = "") -> list[Step]:
    """Merge the changes that a draft and a document made to the same base.

    Where both changed the same blocks, `prefer` decides; the step still names the conflict.
    Without `prefer` such a step keeps the draft's blocks. Raises TooLarge.
    """
    old = blocks(base)
    ours, theirs = _Side(old, blocks(draft)), _Side(old, blocks(document))
    steps: list[Step] = []
    at = 0
    for start, end, mine, other in _met(ours.hunks, theirs.hunks):
        steps += [Step((ours.kept[n],), (ours.kept[n],)) for n in range(at, start)]
        steps.append(
            _step(
                tuple(old[start:end]),
                ours.between(start, end, mine),
                theirs.between(start, end, other),
                prefer,
            )
        )
        at = end
    return steps + [Step((ours.kept[n],), (ours.kept[n],)) for n in range(at, len(old))]


def _met(ours: list[_Hunk], theirs: list[_Hunk]) -> list[tuple[int, int, list[_Hunk], list[_Hunk]]]:
    """Return the changed stretches of the base in order, those of both sides that meet as one."""
    found: list[tuple[int, int, list[_Hunk], list[_Hunk]]] = []
    tagged = [(hunk, True) for hunk in ours] + [(hunk, False) for hunk in theirs]
    for hunk, is_ours in sorted(tagged, key=lambda each: (each[0].start, each[0].end)):
        start, end, mine, other = found[-1] if found else (-1, -1, [], [])
        both_insert = start == end == hunk.start == hunk.end
        if not found or not (hunk.start < end or both_insert):
            start, end, mine, other = hunk.start, hunk.end, [], []
            found.append((start, end, mine, other))
        (mine if is_ours else other).append(hunk)
        found[-1] = (start, max(end, hunk.end), mine, other)
    return found


def _step(
    base: tuple[Block, ...], draft: tuple[Block, ...], document: tuple[Block, ...], prefer: Prefer
) -> Step:
    """Settle one stretch that is not the same in all three."""
    if _equal(draft, document) or _equal(document, base):
        return Step(draft, draft)
    if _equal(draft, base):
        return Step(draft, document)
    return Step(draft, document if prefer == "document" else draft, document)


def _equal(one: Sequence[Block], other: Sequence[Block]) -> bool:
    return [each.same for each in one] == [each.same for each in other]


def _compared(old: list[Block], new: list[Block]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return how one text becomes another, as difflib says it; raises TooLarge."""
    one, two = [each.same for each in old], [each.same for each in new]
    if max(len(one), len(two)) > MAX_BLOCKS:
        raise TooLarge
    counts, others = Counter(one), Counter(two)
    if sum(number * others[each] for each, number in counts.items()) > _MAX_PAIRS:
        raise TooLarge
    return SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
