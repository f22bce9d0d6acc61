"""Where the entries of `claims.toml` stand, so that each problem is named with its line."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.api import Failure, LineIndex, Span, TableAt, toml_tables

FILE_NAME = "claims.toml"
#: The header of an entry, and what stands below it.
HEAD = "claim"


class EntryAt(NamedTuple):
    """An entry in the text: its own table and those below it, in order."""

    tables: tuple[TableAt, ...]

    @property
    def start(self) -> int:
        """Where its header begins."""
        return self.tables[0].header.start

    @property
    def end(self) -> int:
        """Where its last value ends."""
        return self.tables[-1].end

    def below(self, name: str) -> list[TableAt]:
        """Return its tables of a kind, such as those of its evidence."""
        return [each for each in self.tables if each.name == f"{HEAD}.{name}"]

    def place(self, key: str, number: int = -1, part: str = "") -> Span:
        """Return the place of a key, or of the nth thing under it and one of its keys."""
        head = self.tables[0]
        if number >= 0:
            tables = self.below(key)
            if number < len(tables):
                return tables[number].values.get(part, tables[number].header)
        return head.values.get(key, head.header)


class Places(NamedTuple):
    """The text of a register, its path as messages show it, and its entries in order."""

    text: str
    shown: str
    entries: tuple[EntryAt, ...]
    lines: LineIndex

    def failure(self, message: str, help: str, at: int | None = None) -> Failure:
        """Return a failure at an offset of the file, or about the file as a whole."""
        line = self.lines.position(at).line if at is not None else 0
        return Failure("config", message, help, self.shown, line=line)


def places_of(text: str, shown: str) -> Places:
    """Return where the entries of a text stand; the text is valid TOML."""
    entries: list[list[TableAt]] = []
    for table in toml_tables(text):
        if table.name == HEAD:
            entries.append([table])
        elif table.name.startswith(f"{HEAD}.") and entries:
            entries[-1].append(table)
    found = tuple(EntryAt(tuple(each)) for each in entries)
    return Places(text, shown, found, LineIndex(text))
