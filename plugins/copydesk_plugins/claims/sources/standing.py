"""How a cited source stands: what the lock says of it, held against the words that cite it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from copydesk.api import PostContext
from copydesk_plugins.claims.sources.lock import FILE_NAME, read_lock
from copydesk_plugins.claims.sources.titles import OVERLAP, cited_title, overlap
from copydesk_plugins.claims.sources.told import Fact, Shown, later
from copydesk_plugins.claims.support import Source, support_of

#: Days after an answer's last day during which it is a warning and no error yet.
GRACE_DAYS = 30


class Standing(NamedTuple):
    """A source of a post and what is known of it; without a fact it was never looked up."""

    source: Source
    fact: Fact | None
    state: Shown

    def expired(self, today: date) -> bool:
        """Say whether the answer is older than it may be."""
        return self.fact is not None and today > self.fact.until

    def error_from(self, grace: int) -> date | None:
        """Return the day from which an expired answer is an error."""
        return later(self.fact.until, grace + 1) if self.fact else None


def facts_of(ctx: PostContext) -> Mapping[str, Fact]:
    """Return what the site's lock holds; raises CopydeskError where it is not in order."""
    return read_lock(ctx.site_text(FILE_NAME), ctx.site_path(FILE_NAME))


def standings(ctx: PostContext, least: float = OVERLAP) -> list[Standing]:
    """Return the sources of a post that have an identifier, each with what is known of it."""
    sources = [each for each in support_of(ctx).sources if each.address.identity]
    # The lock is read only where it matters, so that its changes touch no other post's results.
    facts = facts_of(ctx) if sources else {}
    return [standing_of(each, facts.get(each.address.identity), least) for each in sources]


def standing_of(source: Source, fact: Fact | None, least: float = OVERLAP) -> Standing:
    """Return how one source stands; one with another title is no verified one."""
    if fact is None:
        return Standing(source, None, "unverified")
    state: Shown = fact.told.state
    if state in ("verified", "corrected") and is_other(source, fact, least):
        state = "title-mismatch"
    return Standing(source, fact, state)


def is_other(source: Source, fact: Fact, least: float = OVERLAP) -> bool:
    """Say whether the words that cite a source are about another document."""
    cited = cited_title(source) if fact.told.title else ""
    return bool(cited) and overlap(fact.told.title, cited) < least
