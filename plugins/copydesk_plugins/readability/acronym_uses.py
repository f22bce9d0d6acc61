"""Finds acronyms in prose, and whether they are explained by the time they are used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from copydesk.api import PostContext, Unit
from copydesk_plugins.readability.once import prose_of

#: Two letters are mostly a state, a unit or a word, so nobody is told about them.
_CAPITALS = re.compile(r"[A-Z]{3,}")
_LONGEST = 6
#: What a part of a name, of a number or of "DON'T" stands between.
_INSIDE = re.compile(r"(?:[A-Za-z0-9.&+'’@#$_]|[a-z0-9]/|[\dA-Z]-)$")
_GOES_ON = re.compile(r"(?!s\b)\w|s?(?:[&@]|['’][A-Z]|-[A-Z]{2})")
#: Letters that write a number ("XII").
_ROMAN = frozenset("IVXLC")
_OPEN = re.compile(r"[(\[] ?(?:or |the |also |known as |called |abbreviated )*[\"“'‘]?$")
_CLOSE = re.compile(r"s?[\"”'’]? ?[)\],;:]")
#: Words or a bracket right behind an acronym that say what it is.
_SAID = re.compile(r"s?[\"”'’]? ?(?:\(|(?:stands? for|is short for|means)\b)")
#: What an organisation or a person's degrees stand behind.
_NAME = re.compile(
    r"(?:\b[Aa]t (?:the )?"
    r"|[A-Z][a-z’'-]+ (?:[A-Z]\. )?[A-Z][A-Za-z’'-]*[a-z], (?:[A-Z][\w.-]{1,8}, )*)$"
)
_SHOUTED_BEFORE = re.compile(r"\b[A-Z]{2,} $")
_SHOUTED_AFTER = re.compile(r" [A-Z]{2,}\b")
_SMALL = frozenset(["a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "with"])
_PIECE = re.compile(r"[A-Za-z]+")
#: How far back the patterns that end at an acronym look, and how far away its words may stand.
_BACK, _NEAR = 60, 300
#: An acronym that was used so often without a word about it is not explained.
_USES = 30
_ABBR = re.compile(r"<abbr\b[^<>]*\btitle\s*=[^<>]*>\s*$", re.IGNORECASE)
_UNSEEN = frozenset({"description", "image-alt", "alt"})


_Place = tuple[Unit, re.Match[str]]


class Use(NamedTuple):
    """The first use of an acronym that nothing has explained by then.

    `start` and `end` are its place in the text of its unit.
    """

    letters: str
    unit: Unit
    start: int
    end: int
    explained_later: bool


def first_uses(ctx: PostContext, known: Set[str]) -> Iterator[Use]:
    """Yield each acronym at its first use, where that comes before its explanation."""
    places = [
        (unit, match)
        for unit in ctx.post.units
        if _CAPITALS.search(unit.text) and unit.kind not in _UNSEEN
        for match in _acronyms(unit.text)
        if match.group() not in known
    ]
    if not places:
        return
    told = _told(ctx, places)
    ordinary: set[str] | None = None
    for letters, (unit, match) in _first(ctx, places).items():
        at = told.get(letters)
        if (at is not None and at <= unit.index) or _is_linked(ctx, unit, match):
            continue
        ordinary = _ordinary(ctx) if ordinary is None else ordinary
        if letters.lower() not in ordinary:
            yield Use(letters, unit, match.start(), match.end(), at is not None)


def long_form(ctx: PostContext, letters: str) -> str:
    """Return words of the post with these first letters, where it writes them as a name.

    Words that merely follow one another ("collect the required metrics") have them by chance:
    those of a name have capitals or a hyphen ("ketamine-assisted psychotherapy").
    """
    for unit in ctx.post.units:
        pieces = _pieces(unit.text)
        initials = _initials(pieces)
        at = initials.find(letters)
        while at != -1:
            name = pieces[at : at + len(letters)]
            words = unit.text[name[0].start() : name[-1].end()]
            if "-" in words or all(piece.group()[0].isupper() for piece in name):
                return words
            at = initials.find(letters, at + 1)
    return ""


def _acronyms(text: str) -> Iterator[re.Match[str]]:
    """Yield three to six capitals that are a word of their own, perhaps in the plural."""
    for match in _CAPITALS.finditer(text):
        start, end = match.span()
        if (
            end - start <= _LONGEST
            and not _INSIDE.search(text[max(0, start - 2) : start])
            and not _GOES_ON.match(text, end)
        ):
            yield match


def _first(ctx: PostContext, places: Iterable[_Place]) -> dict[str, _Place]:
    """Return where prose uses each acronym first."""
    prose = {unit.index for unit in prose_of(ctx).units}
    found: dict[str, _Place] = {}
    for unit, match in places:
        if unit.index in prose and match.group() not in found and not _is_other(unit.text, match):
            found[match.group()] = unit, match
    return found


def _told(ctx: PostContext, places: Iterable[_Place]) -> dict[str, int]:
    """Return in which unit each acronym is explained first, within its first uses."""
    found: dict[str, int] = {}
    uses: Counter[str] = Counter()
    for unit, match in places:
        letters = match.group()
        uses[letters] += 1
        if uses[letters] <= _USES and letters not in found and _is_explained(ctx, unit, match):
            found[letters] = unit.index
    return found


def _ordinary(ctx: PostContext) -> set[str]:
    """Return the words that the post writes in small letters: in capitals they are shouted."""
    return {word.text for unit in ctx.post.units for word in ctx.words(unit)}


def _is_explained(ctx: PostContext, unit: Unit, match: re.Match[str]) -> bool:
    """Say whether a bracket, a verb or the words themselves stand with an acronym."""
    text, start, end = unit.text, match.start(), match.end()
    if _OPEN.search(text[max(0, start - _BACK) : start]) and _CLOSE.match(text, end):
        return True
    if _SAID.match(text, end):
        return True
    near = text[max(0, start - _NEAR) : end + _NEAR]
    before = ctx.post.units[unit.index - 1] if unit.index else unit
    nearby = [near, before.text[-_NEAR:]] if before.block == unit.block else [near]
    if any(match.group() in _initials(_pieces(each)) for each in nearby):
        return True
    at = ctx.span(unit, start, end).start
    return _ABBR.search(ctx.post.source.text[max(0, at - _NEAR) : at]) is not None


def _pieces(text: str) -> list[re.Match[str]]:
    """Return the words of a text that acronyms are made of, hyphenated ones in their parts."""
    return [piece for piece in _PIECE.finditer(text) if piece.group() not in _SMALL]


def _initials(pieces: list[re.Match[str]]) -> str:
    return "".join(piece.group()[0] for piece in pieces).upper()


def _is_other(text: str, match: re.Match[str]) -> bool:
    """Say whether capitals are a number, a name, a degree, or words that are shouted."""
    before = text[max(0, match.start() - _BACK) : match.start()]
    return (
        _ROMAN.issuperset(match.group())
        or _SHOUTED_BEFORE.search(before) is not None
        or _SHOUTED_AFTER.match(text, match.end()) is not None
        or _NAME.search(before) is not None
    )


def _is_linked(ctx: PostContext, unit: Unit, match: re.Match[str]) -> bool:
    """Say whether a link stands on an acronym, which readers can follow."""
    span = ctx.span(unit, match.start(), match.end())
    return any(
        link.block == unit.block and link.span.start <= span.start and span.end <= link.span.end
        for link in ctx.post.links
    )
