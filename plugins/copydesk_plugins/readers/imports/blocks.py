"""A document as a flat list of blocks and containers, and that list as Markdown.

Nesting is told by Open and Close, so nothing here recurses, however deep a document is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from copydesk_plugins.readers.imports.inline import Run, Style, markdown

#: Containers nested deeper than this are written flat: nobody reads them, and lines would grow.
MAX_DEPTH = 12


class Block(NamedTuple):
    """A piece of a document. `rows` are a table's cells, each a list of lines."""

    kind: Literal["title", "heading", "paragraph", "code", "rule", "table"]
    runs: Sequence[Run] = ()
    level: int = 0
    rows: Sequence[Sequence[Sequence[Sequence[Run]]]] = ()


class Open(NamedTuple):
    """A container begins. An item lasts until the next one of its list, or the list's end."""

    kind: Literal["quote", "list", "item", "note"]
    ordered: bool = False
    start: int = 1
    label: str = ""


class Close(NamedTuple):
    """The innermost open quote, list or note ends."""


Event = Block | Open | Close


def write(events: Iterable[Event]) -> str:
    """Return the Markdown of a document."""
    writer = _Writer()
    for event in events:
        if isinstance(event, Block):
            writer.block(event)
        elif isinstance(event, Open):
            writer.open(event)
        else:
            writer.close()
    return writer.result()


class _Level:
    """An open container: what its first line begins with, and what its other lines do."""

    def __init__(self, kind: str, first: str = "", rest: str = "") -> None:
        self.kind = kind
        self.first = first
        self.rest = rest
        self.ordered = False
        self.number = 0
        self.mark = ""
        self.blocks = 0
        # The mark of a list that ended just before: the next one needs another.
        self.last_mark = ""


class _Writer:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._levels = [_Level("document")]
        self._before: list[_Level] = []
        self._before_is_text = False

    def result(self) -> str:
        return "\n".join(self._lines) + "\n" if self._lines else ""

    def open(self, event: Open) -> None:
        deep = len(self._levels) > MAX_DEPTH * 2
        if event.kind == "item":
            if self._levels[-1].kind == "item":
                self._levels.pop()
            top = self._levels[-1]
            if top.kind == "list":
                self._open_item(top)
        elif deep:
            self._levels.append(_Level("flat"))
        elif event.kind == "list":
            self._open_list(event)
        elif event.kind == "quote":
            self._levels.append(_Level("quote", "> ", "> "))
        else:
            self._levels.append(_Level("note", f"[^{event.label}]: ", "    "))

    def _open_list(self, event: Open) -> None:
        level = _Level("list")
        level.ordered = event.ordered
        level.number = event.start if 0 <= event.start < 10**8 else 1
        marks = (".", ")") if event.ordered else ("-", "*")
        level.mark = marks[self._levels[-1].last_mark == marks[0]]
        self._levels.append(level)

    def _open_item(self, parent: _Level) -> None:
        mark = f"{parent.number}{parent.mark} " if parent.ordered else f"{parent.mark} "
        self._levels.append(_Level("item", mark, " " * len(mark)))

    def close(self) -> None:
        if self._levels[-1].kind == "item":
            self._levels.pop()
        closed = self._levels.pop()
        if closed.kind == "list" and closed.blocks:
            self._levels[-1].last_mark = closed.mark

    def block(self, block: Block) -> None:
        lines = _lines_of(block)
        if not lines:
            return
        if self._levels[-1].kind == "list":
            # Text between the items of a list belongs to the last of them, or is one.
            self._open_item(self._levels[-1])
        self._separate(block)
        for line in lines:
            self._lines.append((self._prefix() + line).rstrip(" "))
        for level in self._levels:
            level.blocks += 1
            level.last_mark = ""
        self._before = list(self._levels)
        self._before_is_text = block.kind == "paragraph"

    def _prefix(self) -> str:
        """Return what the next line begins with; the mark of an item or note counts once."""
        parts = []
        for around, level in zip([self._levels[0], *self._levels], self._levels, strict=False):
            if level.blocks or level.first == level.rest:
                parts.append(level.rest)
                continue
            parts.append(level.first)
            level.blocks = 1
            if level.kind == "item":
                around.number += 1
        return "".join(parts)

    def _separate(self, block: Block) -> None:
        """Put a blank line before a block, but for the items of a list one under the other."""
        if not self._lines or self._is_tight(block):
            return
        shared = []
        for old, new in zip(self._before, self._levels, strict=False):
            if old is not new:
                break
            shared.append(new.rest)
        self._lines.append("".join(shared).rstrip(" "))

    def _is_tight(self, block: Block) -> bool:
        new, old = self._levels, self._before
        item = new[-1]
        if item.kind != "item" or item.blocks or not self._before_is_text:
            return False
        if block.kind != "paragraph" or old[-1].kind != "item":
            return False
        parent = new[-2]
        if parent.blocks:
            return parent in old
        # A list inside an item may follow the item's text at once if it begins with 1.
        return len(new) > 3 and new[-3] is old[-1] and parent.number <= 1


def _lines_of(block: Block) -> list[str]:
    if block.kind == "rule":
        return ["---"]
    if block.kind == "code":
        return _fenced(block.runs[0].text)
    if block.kind == "table":
        return _table(block.rows)
    if block.kind == "heading":
        text = markdown(block.runs, "heading")
        return [f"{'#' * min(max(block.level, 1), 6)} {text}"] if text else []
    text = markdown(block.runs)
    return text.split("\n") if text else []


def _fenced(text: str) -> list[str]:
    lines = text.strip("\n").split("\n")
    longest = max((len(each) - len(each.lstrip("`")) for each in map(str.strip, lines)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *lines, fence]


def _table(rows: Sequence[Sequence[Sequence[Sequence[Run]]]]) -> list[str]:
    """Return a table whose first row is its head; the head is as wide as the widest row."""
    width = max(len(row) for row in rows)
    lines = []
    for at, row in enumerate(rows):
        style: Style = "head" if at == 0 else "cell"
        cells = ["<br>".join(markdown(line, style) for line in cell) for cell in row]
        cells += [""] * (width - len(cells) if at == 0 else 0)
        lines.append(f"| {' | '.join(cells)} |")
        if at == 0:
            lines.append(f"| {' | '.join(['---'] * width)} |")
    return lines
