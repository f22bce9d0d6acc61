"""What `reviews.toml` says of a post, as far as trust goes: who has reviewed what it says now."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from copydesk.api import Person, PostContext, read_toml, wording_hash


class Stamped(NamedTuple):
    """A stamp: the post it names, the person by key, and the hash of the wording."""

    post: str
    by: str
    hash: str


def reviewers_of(ctx: PostContext) -> tuple[Person, ...]:
    """Return the people whose stamps are for what the post says now; who wrote them is checked
    by the rules on reviews. Raises CopydeskError where the file is no valid TOML."""
    text = ctx.site_text("reviews.toml")
    if text is None:
        return ()
    post = ctx.post
    names = (post.metadata.id, post.source.key)
    mine = [each for each in _stamps(text, ctx.site_path("reviews.toml")) if each.post in names]
    if not mine:
        return ()
    wording = wording_hash(post)
    by = dict.fromkeys(each.by for each in mine if each.hash == wording)
    return tuple(ctx.people[key] for key in by if key in ctx.people)


@lru_cache(maxsize=4)
def _stamps(text: str, shown: str) -> tuple[Stamped, ...]:
    tables = read_toml(text, shown).get("review", [])
    found = [each for each in tables if isinstance(each, dict)] if isinstance(tables, list) else []
    return tuple(
        Stamped(*(str(each.get(name, "")) for name in ("post", "by", "hash"))) for each in found
    )
