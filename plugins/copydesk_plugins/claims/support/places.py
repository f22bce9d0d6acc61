"""Which source stands beside which unit: in it, at a mark, at the end of the paragraph or list.

The places and what each is worth follow the annotation guideline. Only the place and the kind
of the source are judged here; whether it says what the claim says is for people to see.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import Block, Post, PostContext, Span, Unit
from copydesk_plugins.claims.support.address import Address
from copydesk_plugins.claims.support.beside import at_end, is_apart, names_itself, only_points
from copydesk_plugins.claims.support.mentions import How, Mention, mentions_in, pointed_at
from copydesk_plugins.claims.support.named import Named, named_in, speaks_of_it
from copydesk_plugins.claims.support.references import Entry, Source, read_references
from copydesk_plugins.claims.support.support import NONE, Place, Support, rank, support_by

#: Marks may stand in a row; further from the start of a sentence they belong to it.
_NEAR = 60


class _Held(NamedTuple):
    """A support of a unit and the words of its link, as offsets into the unit's text."""

    support: Support
    start: int = 0
    end: int = 0
    bare: bool = False


class Supports:
    """The sources of a post and the units that each stands beside."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._references = read_references(post)
        self._held: dict[int, list[_Held]] = {}
        self._units: dict[int, list[Unit]] = {}
        for unit in post.units:
            self._units.setdefault(unit.block, []).append(unit)
        self.sources: tuple[Source, ...] = ()
        self._read()

    def of(self, unit: Unit, start: int = 0, end: int = 0) -> Support:
        """Return the best support of a unit.

        With the place of the claim's words in the unit's text, a link on words outside of them
        does not count, unless it names a source or stands in brackets.
        """
        held = self._held.get(unit.index)
        if not held:
            return NONE
        fit = [
            each.support
            for each in held
            if each.bare or end <= start or (each.start < end and start < each.end)
        ]
        return min(fit, key=rank, default=NONE)

    def all(self, unit: Unit) -> tuple[Support, ...]:
        """Return every support of a unit, the best first."""
        return tuple(sorted((each.support for each in self._held.get(unit.index, ())), key=rank))

    def listed(self, unit: Unit) -> bool:
        """Say whether a unit stands in a reference list or a footnote, and claims nothing."""
        return unit.block in self._references.blocks

    @property
    def unanchored_list(self) -> Span | None:
        """The place of a reference list that no mark in the text points at, or None."""
        return self._references.top if not self._anchored else None

    def _read(self) -> None:
        by_unit, anchored = self._by_unit()
        self._anchored = anchored or not any(e.sources for e in self._references.entries)
        pointing: dict[int, list[Mention]] = {}
        found: list[Source] = []
        for at in sorted({self._post.units[index].block for index in by_unit}):
            block, units = self._post.blocks[at], self._units[at]
            found += [m.source for unit in units for m in by_unit.get(unit.index, ())]
            self._judge(block, units, by_unit, pointing)
        self._cover_lists(by_unit)
        self._cover_back(pointing)
        for entry in self._references.entries:
            found += entry.sources
        self.sources = _unique(found)

    def _by_unit(self) -> tuple[dict[int, list[Mention]], bool]:
        """Return the mentions of each unit, and whether any leads to the reference list."""
        found: dict[int, list[Mention]] = {}
        anchored = False
        for mention in mentions_in(self._post, self._references):
            unit = self._unit_of(mention)
            if unit is not None:
                found.setdefault(unit.index, []).append(mention)
            anchored = anchored or mention.how == "mark"
        by_author = self._references.by_author()
        for unit in self._post.units:
            named = None if self.listed(unit) else named_in(unit.text)
            source = _named_source(named, unit, by_author) if named else None
            if named and source is not None:
                anchored = anchored or source.listed
                how: How = "mark" if source.listed else "name"
                at = unit.start
                found.setdefault(unit.index, []).append(
                    Mention(unit.block, at + named.start, at + named.end, how, source)
                )
        return found, anchored

    def _unit_of(self, mention: Mention) -> Unit | None:
        """Return the unit that a mention belongs to.

        A mark after the full stop belongs to the sentence before it, also where the next one
        seems to begin with it.
        """
        units = self._units.get(mention.block)
        if not units:
            return None
        is_mark = mention.how == "mark"
        at = bisect_right(units, mention.start, key=lambda unit: unit.start) - 1
        if is_mark and at > 0 and mention.start - units[at].start < _NEAR:
            before = self._post.blocks[mention.block].text.plain[units[at].start : mention.start]
            if not any(sign.isalpha() for sign in before):
                at -= 1
        return units[max(at, 0)]

    def _judge(
        self,
        block: Block,
        units: list[Unit],
        by_unit: dict[int, list[Mention]],
        pointing: dict[int, list[Mention]],
    ) -> None:
        with_sources = [unit for unit in units if unit.index in by_unit]
        for unit in with_sources:
            for mention in by_unit[unit.index]:
                self._hold(unit, mention, _own_place(mention))
        if all(only_points(unit, by_unit.get(unit.index, [])) for unit in units):
            pointing[block.index] = [m for unit in units for m in by_unit[unit.index]]
        last = units[-1]
        last_ones = by_unit.get(last.index, [])
        ends = at_end(block, last_ones)
        if not only_points(last, last_ones):
            ends = [each for each in ends if is_apart(block, last, each)]
        if ends and len(units) > 1 and len(with_sources) == 1:
            # Who gives each sentence its own source shows that none is meant for the others.
            self._cover(units[:-1], ends, "paragraph")
        for before, unit in pairwise(units):
            if before.index not in by_unit and only_points(unit, by_unit.get(unit.index, [])):
                self._cover([before], by_unit[unit.index], "paragraph")
        self._go_on(units, by_unit)

    def _go_on(self, units: list[Unit], by_unit: dict[int, list[Mention]]) -> None:
        """Let sentences that speak on of a study lean on it, weakly."""
        spoken_of: Mention | None = None
        for unit in units:
            mentions = by_unit.get(unit.index)
            if mentions:
                studies = [m for m in mentions if m.source.address.page in ("document", "named")]
                spoken_of = studies[-1] if studies else None
            elif spoken_of is not None and speaks_of_it(unit.text):
                support = support_by(spoken_of.source, "paragraph", True)._replace(level="weak")
                self._held.setdefault(unit.index, []).append(_Held(support, bare=True))
            else:
                spoken_of = None

    def _cover_lists(self, by_unit: dict[int, list[Mention]]) -> None:
        """Let the source of a lead-in carry the items of its list, and of lists inside."""
        covers: list[Support | None] = []
        for container in self._post.containers:
            mine = covers[container.parent] if container.parent != -1 else None
            if container.kind == "list" and container.lead_in != -1:
                units = self._units.get(container.lead_in)
                if units and by_unit.get(units[-1].index):
                    mine = _best(by_unit[units[-1].index], "list", False)
            covers.append(mine)
        for block in self._post.blocks:
            if block.container != -1 and (support := covers[block.container]) is not None:
                self._carry(self._units.get(block.index, []), support)

    def _cover_back(self, pointing: dict[int, list[Mention]]) -> None:
        """Let a block that is nothing but a source carry the paragraph or list before it."""
        carried = set()
        for at, mentions in pointing.items():
            block = self._post.blocks[at]
            before = self._post.blocks[at - 1] if at else None
            if before is None or before.kind == "heading" or before.index in pointing:
                continue
            around = self._list_of(before)
            if around == -1:
                if before.kind == "paragraph" and before.container == block.container:
                    self._cover(self._units.get(before.index, []), mentions, "paragraph")
                continue
            if around in carried:
                continue
            carried.add(around)
            for back in range(at - 1, -1, -1):
                if self._list_of(self._post.blocks[back]) != around:
                    break
                self._cover(self._units.get(back, []), mentions, "list")

    def _list_of(self, block: Block) -> int:
        """Return the innermost list that a block is an item of, or -1."""
        if block.container == -1 or self._post.containers[block.container].kind != "item":
            return -1
        return self._post.containers[block.container].parent

    def _cover(self, units: Iterable[Unit], mentions: list[Mention], place: Place) -> None:
        support = _best(mentions, place, True)
        if support is not None:
            self._carry(units, support)

    def _carry(self, units: Iterable[Unit], support: Support) -> None:
        for unit in units:
            self._held.setdefault(unit.index, []).append(_Held(support, bare=True))

    def _hold(self, unit: Unit, mention: Mention, place: Place) -> None:
        start, end = mention.start - unit.start, mention.end - unit.start
        bare = mention.how != "link" or names_itself(unit.text, start, end)
        held = _Held(support_by(mention.source, place, False), start, end, bare)
        self._held.setdefault(unit.index, []).append(held)


_known: WeakKeyDictionary[PostContext, Supports] = WeakKeyDictionary()


def support_of(ctx: PostContext) -> Supports:
    """Return the supports of a post, worked out once."""
    found = _known.get(ctx)
    if found is None:
        found = _known[ctx] = Supports(ctx.post)
    return found


def _best(mentions: list[Mention], place: Place, probable: bool) -> Support | None:
    """Return the best support that some mentions give from a place; one's own pages give none."""
    found = [
        support_by(each.source, place, probable)
        for each in mentions
        if each.source.address.page != "own"
    ]
    return min(found, key=rank, default=None)


def _own_place(mention: Mention) -> Place:
    return "marker" if mention.how == "mark" else "unit"


def _named_source(
    named: Named, unit: Unit, by_author: Mapping[tuple[str, str], Entry]
) -> Source | None:
    """Return the entry that authors and year fit, or the name itself where it stands alone."""
    entry = by_author.get((named.surname, named.year))
    if entry is not None:
        return pointed_at(entry)
    return Source(Address("C", "named"), "", unit.span, unit.text) if named.sure else None


def _unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    seen: dict[Span, Source] = {}
    for source in sources:
        if source.address.page not in ("own", "named"):
            seen.setdefault(source.span, source)
    return tuple(seen[span] for span in sorted(seen))
