"""What is remembered of a post on a system while planning: no texts, so that memory stays flat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import NamedTuple

from copydesk_plugins.publishers.cms import digests
from copydesk_plugins.publishers.cms.remote import Held, Remote, State

#: The hash of a block with nothing in it.
NO_BLOCK = digests.digest("")
_HREF = re.compile(r'\bhref="([^"<>]*)"')


class Standing(NamedTuple):
    """A post as the system holds it, with hashes in the place of its texts.

    `words` is the hash of its words, `data` that of our structured data or empty, `links` are the
    addresses in our block, and `mentions` those in its text.
    """

    remote: str
    key: str
    text: str
    state: State
    slug: str
    address: str
    revision: str
    title: str
    description: str
    published: datetime | None
    seen: str
    words: str
    block: str
    data: str
    links: tuple[str, ...]
    mentions: tuple[str, ...]
    category: tuple[str, ...]
    tags: tuple[str, ...]
    bar: str

    @property
    def public(self) -> bool:
        """Whether visitors see it."""
        return self.state == "public"

    @property
    def linked(self) -> bool:
        """Whether it carries what only public posts get, and lose when Copydesk takes them down."""
        return bool(self.data) or self.block != NO_BLOCK


def standing_of(held: Held, remote: Remote) -> Standing:
    """Return what is to be remembered of a post."""
    html = remote.html(held)
    return Standing(
        held.remote,
        held.key,
        held.text,
        held.state,
        held.slug,
        held.address,
        held.revision,
        held.title,
        held.description,
        held.published,
        digests.seen(held),
        digests.words_of(held.title, held.description, html),
        digests.digest(held.block.strip()),
        digests.of_data([held.data]),
        addresses(held.block),
        addresses(html),
        held.category,
        held.tags,
        held.bar,
    )


def as_it_stood(held: Held, standing: Standing) -> bool:
    """Say whether nothing of a post that a person may change is other than it was."""
    return digests.seen(held) == standing.seen and left(held) == left(standing)


def left(each: Held | Standing) -> str:
    """Return the hash of what a person may change beside what `digests.seen` looks at."""
    terms = [sorted(by_folded(each.category)), sorted(by_folded(each.tags))]
    return digests.digest([each.state, digests.as_text(each.published), *terms])


def addresses(html: str) -> tuple[str, ...]:
    """Return the addresses that a text links to, in order."""
    return tuple(unescape(each) for each in _HREF.findall(html))


def same_words(standing: Standing) -> bool:
    """Say whether a post reads as Copydesk wrote it last, from this machine or another."""
    return bool(standing.text) and digests.marked_words(standing.text) == standing.words


def by_folded(names: tuple[str, ...]) -> Mapping[str, str]:
    """Return names by how systems compare them: without regard to case."""
    return {" ".join(name.casefold().split()): name for name in names}


def merged(
    ours: tuple[str, ...], before: tuple[str, ...], held: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the terms a post is to have: ours, with what a person added and took away there.

    `before` are those that we wrote last.
    """
    mine, base, theirs = by_folded(ours), by_folded(before), by_folded(held)
    kept = [name for name in mine if name not in base or name in theirs]
    added = [name for name in theirs if name not in base and name not in mine]
    return tuple([mine[name] for name in kept] + [theirs[name] for name in added])
