"""Verbs of effect: which words of a unit are verbs that change something, and in what form."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from copydesk_plugins.claims.detection.inflection import FORMS
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.vocabulary import word_list

if TYPE_CHECKING:
    from copydesk_plugins.claims.detection.reading import Reading

HEALTH = ("condition", "body", "outcome")
VERBS = ("improve", "reduce", "prevent", "worsen", "cause", "act", "enable")
DETERMINERS = listed(
    "a an the your our their his her its my this these those some any no of for in with from by "
    "on at about and/or each every more less most much great good real true"
)
_BEFORE_BASE = listed(
    "to can could may might will would should must do does did not don't doesn't didn't won't "
    "can't cannot couldn't you they we i people who that which and or help helps helped let lets "
    "make makes making also even actually really it'll they'll you'll better best further"
)


class Verb(NamedTuple):
    """A verb of effect: its class, form, and place."""

    kind: str
    form: str
    start: int
    end: int
    light: bool


#: The slots of the vocabulary that hold verbs of effect: the class and form of each.
VERB_SLOTS = {f"verb-{kind}.{form}": (kind, form) for kind in VERBS for form in FORMS}


def verbs(r: Reading) -> list[Verb]:
    """Return the verbs of effect of a unit, nouns of the same form left out."""
    if r.found_verbs is None:
        found = []
        for name, hits in r.hits.items():
            if name in VERB_SLOTS:
                kind, form = VERB_SLOTS[name]
                for hit in hits:
                    if _is_verb(r, form, hit.start, hit.end):
                        light = kind == "enable" or _is_light(" ".join(r.keys[hit.start : hit.end]))
                        found.append(Verb(kind, form, hit.start, hit.end, light))
        found.sort(key=lambda each: (each.start, -each.end, each.kind, each.form))
        r.found_verbs = found
    return r.found_verbs


_ENDINGS = (
    ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("d", ""),
    ("ies", "y"), ("ied", "y"),
)  # fmt: skip
_PAST = {
    "made": "make", "led": "lead", "gave": "give", "brought": "bring", "lost": "lose",
    "left": "leave", "kept": "keep", "built": "build", "grew": "grow",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def _is_light(text: str) -> bool:
    """Say whether a verb in any form is one of those that stand everywhere."""
    lights = word_list("light")
    return any(base in lights for base in _bases(text))


def _bases(text: str) -> Iterator[str]:
    """Yield what the base form of a verb may be."""
    yield text
    first, _, rest = text.partition(" ")
    tail = f" {rest}" if rest else ""
    if first in _PAST:
        yield _PAST[first] + tail
    for ending, put in _ENDINGS:
        if first.endswith(ending):
            base = first[: -len(ending)] + put
            yield base + tail
            if len(base) > 2 and base[-1] == base[-2]:
                yield base[:-1] + tail


def _is_verb(r: Reading, form: str, start: int, end: int) -> bool:
    before = r.key(start - 1)
    if start == 0:
        return True
    if before in DETERMINERS and r.gap(start) == " ":
        return form in ("ing", "ed")
    if form == "base":
        if (
            before in _BEFORE_BASE
            or before.endswith("ly")
            or "," in r.gap(start)
            or start == r.shift
        ):
            return True
        if before.endswith("s") and not before.endswith(("ss", "us", "is")):
            return True
        if before.endswith(("men", "children", "people")) or any(
            e == start for _, e, _ in r.nouns()
        ):
            return any(e == start and s2 for s, e, s2 in r.nouns()) and not r.near(
                HEALTH, end, end + 1
            )
        return False
    return True
