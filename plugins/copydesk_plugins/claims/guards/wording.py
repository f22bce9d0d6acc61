"""Words about suicide and about people that guides for safe and fair language ask to swap."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Hit, Option, PostContext, Report, rule
from copydesk_plugins.claims.guards.engine import is_health, labels
from copydesk_plugins.claims.guards.reading import Reading, Swap, readings_of, readings_with, swaps
from copydesk_plugins.claims.options import SHARED

_SUICIDE = "suicide-wording"
_PERSON = "person-first"
#: Phrases that mean suicide only in a post that speaks of it, near its word.
_BARE = frozenset({"attempt", "attempts"})
#: Beginnings of words that make an attempt one of suicide.
_NEAR = ("suicid", "self-harm", "overdos")
#: People say what they like of themselves.
_OWN = frozenset({"i", "i've", "i'm", "we", "we've", "me", "my", "who've"})
_SUFFER = ("suffer",)
_REACH = 7
#: What follows makes the words part of a name: "Alcoholics Anonymous".
_NAMES = frozenset({"anonymous", "association", "society", "uk", "foundation"})


@rule(
    "claims.suicide-wording",
    summary="“Committed suicide”, “failed attempt” and the like",
    why="Such words blame or rank; guides for safe messaging ask for plain ones.",
    good="Her brother died by suicide in 2012.\n\nCall or text 988 at any hour.",
    bad="Her brother committed suicide in 2012.\n\nCall or text 988 at any hour.",
    authority="Best Practices and Recommendations for Reporting on Suicide, "
    "reportingonsuicide.org; WHO, Preventing suicide: a resource for media professionals, "
    "update 2023",
    languages=("en", "unknown"),
)
def suicide_wording(ctx: PostContext) -> Iterator[Report]:
    """Report units with words about suicide that guides ask to swap."""
    before: list[Reading] = []
    for reading in readings_of(ctx) if readings_with(ctx, _SUICIDE) else ():
        near = [*before[-2:], reading]
        before.append(reading)
        for hit in reading.all(_SUICIDE):
            bare = reading.key(hit.end - 1) in _BARE and "suicid" not in _text(reading, hit)
            if reading.is_quoted(*hit) or (bare and not any(map(_speaks_of_suicide, near))):
                continue
            instead = _swap(_SUICIDE, _text(reading, hit)).instead
            yield ctx.report(
                reading.unit,
                f"“{reading.said(*hit)}” blames or ranks a person in despair, and readers in "
                "danger hear it.",
                help=f"Say it plainly, such as “{instead}”.",
            )
            break


@rule(
    "claims.person-first",
    summary="“Addicts”, “schizophrenics”, “suffers from”: words that make a person a condition",
    why="People are more than a diagnosis, and those who read about their own turn away.",
    good="Some people with an addiction come to us on their own.",
    bad="Some drug addicts come to us on their own.\n\nAddiction is an illness, and so is "
    "depression.",
    authority="NIH Style Guide, person-first language; APA Style, bias-free language",
    severity="info",
    languages=("en", "unknown"),
    options=(
        *SHARED,
        Option("allow", "Words that may stay as they are, such as diabetics.", ()),
    ),
)
def person_first(ctx: PostContext) -> Iterator[Report]:
    """Report the first unit with each of the words that make a person a condition."""
    allowed = {each.lower() for each in ctx.terms("allow")}
    told: set[Swap] = set()
    for reading in readings_with(ctx, _PERSON):
        for hit in reading.all(_PERSON):
            text = _text(reading, hit)
            swap = _swap(_PERSON, text)
            if swap in told or text in allowed or not _counts(ctx, reading, hit, swap):
                continue
            told.add(swap)
            yield ctx.report(
                reading.unit,
                f"“{reading.said(*hit)}” names people by a condition; many readers who live "
                "with it feel reduced to it.",
                help=f"Name the person first, such as “{swap.instead}”, or allow the word in "
                "copydesk.toml.",
            )
            break


def _counts(ctx: PostContext, reading: Reading, hit: Hit, swap: Swap) -> bool:
    """Say whether the words are the writer's own about people with a condition."""
    if reading.is_quoted(*hit) or reading.key(hit.end) in _NAMES:
        return False
    if reading.key(hit.start).startswith(_SUFFER):
        if _own(reading, hit.start):
            return False
        ahead = reading.keys[hit.end : hit.end + _REACH]
        return any(noun.start <= 3 for noun in labels(ctx).nouns(ahead, "condition", sure=False))
    return not swap.health or is_health(ctx)


def _own(reading: Reading, at: int) -> bool:
    return not _OWN.isdisjoint(reading.keys[max(0, at - 4) : at])


def _speaks_of_suicide(reading: Reading) -> bool:
    return any(key.startswith(_NEAR) for key in reading.keys)


def _text(reading: Reading, hit: Hit) -> str:
    return " ".join(reading.keys[hit.start : hit.end])


def _swap(name: str, text: str) -> Swap:
    """Return what to say instead of words that a phrase of a table has found."""
    table = swaps(name)
    if text in table:
        return table[text]
    return next(
        swap
        for phrase, swap in table.items()
        if phrase.endswith("*") and text.startswith(phrase[:-1])
    )
