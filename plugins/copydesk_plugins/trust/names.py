"""Names of people as posts and `[people]` write them, so that the same one is known again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copydesk.api import Person, words

_TITLES = frozenset({"dr", "dr.", "prof", "prof.", "professor", "mr", "mr.", "mrs", "ms", "mx"})
#: "Jane Doe, LCSW" and "Jane Doe MD": letters of a credential behind the name.
_CREDENTIAL = re.compile(r"(?:,\s*\S|\s(?=[A-Z][A-Za-z.]*[A-Z])[A-Z][A-Za-z.-]+\s*$)")


def parts_of(name: str) -> list[str]:
    """Return the words of a name in lower case, without titles and what stands after a comma."""
    bare = [word.text.casefold() for word in words(name.partition(",")[0])]
    return [word for word in bare if word not in _TITLES]


def starts_with(keys: list[str], at: int, name: str) -> bool:
    """Say whether the words at a place are a name of at least two words, title or not."""
    parts = parts_of(name)
    while at < len(keys) and keys[at] in _TITLES:
        at += 1
    return len(parts) > 1 and keys[at : at + len(parts)] == parts


def shows_credential(name: str) -> bool:
    """Say whether a name comes with a title or letters that tell what the person is."""
    first = name.split()[:1]
    titled = bool(first) and first[0].casefold() in _TITLES - {"mr", "mr.", "mrs", "ms", "mx"}
    return titled or _CREDENTIAL.search(name) is not None


def person_named(name: str, people: Iterable[Person]) -> Person | None:
    """Return the person of that name, title or not, or None."""
    parts = parts_of(name)
    return next((each for each in people if parts and parts_of(each.name) == parts), None)
