"""What statements of the register say, as the engine reads them: each as a post of one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.api import (
    Block,
    BlockKind,
    MappedTextBuilder,
    Metadata,
    Post,
    PostContext,
    Source,
    Span,
    Unit,
)
from copydesk_plugins.claims.claim import Claim, Said
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.wording import Kept, content, kept, keys, normal

#: A word that every pack knows as one of health.
_ABOUT = "Depression"


class Wording(NamedTuple):
    """A wording of an entry, and what the engine sees in it: nothing where it is no claim.

    `plain`, `kept`, `about` and `loose` are what it is compared by.
    """

    entry: Entry
    claim: Claim | None
    plain: str
    kept: Kept
    about: frozenset[str]
    loose: frozenset[str]


def wordings_of(entry: Entry, ctx: PostContext) -> Iterator[Wording]:
    """Yield each wording of an entry as the engine reads it in the site of a context."""
    for text in entry.wordings:
        claim = claim_in(text, ctx)
        yield Wording(
            entry, claim, normal(text), kept(text), about(text, claim), loose(text, claim)
        )


def about(text: str, claim: Claim | None) -> frozenset[str]:
    """Return the words that say what a text is about, with those that it leaves to its place."""
    if claim is None:
        return content(text)
    return content(text) | {*claim.said.treatments, *claim.said.conditions}


def loose(text: str, claim: Claim | None) -> frozenset[str]:
    """Return the words with content that no slot holds: "leg" where "cramps" is what was read."""
    held = {key for slot in claim.slots for key in keys(slot.text)} if claim else frozenset()
    return content(text) - held - kept(text).words


def claim_in(text: str, ctx: PostContext) -> Claim | None:
    """Return what a sentence says by itself, also where the engine would pass it over."""
    from copydesk_plugins.claims.detection import claim_of, examined

    beside = ctx.beside(post_of(text))
    for each in examined(beside):
        if each.reading.unit.kind == "paragraph":
            return claim_of(beside, each)
    return None


def tells(said: Said) -> bool:
    """Say whether enough was read for two claims to be the same by it."""
    return bool(said.effect and said.treatments)


def post_of(text: str) -> Post:
    """Return a text as a post that has nothing but this one sentence.

    Its title and description say that it is about health, as every statement of the register is.
    """
    parts: tuple[tuple[BlockKind, str], ...] = (
        ("title", _ABOUT),
        ("description", _ABOUT),
        ("paragraph", text),
    )
    blocks, units, at = [], [], 0
    for number, (kind, part) in enumerate(parts):
        builder = MappedTextBuilder()
        builder.add(part, at)
        span = Span(at, at + len(part))
        blocks.append(Block(number, kind, span, builder.build()))
        units.append(Unit(number, number, kind, part, span, 0, len(part)))
        at = span.end + 1
    whole = "\n".join(part for _, part in parts)
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    source = Source("", "", whole, digest)
    body = blocks[-1].span
    return Post(source, "register", Metadata(), _ABOUT, tuple(blocks), tuple(units), body=body)
