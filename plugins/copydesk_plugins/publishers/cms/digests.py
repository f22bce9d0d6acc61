"""What tells one state of a post from another: short hashes of what a person could have changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import unescape
from typing import Any

from copydesk_plugins.publishers.cms.remote import Held

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
#: Hex digits of a hash that travels with a post: enough to tell versions of one post apart.
_SHORT = 20
_PARTS = 3


def digest(value: Any) -> str:
    """Return the hash of a JSON value."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_SHORT]


def seen(held: Held) -> str:
    """Return the hash of what a person may change by hand: all but terms, state and date.

    Terms are merged, and state and date are looked at by themselves. The alternative text of a
    picture that other posts show, too, is no part of this one.
    """
    texts = [held.title, held.slug, held.description, held.body, held.image, held.canonical]
    return digest([*texts, held.image_alt] if held.own_alt else texts)


def words_of(title: str, description: str, html: str) -> str:
    """Return the hash of the words that people read.

    Systems rewrite markup, quotes and blanks as they like, but not words.
    """
    text = unescape(_TAG.sub(" ", f"{unescape(title)}\n{unescape(description)}\n{html}"))
    return digest(_WORD.findall(text.casefold()))


def mark(facts: str, words: str, filled: str) -> str:
    """Return what travels with a post: hashes of what was wanted, its words and its addresses."""
    return facts + words + filled


def marked_facts(text: str) -> str:
    """Return the hash of what was wanted, as a mark holds it."""
    return _part(text, 0)


def marked_words(text: str) -> str:
    """Return the hash of the words that a mark holds."""
    return _part(text, 1)


def marked_filled(text: str) -> str:
    """Return the hash of a body with its addresses that a mark holds."""
    return _part(text, 2)


def _part(text: str, number: int) -> str:
    if len(text) != _PARTS * _SHORT:
        return ""  # none of ours, or of another version
    return text[number * _SHORT : (number + 1) * _SHORT]


def data_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return structured data in one form, so that two of the same content are equal."""
    found = []
    for text in texts:
        for line in text.splitlines():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                found.append(line.strip())
            else:
                found.append(json.dumps(value, sort_keys=True))
    return tuple(sorted(each for each in found if each))


def of_data(texts: Iterable[str]) -> str:
    """Return the hash of structured data, or an empty text where there are none."""
    found = data_of(texts)
    return digest(found) if found else ""


def as_text(moment: datetime | None) -> str:
    """Return a moment in UTC to the second, as ledgers keep it, or an empty text."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()
