"""What the numbers of a unit count: people, time, a dose, a rate."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.reading import Reading

_MASS = listed("mg mcg µg μg g gm gram grams ml iu kg lbs pounds calories kcal units")
_GLUED = tuple(sorted(_MASS - {"gram", "grams", "pounds", "calories", "units"}))
_TIME = listed("minute minutes hour hours day days week weeks month months year years")
_PEOPLE = listed(
    "people patients adults women men children million billion participants americans users"
)
_VISITS = listed("session sessions treatment treatments visit visits dose doses infusion infusions")


def numbers(r: Reading) -> Iterator[str]:
    """Yield what each number of a unit counts."""
    for at in r.figures:
        yield _counted(r.keys[at], r.key(at + 1), r.key(at + 2))


def _counted(key: str, follows: str, third: str) -> str:
    digit = key[0].isdigit()
    if digit and len(key) == 4 and key[:2] in ("19", "20") and key.isdigit():
        return "number:year"
    if digit and (key[-1] == "%" or follows == "percent" or (follows, third) == ("per", "cent")):
        return "number:percent"
    if digit and (follows in _MASS or is_dose(key)):
        return "number:dose"
    if follows in _TIME or third in _TIME:
        return "number:time"
    if follows in _VISITS or third in _VISITS:
        return "number:visits"
    if follows in ("in", "out", "times") or (follows == "of" and not digit):
        return "number:rate"
    if follows in _PEOPLE or third in _PEOPLE:
        return "number:people"
    return "number:other" if digit else "number:word"


def is_dose(key: str) -> bool:
    """Say whether a word is a number with a unit of mass or volume: "300mg"."""
    return key[-1].isalpha() and any(
        key.endswith(unit) and key[: -len(unit)][-1:].isdigit() for unit in _GLUED
    )
