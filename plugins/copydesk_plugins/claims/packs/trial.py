"""How well the engine does on labelled examples, with the packs as a site uses them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from copydesk.api import OptionValue, PostContext, SiteRecords
from copydesk_plugins.claims.packs.labelled import Example, as_post


class Trial(NamedTuple):
    """How many examples there are and how many claims were found; what was judged wrong."""

    examples: int
    found: int
    wrong: tuple[Example, ...]
    missed: tuple[Example, ...]

    @property
    def precision(self) -> float | None:
        """The share of what was found that is a claim; None where nothing was found."""
        return _share(self.found, len(self.wrong))

    @property
    def recall(self) -> float | None:
        """The share of claims that were found; None where no example is one."""
        return _share(self.found, len(self.missed))


def try_examples(
    examples: Sequence[Example], packs: tuple[str, ...], records: SiteRecords
) -> Trial:
    """Read each example as a post of its own and look whether the engine calls it a claim."""
    from copydesk_plugins.claims.detection import claims_of

    options = options_with(packs)
    found, wrong, missed = 0, [], []
    for example in examples:
        context = PostContext(as_post(example), datetime.now(UTC), records=records)
        context.with_options(options)
        seen = any(claim.unit.kind != "title" for claim in claims_of(context))
        if seen and example.claim:
            found += 1
        elif seen:
            wrong.append(example)
        elif example.claim:
            missed.append(example)
    return Trial(len(examples), found, tuple(wrong), tuple(missed))


def options_with(packs: tuple[str, ...]) -> dict[str, OptionValue]:
    """Return the options of the claims rules at their defaults, with some packs chosen."""
    from copydesk_plugins.claims import register_rules
    from copydesk_plugins.claims.options import SHARED

    own = [option for rule in register_rules() for option in rule.options]
    found = {option.name: option.default for option in (*own, *SHARED)}
    return {**found, "packs": packs}


def _share(good: int, bad: int) -> float | None:
    return good / (good + bad) if good + bad else None
