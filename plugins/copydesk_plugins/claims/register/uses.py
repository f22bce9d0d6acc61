"""Where the entries of a register are used: the posts that say so, and where those are public."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from copydesk.api import Failure, LineIndex, OpenedSite, PostContext, Published, Unit
from copydesk_plugins.claims.register.facts import PostFacts
from copydesk_plugins.claims.register.register import register_of

#: The rule whose options say how posts are read.
RULE = "claims.register-expiring"


class Use(NamedTuple):
    """A unit that says what an entry says; `by` tells whether with its words or in others."""

    entry: str
    path: str
    line: int
    column: int
    quote: str
    by: str
    published: tuple[Published, ...]

    @property
    def as_json(self) -> dict[str, Any]:
        """The use as reports hold it."""
        return {
            "entry": self.entry,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "quote": self.quote,
            "by": self.by,
            "published": [each._asdict() for each in self.published],
        }


class Uses(NamedTuple):
    """All uses in a site in the order of its posts, and what could not be read."""

    uses: tuple[Use, ...]
    failures: tuple[Failure, ...]

    def of(self, id: str) -> tuple[Use, ...]:
        """Return the uses of one entry."""
        return tuple(each for each in self.uses if each.entry == id)


def uses_in(site: OpenedSite, ids: Collection[str]) -> Uses:
    """Return where some entries are used in all posts of a site, in force or not."""
    uses: list[Use] = []
    failures: list[Failure] = []
    for path, context in site.contexts(RULE, every=True):
        if isinstance(context, Failure):
            failures.append(context)
            continue
        found = [(unit, id, by) for unit, id, by in _said(context) if id in ids]
        if not found:
            continue
        lines = LineIndex(context.post.source.text)
        id_of_post = context.post.metadata.id
        public = tuple(site.published(id_of_post)) if id_of_post else ()
        for unit, id, by in found:
            at = lines.position(unit.span.start)
            quote = " ".join(unit.text.split())
            uses.append(Use(id, path, at.line, at.column, quote, by, public))
    return Uses(tuple(uses), tuple(failures))


def _said(context: PostContext) -> Iterator[tuple[Unit, str, str]]:
    """Yield (unit, id of the entry, by) in the order of the post."""
    from copydesk_plugins.claims.detection import claims_of

    register, facts = register_of(context), PostFacts(context)
    claims = {each.unit.index: each for each in claims_of(context)}
    for unit in context.post.units:
        told = set()
        for entry in register.worded(unit, facts):
            told.add(entry.id)
            yield unit, entry.id, "text"
        if unit.index in claims:
            for found in register.saying(claims[unit.index], facts):
                if found.entry.id not in told:
                    yield unit, found.entry.id, found.by
