"""What differs between a page as it stands and as it will be, field by field."""

from __future__ import annotations

from copydesk.api import LedgerEntry, Wanted
from copydesk_plugins.publishers.folder import marks
from copydesk_plugins.publishers.folder.edition import Edition
from copydesk_plugins.publishers.folder.known import described

Field = tuple[str, str, str]
_FIELDS = ("title", "description", "published", "updated", "category", "author")
_RELATIONS = (("prev", "older post"), ("next", "newer post"))


def differences(
    edition: Edition,
    entry: LedgerEntry,
    wanted: Wanted | None,
    key: str,
    old: str,
    new: str,
) -> tuple[Field, ...]:
    """Return the fields that differ as (field, old, new).

    `wanted` is None for a post that stays as it is but for its neighbours. `old` is the page as
    it stands, empty where there is none, and `new` as it will be.
    """
    found = _details(entry, wanted) if wanted is not None else []
    if old and marks.copy_of(old) != marks.copy_of(new):
        found.append(("body", "", "changed"))
    if entry.address != key:
        found.append(("address", entry.address, key))
    if old and marks.lines(old) != marks.lines(new):
        was, is_ = (" / ".join(marks.lines(page)) for page in (old, new))
        found.append(("below the post", was, is_))
    found += _neighbours(edition, marks.linked(old), marks.linked(new))
    return tuple(found) or (("page", "", "other details changed"),)


def _details(entry: LedgerEntry, wanted: Wanted) -> list[Field]:
    now = described(entry, wanted)
    found = [
        (name, str(getattr(entry, name)), str(getattr(now, name)))
        for name in _FIELDS
        if getattr(entry, name) != getattr(now, name)
    ]
    if entry.noindex != now.noindex:
        words = {True: "hidden from search engines", False: "open to search engines"}
        found.append(("search engines", words[entry.noindex], words[now.noindex]))
    return found


def _neighbours(edition: Edition, old: dict[str, str], new: dict[str, str]) -> list[Field]:
    """Name neighbours by id; where only an address changed, by address."""
    before = {entry.address: id for id, entry in edition.known.posts.items()}
    after = {key: id for id, key in edition.places.items()}
    found = []
    for rel, field in _RELATIONS:
        was, is_ = old.get(rel, ""), new.get(rel, "")
        if was == is_:
            continue
        ids = before.get(was, was), after.get(is_, is_)
        found.append((field, was, is_) if ids[0] == ids[1] else (field, *ids))
    return found
