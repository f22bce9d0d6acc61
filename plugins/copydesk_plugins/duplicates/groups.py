"""Joins pairs into groups."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Member = TypeVar("Member", bound=Hashable)


def joined(pairs: Iterable[tuple[Member, Member]]) -> list[list[Member]]:
    """Return the groups in which each member is connected with every other, in order of meeting."""
    above: dict[Member, Member] = {}

    def top(member: Member) -> Member:
        above.setdefault(member, member)
        while above[member] != member:
            above[member] = member = above[above[member]]  # halves the way for the next time
        return member

    for one, other in pairs:
        above[top(other)] = top(one)
    groups: dict[Member, list[Member]] = {}
    for member in above:
        groups.setdefault(top(member), []).append(member)
    return list(groups.values())
