"""What a site keeps beside its posts and rules may ask for: record files and people.

Record files are text in git, such as a register of approved claims. Whoever reads one through a
context leaves a trace of what was read, so that kept results are used again only while it holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Person(NamedTuple):
    """An entry of `[people]`: the key it is named by, and what the site says of the person.

    `url` is the address of a page about the person.
    """

    key: str
    name: str = ""
    role: str = ""
    credential: str = ""
    url: str = ""

    @property
    def shown(self) -> str:
        """The name as people read it, with the credential."""
        return ", ".join(each for each in (self.name or self.key, self.credential) if each)


def _no_file(name: str) -> str | None:
    return None


def _as_named(name: str) -> str:
    return name


class SiteRecords(NamedTuple):
    """The record files and the people of one site.

    `read` gets the name of a file below the site's root and returns its text, None where there is
    none; it raises CopydeskError where the file cannot be read. `shown` returns the path of such
    a file as messages show it.
    """

    read: Callable[[str], str | None] = _no_file
    people: Mapping[str, Person] = {}
    shown: Callable[[str], str] = _as_named


#: What a context has without a site around it.
NO_RECORDS = SiteRecords()


def digest_of_text(text: str | None) -> str:
    """Return what tells apart the states of a record file; empty where there is none."""
    if text is None:
        return ""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of_people(people: Mapping[str, Person]) -> str:
    """Return what tells apart the states of `[people]`."""
    return digest_of_text(repr(sorted(people.values())))
