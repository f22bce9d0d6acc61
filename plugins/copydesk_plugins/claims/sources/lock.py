"""`evidence.lock`: the answers about sources with their days, in a form that diffs well."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NoReturn

from copydesk.api import CopydeskError, Failure, harmless
from copydesk_plugins.claims.sources.told import STATES, Fact, Told

FILE_NAME = "evidence.lock"
VERSION = 1
#: Half a character, which JSON can hold and no file in UTF-8, is part of no name.
_NAME = re.compile(r"(?:doi:10\.|pmid:\d|pmcid:PMC\d)[^\s\ud800-\udfff]*")
_KEYS = frozenset({"asked", "by", "note", "state", "title", "until"})
_MEND = "Take it from git as it was, or delete it and run `copydesk claims sources --update`."


@lru_cache(maxsize=8)
def read_lock(text: str | None, shown: str) -> Mapping[str, Fact]:
    """Read the text of the file; none is empty. `shown` is its path in messages.

    Raises CopydeskError where it is of a newer version or not in order.
    """
    if text is None or not text.strip():
        return {}
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except _Twice as error:
        _refuse(f"holds {error} twice, as after a merge", "Keep one of the two.", shown)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        _refuse("is not in order: it cannot be read as JSON", _MEND, shown, line)
    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > VERSION:
        _refuse(
            f"is of version {version}, and this Copydesk reads up to version {VERSION}",
            "Update Copydesk: it was written by a newer one.",
            shown,
        )
    if version != VERSION or not isinstance(data.get("sources"), dict):
        _refuse("is not in order: its version or its sources are missing", _MEND, shown)
    facts = {}
    for name, entry in data["sources"].items():
        try:
            facts[name] = _fact(name, entry)
        except ValueError as error:
            at = text.find(json.dumps(name, ensure_ascii=False))
            line = text[:at].count("\n") + 1 if at != -1 else 0
            _refuse(f"is not in order: {error}", _MEND, shown, line)
    return facts


def write_lock(facts: Mapping[str, Fact]) -> str:
    """Return the text of the file: sorted, a line for each word that can change."""
    sources = {
        name: {
            "asked": fact.asked.isoformat(),
            "by": fact.told.by,
            "note": fact.told.note,
            "state": fact.told.state,
            "title": fact.told.title,
            "until": fact.until.isoformat(),
        }
        for name, fact in facts.items()
    }
    data = {
        "about": "Written by `copydesk claims sources --update`. Keep it in git.",
        "version": VERSION,
        "sources": sources,
    }
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


class _Twice(Exception):
    """A name that stands twice in one object: JSON itself would take the last in silence."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Twice(name)
        found[name] = value
    return found


def _fact(name: str, entry: Any) -> Fact:
    """Return the fact of an entry; raises ValueError saying what is wrong with it."""
    if not _NAME.fullmatch(name) or not isinstance(entry, dict) or set(entry) - _KEYS:
        raise ValueError(f"{name!r} is no source with an answer")
    if entry.get("state") not in STATES:
        said = f"{name} has the state {entry.get('state')!r}"
        raise ValueError(f"{said}, which is none of {', '.join(STATES)}")
    texts = [entry.get(key, "") for key in ("title", "note", "by")]
    if not all(isinstance(each, str) for each in texts):
        raise ValueError(f"{name} has a title or a note that is no text")
    try:
        asked, until = (date.fromisoformat(entry[key]) for key in ("asked", "until"))
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{name} needs the days asked and until") from None
    return Fact(Told(entry["state"], *map(harmless, texts)), asked, until)


def _refuse(message: str, help: str, shown: str, line: int = 0) -> NoReturn:
    raise CopydeskError(Failure("site", message, help, shown, line=line)) from None
