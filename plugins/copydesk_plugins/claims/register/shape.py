"""What may stand in an entry: its keys and what each takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from copydesk.api import did_you_mean
from copydesk_plugins.claims.claim import STRENGTHS
from copydesk_plugins.claims.options import MARKETS
from copydesk_plugins.claims.register.entry import STATUSES

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")


class Trouble(NamedTuple):
    """What is wrong with a value: the key, which of several things below it, and its part."""

    message: str
    help: str
    key: str = ""
    number: int = -1
    part: str = ""


#: The check of a value: what it takes, where it is something else.
Check = Callable[[Any], str]


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else "a text in quotes"


def _texts(value: Any) -> str:
    if isinstance(value, str):
        return ""
    good = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return "" if good else 'a list of texts, such as ["one", "two"]'


def _market(value: Any) -> str:
    named = [value] if isinstance(value, str) else value
    good = not _texts(value) and all(each.strip().lower() in MARKETS for each in named)
    return "" if good else f"one or several of {', '.join(MARKETS)}"


def _variants(value: Any) -> str:
    good = isinstance(value, list) and not _texts(value) and all(each.strip() for each in value)
    return "" if good else 'a list of texts that are not empty, such as ["one", "two"]'


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _day(value: Any) -> str:
    return "" if isinstance(value, date) else "a day without quotes, such as 2027-01-31"


def _one_of(words: tuple[str, ...]) -> Check:
    wanted = f"one of {', '.join(words)}"
    return lambda value: "" if isinstance(value, str) and value in words else wanted


def _id(value: Any) -> str:
    good = isinstance(value, str) and _ID.fullmatch(value) and not value.isdigit()
    return "" if good else "letters, digits, dots and hyphens, and not only digits"


def _hash(value: Any) -> str:
    good = isinstance(value, str) and _HASH.fullmatch(value)
    return "" if good else "the hash that `copydesk claims approve` writes"


def _doi(value: Any) -> str:
    good = isinstance(value, str) and re.match(r"10\.\d{4,9}/\S", value)
    return "" if good else 'a DOI in quotes without an address before it, such as "10.1000/182"'


def _pmid(value: Any) -> str:
    good = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10
    return "" if good else 'the number of PubMed in quotes, such as "123456"'


def _url(value: Any) -> str:
    good = isinstance(value, str) and re.match(r"https?://[^\s/]+\.", value)
    return "" if good else "an address that begins with https://"


def _tables(value: Any) -> str:
    good = isinstance(value, list) and all(isinstance(each, dict) for each in value)
    return "" if good else "tables, each with a header of its own"


def _table(value: Any) -> str:
    return "" if isinstance(value, dict) else "a table"


KEYS: Mapping[str, Check] = {
    "id": _id,
    "statement": _text,
    "variants": _variants,
    "product": _text,
    "condition": _text,
    "strength": _one_of(STRENGTHS),
    "required-text": _text,
    "market": _market,
    "status": _one_of(STATUSES),
    "expires": _day,
    "recorded-by": _text,
    "evidence": _tables,
    "approval": _tables,
    "withdrawal": _table,
}
_BELOW: Mapping[str, Mapping[str, Check]] = {
    "evidence": {
        "doi": _doi,
        "pmid": _pmid,
        "url": _url,
        "quote": _text,
        "design": _text,
        "direct": _flag,
        "head-to-head": _flag,
    },
    "approval": {"by": _text, "date": _day, "hash": _hash},
    "withdrawal": {"by": _text, "date": _day, "reason": _text},
}
_LOCATORS = ("doi", "pmid", "url")


def troubles_of(table: Mapping[str, Any]) -> list[Trouble]:
    """Return all that is wrong with the shape of one entry."""
    found = [
        Trouble(each.message, each.help, each.part)
        for each in _checked(table, KEYS, "an entry", "", -1)
    ]
    for key in ("id", "statement", "status"):
        value = table.get(key, "")
        if isinstance(value, str) and not value.strip():
            help = {"status": 'Write status = "draft" until people have approved it.'}
            found.append(
                Trouble(f"an entry has no {key}", help.get(key, f'Add {key} = "...".'), key)
            )
    for name, keys in _BELOW.items():
        given = table.get(name, [])
        if KEYS[name](given) and name in table:
            continue
        several = [given] if isinstance(given, dict) else given
        for number, each in enumerate(several):
            found += _checked(each, keys, f"the {name}", name, number)
            found += _lacking(each, name, number)
    return [each for at, each in enumerate(found) if each not in found[:at]]


def _checked(
    table: Mapping[str, Any], keys: Mapping[str, Check], of: str, key: str, number: int
) -> Iterator[Trouble]:
    for name, value in table.items():
        if name not in keys:
            hint = did_you_mean(name, tuple(keys))
            yield Trouble(f"unknown key {name} in {of}", hint, key, number, name)
        elif wanted := keys[name](value):
            yield Trouble(*_wrong(name, value, wanted), key, number, name)


def _wrong(name: str, value: Any, wanted: str) -> tuple[str, str]:
    if name == "status" and isinstance(value, str) and value:
        help = "`copydesk claims approve` sets it once people have signed."
        if value == "expired":
            help = "That an entry has expired is worked out from expires."
        return f"unknown status {value!r}: it takes {wanted}", help
    return f"{name} takes {wanted}", "Mend this value; until then the entry approves nothing."


def _lacking(table: Mapping[str, Any], name: str, number: int) -> Iterator[Trouble]:
    if name == "evidence":
        if not any(each in table for each in _LOCATORS):
            yield Trouble("evidence names no source", "Add doi, pmid or url.", name, number)
        return
    for key in _BELOW[name]:
        value = table.get(key, "")
        if isinstance(value, str) and not value.strip():
            help = "`copydesk claims` writes these; do not write them by hand."
            yield Trouble(f"the {name} has no {key}", help, name, number, key)


def day_of(value: Any) -> date | None:
    """Return a day or a time as a day."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
