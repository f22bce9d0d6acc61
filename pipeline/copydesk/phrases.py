"""Phrases found in words: a first-word dictionary, as vocabulary lies in plain text files.

A phrase is one line of words. A word that ends in `*` stands for every word that begins so; a
`*` alone stands for up to three words of any kind. There are no regular expressions, so no
phrase can make a check slow: the time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

_GAP = 3
#: Words of a text that are remembered with the phrases they may begin.
_REMEMBERED = 20_000
#: `Hit(...)` would do; this is the same without a call in between, for every hit of a site.
_NEW = tuple.__new__


class Hit(NamedTuple):
    """A phrase found: the half-open pair of positions of its words."""

    start: int
    end: int


class _Starts(NamedTuple):
    """What a first word may begin: sections of one word, and longer phrases by second word.

    `loose` holds phrases whose second word has a `*`.
    """

    alone: tuple[str, ...]
    strict: dict[str, list[tuple[str, tuple[str, ...]]]]
    loose: tuple[tuple[str, tuple[str, ...]], ...]


def read_phrases(text: str) -> dict[str, list[str]]:
    """Read a vocabulary: `[section]` lines, one phrase a line, `#` begins a comment."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], [])
        elif line:
            current.append(line)
    return sections


class Phrases:
    """Phrases in named sections, all found in one pass over the words of a text."""

    def __init__(self, sections: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = {}
        self._begins: dict[str, list[tuple[str, ...]]] = {}
        self._written: dict[str, str] = {}
        self._memory = _Memory(self._starts)
        for section, phrases in sections.items():
            for phrase in phrases:
                first, *rest = phrase.lower().split()
                if first == "*":
                    raise ValueError(f"the phrase {phrase!r} begins with *")
                table = self._begins if first.endswith("*") else self._whole
                table.setdefault(first.rstrip("*"), []).append((section, *rest))
        self._lengths = sorted({len(start) for start in self._begins})

    def lines(self) -> Iterator[str]:
        """Yield a line for each first word, in a form that `opened` takes at once."""
        yield from map("\t".join, self._written.items())
        for table, mark in ((self._whole, ""), (self._begins, "*")):
            for first, entries in table.items():
                yield "\t".join((first + mark, *map(" ".join, entries)))

    @classmethod
    def opened(cls, lines: Iterable[str]) -> Phrases:
        """Return the phrases that `lines` wrote; a line is read when its word is first met."""
        found = cls({})
        found._written = dict(line.split("\t", 1) for line in lines)
        stems = [key for key in found._written if key[-1] == "*"]
        found._begins = {key[:-1]: _entries(found._written.pop(key)) for key in stems}
        found._lengths = sorted({len(stem) for stem in found._begins})
        return found

    def find(self, keys: Sequence[str]) -> dict[str, list[Hit]]:
        """Return the hits by section, in order; at each word the longest of a section counts.

        `keys` are words in lower case with straight apostrophes.
        """
        found: dict[str, list[Hit]] = {}
        size, known = len(keys), map(self._memory.__getitem__, keys)
        for at, starts in enumerate(known):
            if starts is None:
                continue
            alone, strict, loose = starts
            for section in alone:
                _add(found, section, at, at + 1)
            if at + 1 < size:
                if strict and keys[at + 1] in strict:
                    for section, rest in strict[keys[at + 1]]:
                        end = _end(rest, keys, at + 2) if rest else at + 2
                        if end:
                            _add(found, section, at, end)
                for section, rest in loose:
                    if end := _end(rest, keys, at + 1):
                        _add(found, section, at, end)
        return found

    def _starts(self, key: str) -> _Starts | None:
        entries = list(self._whole.get(key, ()))
        if key in self._written:
            entries += _entries(self._written[key])
        for length in self._lengths:
            entries += self._begins.get(key[:length], ()) if length <= len(key) else ()
        return _starts(entries) if entries else None


class _Memory(dict[str, _Starts | None]):
    """What words may begin, worked out when a word is first seen: most come again and again."""

    def __init__(self, work_out: Callable[[str], _Starts | None]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: str) -> _Starts | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[key] = self._work_out(key)
        return found


def _entries(line: str) -> list[tuple[str, ...]]:
    """Return the phrases of a line without its first word: section, then the other words."""
    return [tuple(entry.split(" ")) for entry in line.split("\t")]


def _starts(entries: list[tuple[str, ...]]) -> _Starts:
    strict: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    loose = []
    for section, *rest in entries:
        if rest and rest[0].endswith("*"):
            loose.append((section, tuple(rest)))
        elif rest:
            strict.setdefault(rest[0], []).append((section, tuple(rest[1:])))
    alone = tuple(section for section, *rest in entries if not rest)
    return _Starts(tuple(dict.fromkeys(alone)), strict, tuple(loose))


def _add(found: dict[str, list[Hit]], section: str, start: int, end: int) -> None:
    hits = found.get(section)
    if hits is None:
        found[section] = [_NEW(Hit, (start, end))]
    elif hits[-1][0] != start:
        hits.append(_NEW(Hit, (start, end)))
    elif hits[-1][1] < end:
        hits[-1] = _NEW(Hit, (start, end))


def _end(rest: tuple[str, ...], keys: Sequence[str], at: int) -> int:
    """Return where the rest of a phrase ends that begins at a word, or 0."""
    for index, part in enumerate(rest):
        if part == "*":
            tail = rest[index + 1 :]
            return next(
                (end for skip in range(_GAP + 1) if (end := _end(tail, keys, at + skip))), 0
            )
        if at >= len(keys) or not _same(part, keys[at]):
            return 0
        at += 1
    return at if at <= len(keys) else 0


def _same(part: str, key: str) -> bool:
    return key.startswith(part[:-1]) if part[-1] == "*" else part == key
