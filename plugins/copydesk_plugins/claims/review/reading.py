"""Reading `reviews.toml`, and the text of a new entry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from copydesk.api import Failure, LineIndex, did_you_mean, quoted, read_toml, toml_tables
from copydesk_plugins.claims.review.stamps import Stamp, Stamps

_TEXTS = ("post", "by", "hash")
_DAYS = ("date", "next")
_KEYS = ("post", "by", "date", "next", "hash", "recorded-by")
_HASH = re.compile(r"[0-9a-f]{64}")
_AGAIN = "Take the entry out and review the post again: `copydesk claims review`."


@lru_cache(maxsize=8)
def read_stamps(text: str, shown: str, people: frozenset[str]) -> Stamps:
    """Read the stamps of a site; `people` holds the keys of `[people]`.

    Entries that cannot be used are among the failures. Raises CopydeskError where the text is no
    valid TOML.
    """
    data = read_toml(text, shown)
    failures = [
        Failure("config", f"unknown key {name}", "Each entry is headed [[review]].", shown)
        for name in data
        if name != "review"
    ]
    tables = data.get("review", [])
    if not (isinstance(tables, list) and all(isinstance(each, dict) for each in tables)):
        wrong = Failure("config", "review takes tables", "Each entry is headed [[review]].", shown)
        return Stamps(failures=(*failures, wrong))
    by_hash: dict[str, list[Stamp]] = defaultdict(list)
    by_post: dict[str, list[Stamp]] = defaultdict(list)
    for table, line in zip(tables, _lines(text, len(tables)), strict=True):
        problems = list(_problems(table, people))
        failures += [Failure("config", say, help, shown, line=line) for say, help in problems]
        if not problems:
            stamp = _stamp(table, line)
            by_hash[stamp.hash].append(stamp)
            by_post[stamp.post].append(stamp)
    return Stamps(_frozen(by_hash), _frozen(by_post), tuple(failures))


def _frozen(found: Mapping[str, list[Stamp]]) -> dict[str, tuple[Stamp, ...]]:
    return {name: tuple(stamps) for name, stamps in found.items()}


def _lines(text: str, count: int) -> list[int]:
    """Return the line of each entry's heading; 0 for entries that have none of their own."""
    lines = LineIndex(text)
    found = [lines.position(t.header.start).line for t in toml_tables(text) if t.name == "review"]
    return found if len(found) == count else [0] * count


def _problems(table: Mapping[str, Any], people: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (message, help) for all that is wrong with one entry."""
    for name, value in table.items():
        if name not in _KEYS:
            yield f"unknown key {name} in a review", did_you_mean(name, _KEYS)
        elif name in _DAYS and (isinstance(value, datetime) or not isinstance(value, date)):
            yield f"{name} takes a day", f"Write {name} = 2027-01-31, without quotes."
        elif name not in _DAYS and not isinstance(value, str):
            yield f"{name} takes a text in quotes", "Put quotes around it."
    for name in (*_TEXTS, *_DAYS):
        if not str(table.get(name, "")).strip():
            yield f"a review has no {name}", _AGAIN
    by, mark = table.get("by"), table.get("hash")
    if isinstance(by, str) and by.strip() and by not in people:
        known = did_you_mean(by, tuple(sorted(people))) if people else ""
        yield f"{by} is not among [people]", known or f"Add [people.{by}] to copydesk.toml."
    if isinstance(mark, str) and mark.strip() and not _HASH.fullmatch(mark):
        yield "the hash of a review is not one that Copydesk wrote", _AGAIN


def _stamp(table: Mapping[str, Any], line: int) -> Stamp:
    texts = (table["post"], table["by"], table["date"], table["next"], table["hash"])
    return Stamp(*texts, recorded_by=table.get("recorded-by", ""), line=line)


def with_stamp(text: str, stamp: Stamp) -> str:
    """Return the text of the file with a stamp at its end; all that stands there stays."""
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text else newline if text.endswith("\n") else newline * 2
    return text + gap + as_toml(stamp).replace("\n", newline)


def as_toml(stamp: Stamp) -> str:
    """Return a stamp as an entry of the file."""
    lines = [
        "[[review]]",
        f"post = {quoted(stamp.post)}",
        f"by = {quoted(stamp.by)}",
        f"date = {stamp.on.isoformat()}",
        f"next = {stamp.next.isoformat()}",
        f"hash = {quoted(stamp.hash)}",
    ]
    if stamp.recorded_by:
        lines.append(f"recorded-by = {quoted(stamp.recorded_by)}")
    return "\n".join(lines) + "\n"
