"""Findings as the page tells them: in context, those that say the same once, the gravest named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copydesk.api import FileResult, Finding, Post, Span
from copydesk_plugins.reporters.page.passages import Mended, Passage, mended, passage
from copydesk_plugins.reporters.page.words import LABELS, Label, counted
from copydesk_plugins.reporters.text import short
from copydesk_plugins.reporters.text_groups import ORDER, Told, told_once

#: Findings that are named as the ones to mend first, of a post that has more.
FIRST = 3
#: Findings of a post that are in sight; the others are a click away.
_IN_SIGHT = 10
#: Places of a group, and related places, that are listed.
_OTHERS = 12


class Place(NamedTuple):
    """A further place: where it is, and the words that stand there."""

    where: str
    words: str


class Shown(NamedTuple):
    """A finding as it stands on the page."""

    anchor: str
    label: Label
    head: str
    where: str
    place: str
    message: str
    ways: tuple[str, ...]
    rule: str
    passage: Passage | None
    fix: Mended | None
    others: tuple[Place, ...]
    more_others: int
    related: tuple[Place, ...]
    settled: str


class List(NamedTuple):
    """Some findings of a post: those in sight, those that are folded, and how many are left out."""

    shown: tuple[Shown, ...]
    folded: tuple[Shown, ...] = ()
    more: int = 0


class Sorted(NamedTuple):
    """The findings of a file by what becomes of them."""

    open: list[Finding]
    notes: list[Finding]
    waived: list[Finding]
    accepted: list[Finding]


def sort_out(result: FileResult) -> Sorted:
    """Part the findings of a file into open ones, notes, waived and accepted ones."""
    found = Sorted([], [], [], [])
    for each in result.findings:
        if each.waived:
            found.waived.append(each)
        elif each.accepted:
            found.accepted.append(each)
        else:
            (found.notes if each.severity == "info" else found.open).append(each)
    return found


def listed(findings: Sequence[Finding], post: Post | None, anchor: str, limit: int) -> List:
    """Return findings of a post for the page, at most so many; the gravest stay, and in sight."""
    told = told_once(findings)
    gravest = sorted(range(len(told)), key=lambda at: (_rank(told[at]), at))[: limit or None]
    in_sight = frozenset(gravest[:_IN_SIGHT])
    shown: list[Shown] = []
    folded: list[Shown] = []
    for at in sorted(gravest):
        each = _shown(told[at], findings, post, f"{anchor}-{at + 1}")
        (shown if at in in_sight else folded).append(each)
    left = len(findings) - sum(len(told[at].places) for at in gravest)
    return List(tuple(shown), tuple(folded), left)


def first_ones(found: List) -> tuple[Shown, ...]:
    """Return the ones to mend first; none where there are few."""
    if len(found.shown) <= FIRST:
        return ()
    gravest = [label.tone for label in LABELS.values()]
    return tuple(sorted(found.shown, key=lambda each: gravest.index(each.label.tone))[:FIRST])


def _rank(told: Told) -> int:
    return ORDER.index(told.finding.severity)


def _shown(told: Told, findings: Sequence[Finding], post: Post | None, anchor: str) -> Shown:
    finding, group = told.finding, told.finding.group
    ways = tuple(way for way in finding.help.split("\n") if way)
    message = finding.message
    others: list[Finding] = []
    if group is not None and len(told.places) > 1:
        message = f"{counted(len(told.places), 'sentence')} say: {group.says}"
        ways = (group.help, *ways) if group.help else ways
        others = [findings[at] for at in told.places if findings[at] is not finding]
    span = Span(finding.start.offset, finding.end.offset)
    return Shown(
        anchor,
        LABELS[finding.severity],
        message,
        finding.where[:1].upper() + finding.where[1:],
        _place(finding),
        "" if others else finding.message,
        ways,
        finding.rule,
        _passage(finding, post, span),
        mended(post, finding.fix) if finding.fix and post is not None else None,
        tuple(Place(f"{each.where}, {_place(each)}", short(each.quote)) for each in others)[
            :_OTHERS
        ],
        max(0, len(others) - _OTHERS),
        _related(finding, post),
        finding.waived or ("found before, and accepted in the baseline" * finding.accepted),
    )


def _passage(finding: Finding, post: Post | None, span: Span) -> Passage | None:
    if post is not None:
        return passage(post, span)
    return Passage("", short(finding.quote, 700), "") if finding.quote.strip() else None


def _place(finding: Finding) -> str:
    return f"line {finding.start.line}, column {finding.start.column}"


def _related(finding: Finding, post: Post | None) -> tuple[Place, ...]:
    """Return the related places; words are shown of places in the same post."""
    found = []
    for each in finding.related[:_OTHERS]:
        words = "" if each.path or post is None else short(post.quote(each.span))
        found.append(Place(f"{each.path}: {each.message}" if each.path else each.message, words))
    return tuple(found)
