"""Review stamps: who read a post as it stands, on which day, and until when that holds.

They stand in `reviews.toml` at the site's root. A stamp is bound to the wording of the post and
says nothing of any other wording. Stamps are added and never changed: the file is the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from copydesk.api import EnrichContext, Failure, Person, PostContext, wording_hash

FILE = "reviews.toml"


class Stamp(NamedTuple):
    """An entry of `reviews.toml`.

    `post` is the id of the post or its path below the site, `by` the key of a person, `on` the day
    of the review, `next` the last one on which it holds, `hash` that of the wording that was read.
    """

    post: str
    by: str
    on: date
    next: date
    hash: str
    recorded_by: str = ""
    line: int = 0


class Review(NamedTuple):
    """A review that is in force: who read the post, when, and when it is due to be read again."""

    person: Person
    on: date
    next: date


class Stamps(NamedTuple):
    """The stamps of a site in the order of the file, and what is wrong with others in it."""

    by_hash: Mapping[str, tuple[Stamp, ...]] = {}
    by_post: Mapping[str, tuple[Stamp, ...]] = {}
    failures: tuple[Failure, ...] = ()

    def review(self, wording: str, people: Mapping[str, Person], today: date) -> Review | None:
        """Return the newest review of a wording that is in force, or None."""
        held = [each for each in self.by_hash.get(wording, ()) if not ended(each, people, today)]
        if not held:
            return None
        newest = max(enumerate(held), key=lambda pair: (pair[1].on, pair[0]))[1]
        return Review(people[newest.by], newest.on, newest.next)

    def of_post(self, names: Iterable[str]) -> tuple[Stamp, ...]:
        """Return the stamps that name a post by one of its names, in the order of the file."""
        found = [stamp for name in dict.fromkeys(names) for stamp in self.by_post.get(name, ())]
        return tuple(sorted(found, key=lambda stamp: stamp.line))


def ended(stamp: Stamp, people: Mapping[str, Person], today: date) -> str:
    """Return why a stamp is not in force whatever the post says, or an empty text."""
    if stamp.on > today:
        return f"is dated {stamp.on}, which is still to come"
    if stamp.next < today:
        return f"was to be done again by {stamp.next}"
    if not people[stamp.by].credential:
        return f"is by {people[stamp.by].shown}, who has no credential in [people]"
    return ""


def stamps_of(ctx: PostContext | EnrichContext) -> Stamps:
    """Return the stamps of the site; raises CopydeskError where the file is no valid TOML.

    Entries that cannot be used fail the run and count for nothing.
    """
    from copydesk_plugins.claims.review.reading import read_stamps

    text = ctx.site_text(FILE)
    if text is None:
        return Stamps()
    found = read_stamps(text, ctx.site_path(FILE), frozenset(ctx.people))
    for failure in found.failures:
        ctx.failed(failure)
    return found


def review_of(ctx: PostContext) -> Review | None:
    """Return the review of a post that is in force, or None."""
    stamps = stamps_of(ctx)
    if not stamps.by_hash:
        return None
    wording = wording_hash(ctx.post)
    return stamps.review(wording, ctx.people, ctx.today) if wording in stamps.by_hash else None
