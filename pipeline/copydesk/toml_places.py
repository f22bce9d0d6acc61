"""Where the values of a TOML text stand, because tomllib returns values without places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from copydesk.model.text import Span

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\n\[\]{}=]"
    r"|[^\s\"'#\[\]{}=]+",
    re.DOTALL,
)


class TableAt(NamedTuple):
    """A table of a TOML text as it stands there.

    `name` is that of its header, such as `claim.evidence`; empty for what stands above the first
    header. `values` holds the place of each value by its key, `end` is where the last one ends.
    """

    name: str
    header: Span
    end: int
    values: Mapping[str, Span]


def toml_tables(text: str) -> list[TableAt]:
    """Return each table of a text in order, also those that share a name.

    The text must be valid TOML, read by tomllib before. Tables inside values are part of these.
    """
    found = [TableAt("", Span(0, 0), 0, {})]
    values: dict[str, Span] = {}
    for statement in _statements(text):
        words = [match.group() for match in statement]
        whole = Span(statement[0].start(), statement[-1].end())
        if words[0] == "[":
            values = {}
            found.append(TableAt(_joined(words), whole, whole.end, values))
            continue
        at = words.index("=")
        values[_joined(words[:at])] = Span(statement[at + 1].start(), whole.end)
        found[-1] = found[-1]._replace(end=whole.end, values=values)
    return found


def _joined(words: list[str]) -> str:
    """Return a name that may be made of several words: `claim . "evidence"`."""
    return "".join(_bare(word) for word in words if word not in "[]")


def _bare(word: str) -> str:
    return word[1:-1] if word[0] in "\"'" else word


def value_spans(text: str) -> dict[str, Span]:
    """Return the place of each top-level key's value; a table has that of its header.

    The text must be valid TOML, read by tomllib before.
    """
    spans: dict[str, Span] = {}
    in_table = False
    for statement in _statements(text):
        words = [match.group() for match in statement]
        whole = Span(statement[0].start(), statement[-1].end())
        if words[0] == "[":
            in_table = True
            spans.setdefault(_name(next(word for word in words if word != "[")), whole)
        elif not in_table:
            value = statement[words.index("=") + 1]
            spans.setdefault(_name(words[0]), Span(value.start(), whole.end))
    return spans


def _name(word: str) -> str:
    return _bare(word) if word[0] in "\"'" else word.partition(".")[0]


def _statements(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the words of each statement, without comments; brackets hold lines together."""
    statement: list[re.Match[str]] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word == "\n":
            if statement and depth == 0:
                yield statement
                statement = []
        elif not word.startswith("#"):
            depth += (word in "[{") - (word in "]}")
            statement.append(match)
    if statement:
        yield statement
