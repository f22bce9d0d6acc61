"""Rules about wording: phrases that no claim may have, or not without a source."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from copydesk_plugins.claims.detection.reading import Reading

WordingKind = Literal["absolute", "unqualified-safe", "statistic", "vague-research"]


class Wording(NamedTuple):
    """What the wording of a unit alone says: the kind, and the words that show it."""

    kind: WordingKind
    words: str


def wordings_of(reading: Reading) -> tuple[Wording, ...]:
    """Return the kinds of wording that a unit has, the gravest first."""
    return tuple(Wording(kind, words) for kind, find in _finders() if (words := find(reading)))


@cache
def _finders() -> tuple[tuple[WordingKind, Callable[[Reading], str]], ...]:
    """Return what finds each kind; imported late, as they import what needs this package."""
    from copydesk_plugins.claims.wording.absolute import absolute
    from copydesk_plugins.claims.wording.research import vague_research
    from copydesk_plugins.claims.wording.safety import unqualified_safe
    from copydesk_plugins.claims.wording.statistic import statistic

    return (
        ("absolute", absolute),
        ("unqualified-safe", unqualified_safe),
        ("statistic", statistic),
        ("vague-research", vague_research),
    )
