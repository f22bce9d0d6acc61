"""What the rules of the plugin need of a post, made once and shared by all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from weakref import WeakKeyDictionary

from copydesk.api import Block, PostContext, Unit
from copydesk_plugins.readability.prose import Section, prose_blocks, prose_units, sections
from copydesk_plugins.readability.scores import POLYSYLLABLE, Counts

#: The text of a word; in the inner loop of all rules on words.
_TEXT = attrgetter("text")


class Prose:
    """The prose of one post: its sentences, their words and what they count."""

    def __init__(self, ctx: PostContext) -> None:
        self._post, self._counted = ctx.post, ctx.counted
        self.units: list[Unit] = [
            unit for unit in prose_units(ctx.post) if self._counted.words(unit)
        ]
        self._counts = {unit.index: _counts(self._counted.syllables(unit)) for unit in self.units}

    @cached_property
    def counts(self) -> Counts:
        """The counts of all of it."""
        return self.count(self.units)

    @cached_property
    def blocks(self) -> list[tuple[Block, list[Unit]]]:
        """Each block with its sentences."""
        return list(prose_blocks(self._post, self.units))

    @cached_property
    def sections(self) -> list[Section]:
        """What stands under each heading."""
        return sections(self._post, self.units)

    @cached_property
    def keys(self) -> list[list[str]]:
        """The words of each sentence in small letters with straight apostrophes, for `Phrases`."""
        return [self.keys_of(unit) for unit in self.units]

    def count(self, units: Iterable[Unit]) -> Counts:
        """Add up what sentences of the post count."""
        each = [self._counts[unit.index] for unit in units]
        return Counts(*map(sum, zip(*each, strict=True))) if each else Counts()

    def total(self, units: Iterable[Unit]) -> int:
        """Return how many words sentences of the post have."""
        return sum([self._counts[unit.index].words for unit in units])

    def words(self, unit: Unit) -> int:
        """Return how many words a sentence has."""
        return self._counts[unit.index].words

    def keys_of(self, unit: Unit) -> list[str]:
        """Return the words of any unit in small letters with straight apostrophes."""
        return self._counted.keys(unit)


def _counts(syllables: Sequence[int]) -> Counts:
    """Return what one sentence counts, of whose words the syllables are given."""
    hard = [each for each in syllables if each >= POLYSYLLABLE]
    return Counts(len(syllables), 1, sum(syllables), len(hard))


_known: WeakKeyDictionary[PostContext, Prose] = WeakKeyDictionary()


def prose_of(ctx: PostContext) -> Prose:
    """Return the prose of the post at hand."""
    found = _known.get(ctx)
    if found is None:
        found = _known[ctx] = Prose(ctx)
    return found
