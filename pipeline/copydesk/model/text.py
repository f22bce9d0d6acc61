"""Sources, spans into them, and the way from plain text back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open pair of code-point offsets into a source's text."""

    start: int
    end: int


class Source(NamedTuple):
    """One file as found.

    `path` is the path as people see it, `key` the path below the site's root with forward
    slashes. `text` is the exact decoded text without a byte order mark; nothing else is
    changed, so offsets count the code points of the file. `sha256` is of the file's bytes.
    """

    path: str
    key: str
    text: str
    sha256: str
    newline: str = "\n"
    bom: bool = False


class Position(NamedTuple):
    """A place for people: 1-based line and column, both counted in code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets into lines and columns; only `\\n`, `\\r\\n` and `\\r` end a line."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> Position:
        """Return the 1-based line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line_start(self, line: int) -> int:
        """Return the offset at which a 1-based line begins."""
        return self._starts[line - 1]


class Run(NamedTuple):
    """A stretch of plain text and the stretch of source that it stands for.

    Where both lengths are equal, the characters match one to one. Where they differ (an
    entity, a line break with its quote marks), the stretch maps only as a whole.
    """

    plain: int
    plain_length: int
    source: int
    source_length: int


class MappedText(NamedTuple):
    """Plain text with the way back to the source.

    `runs` are in the order of `plain` and cover it without gaps.
    """

    plain: str
    runs: tuple[Run, ...]

    def to_source(self, start: int, end: int) -> Span:
        """Return the source span of `plain[start:end]`, widened to whole runs where needed."""
        if not self.runs:
            return Span(0, 0)
        first = self._run_at(start)
        begin = first.source
        if first.plain_length == first.source_length:
            begin += start - first.plain
        if end <= start:
            return Span(begin, begin)
        last = self._run_at(end - 1)
        stop = last.source + last.source_length
        if last.plain_length == last.source_length:
            stop = last.source + end - last.plain
        return Span(begin, stop)

    def _run_at(self, offset: int) -> Run:
        at = bisect_right(self.runs, offset, key=lambda run: run.plain) - 1
        return self.runs[max(at, 0)]


class MappedTextBuilder:
    """Collects runs into a `MappedText`; used by readers."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0

    def add(self, plain: str, source: int, source_length: int | None = None) -> None:
        """Append plain text that stands at a source offset; neighbours are joined."""
        if not plain:
            return
        size = len(plain)
        width = size if source_length is None else source_length
        last = self._runs[-1] if self._runs else None
        if (
            last is not None
            and width == size
            and last.plain_length == last.source_length
            and last.source + last.source_length == source
        ):
            self._runs[-1] = Run(
                last.plain, last.plain_length + size, last.source, last.source_length + size
            )
        else:
            self._runs.append(Run(self._length, size, source, width))
        self._parts.append(plain)
        self._length += size

    @property
    def last_character(self) -> str:
        """The last character collected, or an empty string."""
        return self._parts[-1][-1] if self._parts else ""

    def build(self) -> MappedText:
        """Return what was collected."""
        return MappedText("".join(self._parts), tuple(self._runs))
