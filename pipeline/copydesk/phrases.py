"""Phrases found in words: a first-word dictionary, as vocabulary lies in plain text files.

A phrase is one line of words. A word that ends in `*` stands for every word that begins so; a
`*` alone stands for up to three words of any kind. There are no regular expressions, so no
phrase can make a check slow: the time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_GAP = 3
#: Words of a text that are remembered with the phrases they may begin.
_REMEMBERED = 20_000


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
        self._memory: dict[str, _Starts | None] = {}
        for section, phrases in sections.items():
            for phrase in phrases:
                first, *rest = phrase.lower().split()
                if first == "*":
                    raise ValueError(f"the phrase {phrase!r} begins with *")
                table = self._begins if first.endswith("*") else self._whole
                table.setdefault(first.rstrip("*"), []).append((section, *rest))
        self._lengths = sorted({len(start) for start in self._begins})

    def find(self, keys: Sequence[str]) -> dict[str, list[Hit]]:
        """Return the hits by section, in order; at each word the longest of a section counts.

        `keys` are words in lower case with straight apostrophes.
        """
        found: dict[str, list[Hit]] = {}
        memory, size = self._memory, len(keys)
        for at, key in enumerate(keys):
            starts = memory[key] if key in memory else self._remember(key)
            if starts is None:
                continue
            for section in starts.alone:
                _add(found, section, at, at + 1)
            if at + 1 < size:
                for section, rest in starts.strict.get(keys[at + 1], ()):
                    if end := _end(rest, keys, at + 2):
                        _add(found, section, at, end)
                for section, rest in starts.loose:
                    if end := _end(rest, keys, at + 1):
                        _add(found, section, at, end)
        return found

    def _remember(self, key: str) -> _Starts | None:
        entries = list(self._whole.get(key, ()))
        for length in self._lengths:
            entries += self._begins.get(key[:length], ()) if length <= len(key) else ()
        if len(self._memory) >= _REMEMBERED:
            self._memory.clear()
        self._memory[key] = _starts(entries) if entries else None
        return self._memory[key]


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
    hits = found.setdefault(section, [])
    if hits and hits[-1].start == start:
        hits[-1] = Hit(start, max(end, hits[-1].end))
    else:
        hits.append(Hit(start, end))


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
