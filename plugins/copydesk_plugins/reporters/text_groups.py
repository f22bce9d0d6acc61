"""Findings of one rule that say the same, told once: at the gravest and strongest of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copydesk.api import Finding

#: Severities as people should mend them.
ORDER = ("error", "warning", "info")


class Told(NamedTuple):
    """A finding that is told, and the positions of all that it stands for."""

    finding: Finding
    places: tuple[int, ...]


def each_once(findings: Sequence[Finding]) -> list[Told]:
    """Return every finding for itself."""
    return [Told(finding, (at,)) for at, finding in enumerate(findings)]


def told_once(findings: Sequence[Finding]) -> list[Told]:
    """Return findings with those that say the same as one, in the order of what is told."""
    groups: dict[tuple[str, str], list[int]] = {}
    for at, finding in enumerate(findings):
        says = finding.group.says if finding.group else f"\0{at}"
        groups.setdefault((finding.rule, says), []).append(at)
    heads = [
        (min(places, key=lambda at: _rank(findings[at])), places) for places in groups.values()
    ]
    return [Told(findings[head], tuple(places)) for head, places in sorted(heads)]


def _rank(finding: Finding) -> tuple[int, bool]:
    """Return what the finding that stands for its group is the least of."""
    return ORDER.index(finding.severity), not (finding.group and finding.group.head)
