"""Reads `claims.toml` into a book: what is right in it, and all that is wrong with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from copydesk.api import CopydeskError, Failure, Person, read_toml, toml_tables
from copydesk_plugins.claims.register.book import Book
from copydesk_plugins.claims.register.entry import Approval, Entry, Evidence, Withdrawal
from copydesk_plugins.claims.register.places import HEAD, EntryAt, Places, places_of
from copydesk_plugins.claims.register.shape import Trouble, day_of, troubles_of
from copydesk_plugins.claims.register.unsigned import signing_troubles


@lru_cache(maxsize=8)
def book_from(text: str, shown: str, everyone: tuple[Person, ...]) -> Book:
    """Return the book of a text; the same text is read once."""
    try:
        data = read_toml(text, shown)
    except CopydeskError as error:
        return Book(failures=(error.failure,))
    places = places_of(text, shown)
    failures = list(_of_file(data, places))
    tables = data.get(HEAD, [])
    if not _in_places(tables, places):
        return Book(failures=tuple(failures))
    people = {each.key: each for each in everyone}
    entries: list[Entry] = []
    unsigned: list[tuple[str, Failure]] = []
    twice = _repeated(tables)
    for table, at in zip(tables, places.entries, strict=True):
        wrong = [*troubles_of(table), *_twice(table, twice)]
        if wrong:
            failures += [_failure(each, at, places) for each in wrong]
            continue
        entry = _entry(table, places.lines.position(at.start).line)
        signing = [_failure(each, at, places) for each in signing_troubles(entry, people)]
        unsigned += [(entry.id, each) for each in signing]
        entries.append(entry._replace(sound=not signing))
    return Book(tuple(entries), tuple(failures), tuple(unsigned))


def _of_file(data: Mapping[str, Any], places: Places) -> Iterator[Failure]:
    """Yield what is wrong with the file as a whole."""
    for name in data:
        if name != HEAD:
            yield places.failure(
                f"unknown key {name}", f"Each entry is headed [[{HEAD}]].", _top(name, places)
            )
    if not _in_places(data.get(HEAD, []), places):
        yield places.failure(
            "has entries in a form that cannot be read",
            f"Head each entry with [[{HEAD}]] on a line of its own.",
        )


def _in_places(tables: Any, places: Places) -> bool:
    """Say whether each entry has a place: only those under a header of their own have."""
    return isinstance(tables, list) and len(tables) == len(places.entries)


def _top(name: str, places: Places) -> int | None:
    """Return where a key stands that is no entry."""
    for table in toml_tables(places.text):
        if table.name.partition(".")[0] == name:
            return table.header.start
        if not table.name and name in table.values:
            return table.values[name].start
    return None


def _repeated(tables: list[Any]) -> frozenset[str]:
    ids = Counter(each["id"] for each in tables if isinstance(each.get("id"), str))
    return frozenset(id for id, number in ids.items() if number > 1)


def _twice(table: Mapping[str, Any], twice: frozenset[str]) -> Iterator[Trouble]:
    if isinstance(table.get("id"), str) and table["id"] in twice:
        yield Trouble(
            f"the id {table['id']} stands at several entries",
            "Give each an id of its own; until then none of them approves anything.",
            "id",
        )


def _failure(trouble: Trouble, at: EntryAt, places: Places) -> Failure:
    where = at.place(trouble.key or trouble.part, trouble.number, trouble.part)
    return places.failure(trouble.message, trouble.help, where.start)


def _entry(table: Mapping[str, Any], line: int) -> Entry:
    market = table.get("market", [])
    markets = [market] if isinstance(market, str) else market
    return Entry(
        id=table["id"],
        statement=table["statement"],
        variants=tuple(table.get("variants", ())),
        product=table.get("product", ""),
        condition=table.get("condition", ""),
        strength=table.get("strength", "plain"),
        evidence=tuple(map(_evidence, table.get("evidence", ()))),
        required_text=table.get("required-text", ""),
        markets=tuple(each.strip().lower() for each in markets if each.strip()),
        status=table["status"],
        approvals=tuple(
            Approval(each["by"], day_of(each["date"]) or each["date"], each["hash"])
            for each in table.get("approval", ())
        ),
        expires=day_of(table.get("expires")),
        recorded_by=table.get("recorded-by", ""),
        withdrawal=_withdrawal(table.get("withdrawal")),
        line=line,
    )


def _evidence(table: Mapping[str, Any]) -> Evidence:
    return Evidence(
        table.get("doi", ""),
        table.get("pmid", ""),
        table.get("url", ""),
        table.get("quote", ""),
        table.get("design", ""),
        table.get("direct", True),
        table.get("head-to-head", False),
    )


def _withdrawal(table: Mapping[str, Any] | None) -> Withdrawal | None:
    if table is None:
        return None
    return Withdrawal(table["by"], day_of(table["date"]) or table["date"], table["reason"])
