"""The record of one post that was handed over, in the ledger and in the file that was made."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any, NamedTuple

from copydesk.api import Body, Hashes, LedgerEntry, Series, Wanted
from copydesk_plugins.publishers import filling
from copydesk_plugins.publishers.handing.facts import FIELDS, Facts

_TEXTS = (
    "id", "key", "address", "title", "published", "updated", "description", "category", "author",
    "text", "wording",
)  # fmt: skip

NOTHING: Facts = MappingProxyType({})


class Handed(NamedTuple):
    """What is known of a post that was handed over.

    `now` is what was handed over last and `there` what stands on the site, as far as that is
    known; it is empty for a post that is new there. `waits` says that what was handed over last
    still lies here. `number` is the post's own in files that number posts, and `state` what it is
    to become there.
    """

    now: Facts
    there: Facts = NOTHING
    waits: bool = False
    number: int = 0
    state: str = ""


def handed(entry: LedgerEntry | None) -> Handed:
    """Return what the ledger knows of a post; nothing of one that was never handed over."""
    if entry is None:
        return Handed({})
    number = entry.remote.get("number", "")
    return Handed(
        _facts(entry.remote.get("now", "")),
        _facts(entry.remote.get("there", "")),
        entry.remote.get("waits") == "yes",
        int(number) if number.isdecimal() and number.isascii() else 0,
        entry.remote.get("state", ""),
    )


def _facts(text: str) -> Facts:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: found[name] for name in FIELDS if isinstance(found.get(name), str)}


def with_handed(entry: LedgerEntry, mine: Handed) -> LedgerEntry:
    """Return an entry with what is known of its post now."""
    remote = {"now": _json(mine.now)}
    if mine.there:
        remote["there"] = _json(mine.there)
    if mine.waits:
        remote["waits"] = "yes"
    if mine.number:
        remote["number"] = str(mine.number)
    if mine.state:
        remote["state"] = mine.state
    return entry._replace(remote=remote)


def _json(facts: Facts) -> str:
    full = {name: facts[name] for name in FIELDS if facts.get(name)}
    return json.dumps(full, ensure_ascii=False, separators=(",", ":"))


def taken_away(entry: LedgerEntry) -> LedgerEntry:
    """Return the entry of a post whose file is gone: what was handed over stands there now."""
    mine = handed(entry)
    return with_handed(entry, mine._replace(there=mine.now, waits=False))


def entry_for(wanted: Wanted, body: Body, address: str) -> LedgerEntry:
    """Return the entry of a post as its source is now; what was handed over is to be added."""
    return LedgerEntry(
        id=wanted.id,
        key=wanted.key,
        address=address,
        title=wanted.title,
        published=wanted.published.isoformat() if wanted.published else "",
        updated=wanted.updated.isoformat() if wanted.updated else "",
        description=wanted.description,
        category=wanted.category,
        series=wanted.series,
        author=wanted.author,
        noindex=wanted.noindex,
        hashes=Hashes(body.content),
        text=body.text,
        files=tuple(sorted({file.name for file in body.files})),
        wording=wanted.wording,
    )


def as_text(entry: LedgerEntry) -> str:
    """Return an entry as one line that can stand in a script or a comment of a page."""
    value = {**entry._asdict(), "hashes": entry.hashes._asdict(), "remote": dict(entry.remote)}
    text = filling.in_script(json.dumps(value, ensure_ascii=True, separators=(",", ":")))
    return text.replace("--", "\\u002d\\u002d")  # two in a row stand in texts only


def from_text(text: str) -> LedgerEntry | None:
    """Return the entry that a line tells, or None where it tells none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _entry(value) if isinstance(value, dict) else None


def _entry(value: dict[str, Any]) -> LedgerEntry | None:
    hashes, remote = _texts(value.get("hashes")), _texts(value.get("remote"))
    files = value.get("files")
    good = (
        all(isinstance(value.get(name), str) for name in _TEXTS)
        and isinstance(files, list)
        and all(isinstance(each, str) for each in files)
        and bool(value["id"])
    )
    if not good or hashes is None or remote is None or not isinstance(files, list):
        return None
    return LedgerEntry(
        **{name: value[name] for name in _TEXTS},
        series=_series(value.get("series")),
        noindex=value.get("noindex") is True,
        hashes=Hashes(**{name: hashes.get(name, "") for name in Hashes._fields}),
        files=tuple(files),
        public=value.get("public") is not False,
        remote=remote,
    )


def _texts(value: Any) -> dict[str, str] | None:
    good = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    return value if good else None


def _series(value: Any) -> Series | None:
    good = isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)
    return Series(value[0], value[1]) if good and type(value[1]) is int else None
