"""A row of the review sheet: a proposition with its places, its sources, and what is signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from copydesk.api import LineIndex, Placer, PostContext
from copydesk_plugins.claims.claim import STRENGTHS, Claim, ClaimType, Filled, Strength
from copydesk_plugins.claims.register.entry import Entry, Evidence, hash_of
from copydesk_plugins.claims.register.wording import phrase
from copydesk_plugins.claims.support import Support

#: The most that one cell shows of a wording; spreadsheets cut cells off at 32,767 characters.
_LONGEST = 600
#: The slots that the product and the condition of an entry stand for.
_TREATMENTS = frozenset({"treatment", "exposure"})
_CONDITIONS = frozenset({"condition", "body", "outcome"})


class Found(NamedTuple):
    """A claim at its place: the post, the place in words, and what stands beside it.

    `text` is its wording, that of an item of a list with the words that introduce the list.
    `entries` are those of the register that say the same, in force or not.
    """

    path: str
    key: str
    title: str
    where: str
    line: int
    text: str
    claim: Claim
    sources: tuple[Support, ...]
    entries: tuple[Entry, ...] = ()

    @property
    def place(self) -> str:
        """The place as people read it."""
        title = f"“{shown(self.title, 80)}”, " if self.title else ""
        return f"{title}{self.where} ({self.path}:{self.line})"


class Row(NamedTuple):
    """A proposition: the strongest wording first, all others, and what a tick would approve.

    `entry` is the entry of the register as it would be signed: the one that is there, else a new
    one without an id. It can be approved only with evidence.
    """

    statement: str
    others: tuple[str, ...]
    strength: Strength
    types: tuple[ClaimType, ...]
    found: tuple[Found, ...]
    entry: Entry

    @property
    def sources(self) -> tuple[Support, ...]:
        """The sources in the posts, each once, the best first."""
        each = {(s.identity or s.href): s for found in self.found for s in found.sources}
        return tuple(sorted(each.values(), key=lambda s: (s.level != "cited", s.href)))

    @property
    def check(self) -> str:
        """The hash of what a tick is about: wordings, strength, posts, sources and evidence."""
        said = [
            hash_of(self.entry),
            sorted({found.text for found in self.found}),
            self.strength,
            sorted({found.key for found in self.found}),
            [[source.level, source.identity or source.href] for source in self.sources],
        ]
        data = json.dumps(["row 1", *said], ensure_ascii=True).encode("ascii")
        return hashlib.sha256(data).hexdigest()


def row_of(found: tuple[Found, ...]) -> Row:
    """Return the row of claims that say the same, the strongest first; there is at least one."""
    strength = max((each.claim.strength for each in found), key=STRENGTHS.index)
    texts = tuple(dict.fromkeys(each.text for each in found))
    types = tuple(dict.fromkeys(kind for each in found for kind in each.claim.types))
    known = [entry for each in found for entry in each.entries]
    known.sort(key=lambda entry: entry.status != "approved")
    bare = Row(texts[0], texts[1:], strength, types, found, Entry("", ""))
    return bare._replace(entry=known[0] if known else _new(bare))


def _new(row: Row) -> Entry:
    """Return the entry that a tick would add, with the documents that the posts cite."""
    evidence = tuple(
        Evidence(source.doi, source.pmid, "" if source.doi or source.pmid else source.href)
        for source in row.sources
        if source.level == "cited"
    )
    slots = row.found[0].claim.slots
    return Entry(
        "",
        row.statement,
        row.others,
        _of(slots, _TREATMENTS, row.statement),
        _of(slots, _CONDITIONS, row.statement),
        row.strength,
        evidence,
    )


def _of(slots: Iterable[Filled], kinds: frozenset[str], statement: str) -> str:
    """Return what a statement is said of where that stands above it, and not in its words.

    "It works within hours" is another statement below another heading.
    """
    said = phrase(statement)
    names = [each.text for each in slots if each.slot in kinds and not each.end]
    return ", ".join(dict.fromkeys(each for each in names if phrase(each) not in said))


def found_in(
    path: str,
    ctx: PostContext,
    claim: Claim,
    text: str,
    placer: Placer,
    lines: LineIndex,
    sources: tuple[Support, ...],
    entries: tuple[Entry, ...],
) -> Found:
    """Return a claim of a post with its place; `text` is what it says, with its lead-in."""
    unit = claim.unit
    return Found(
        path,
        ctx.post.source.key,
        ctx.post.title,
        placer.where(unit.span),
        lines.position(unit.span.start).line,
        text,
        claim,
        sources,
        entries,
    )


def shown(text: str, most: int = _LONGEST) -> str:
    """Return a text from a post as one line of bounded length without characters that steer."""
    from copydesk.api import harmless

    text = harmless(" ".join(text.split()))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
