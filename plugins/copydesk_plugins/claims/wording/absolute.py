"""Finds promises without a limit: cure, guarantee, 100 % safe, no side effects.

Source: FTC Health Products Compliance Guidance (December 2022).
"""

from __future__ import annotations

from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.verbs import verbs
from copydesk_plugins.claims.packs.absolutes import RULE
from copydesk_plugins.claims.wording.lexicon import single_words

_SECTIONS = frozenset(
    RULE + name
    for name in (
        "cure",
        "guarantee",
        "permanent",
        "always",
        "no-harm",
        "no-risk",
        "total",
        "miracle",
    )
)
_HUNDRED = frozenset({"100%", "100", "hundred"})
_NOT_CARE = frozenset(
    {
        "time",
        "times",
        "day",
        "days",
        "hour",
        "hours",
        "date",
        "dates",
        "schedule",
        "plan",
        "format",
        "pace",
        "budget",
        "routine",
        "slot",
        "trial",
        "consultation",
        "cancellation",
        "call",
    }
)
#: "Ends nightmares for good" stops there; "for good measure" goes on.
_CLAUSE_END = tuple('.,;:!?)”"’—–')
_LASTING = frozenset({"permanently", "forever", "for ever", "once and for all", "for good"})


def absolute(reading: Reading) -> str:
    """Return the words that promise without a limit, or nothing."""
    if _SECTIONS.isdisjoint(reading.hits) and _HUNDRED.isdisjoint(reading.keys):
        return ""
    if reading.question or reading.has("doubt"):
        return ""
    for find in (_no_harm, _hundred, _always, _cure, _guarantee, _permanent):
        words = find(reading)
        if words:
            return words
    return ""


def _beside(reading: Reading, section: str, start: int, end: int) -> bool:
    """Say whether a phrase of a section begins at a word position in [start, end)."""
    return any(start <= hit.start < end for hit in reading.all(section))


def _open(reading: Reading, at: int) -> bool:
    """Say whether a condition or an open question stands before a word."""
    return any(at - 6 <= hit.start < at for hit in reading.all("whether"))


def _limited(reading: Reading, at: int) -> bool:
    """Say whether "some people" or the like stand before a word."""
    return any(key in ("some", "few", "if", "when") for key in reading.keys[max(0, at - 5) : at])


def _no_harm(reading: Reading) -> str:
    for hit in reading.all(RULE + "no-harm"):
        if not (
            _is_denied(reading, hit.start)
            or _limited(reading, hit.start)
            or _open(reading, hit.start)
        ):
            return reading.said(*hit)
    for hit in reading.all(RULE + "no-risk"):
        near = any(hit.start - 6 <= each.start < hit.start for each in reading.treatments)
        if near and not (
            reading.denied(hit.start)
            or _open(reading, hit.start)
            or _NOT_CARE.intersection(reading.keys[hit.end : hit.end + 3])
        ):
            return reading.said(*hit)
    return ""


_POINTERS = frozenset({"it", "it's", "this", "they", "they're", "these"})
#: A "no" before "no side effects" counts on: "no downtime and no side effects".
_DENIALS = frozenset(
    ["not", "never", "nobody", "isn't", "aren't", "don't", "doesn't", "won't", "can't", "cannot"]
)


def _is_denied(reading: Reading, at: int) -> bool:
    return bool(_DENIALS.intersection(reading.keys[max(0, at - 6) : at]))


def _hundred(reading: Reading) -> str:
    if _HUNDRED.isdisjoint(reading.keys) or not (reading.medical or _answers(reading)):
        return ""
    what = single_words("total-what")
    for at, key in enumerate(reading.keys):
        if key not in _HUNDRED:
            continue
        next_at = at + 1
        while next_at < len(reading.keys) and reading.keys[next_at] in ("percent", "per", "cent"):
            next_at += 1
        if key != "100%" and next_at == at + 1:
            continue
        if (
            next_at < len(reading.keys)
            and reading.keys[next_at] in what
            and not (reading.denied(at) or _open(reading, at))
        ):
            return reading.said(at, next_at + 1)
    return ""


def _answers(reading: Reading) -> bool:
    """Say whether "it" or the like stands for a treatment: "Is it safe? Yes, it is 100% safe"."""
    return reading.antecedent == "treatment" and not _POINTERS.isdisjoint(reading.keys[:4])


def _always(reading: Reading) -> str:
    for section in ("always", "total", "miracle"):
        for hit in reading.all(RULE + section):
            if reading.medical and not (
                reading.denied(hit.start)
                or _open(reading, hit.start)
                or _NOT_CARE.intersection(reading.keys[: hit.start])
            ):
                return reading.said(*hit)
    return ""


def _cure(reading: Reading) -> str:
    for hit in reading.all(RULE + "cure"):
        # "Cure Asthma Trust" in the middle of a sentence is a name.
        named = reading.unit.kind not in ("heading", "title") and all(
            word.text.istitle() for word in reading.words[hit.start : hit.start + 2]
        )
        other = _beside(reading, "wording.cure-other", hit.start - 4, hit.end + 5)
        # In a post on something else, "a cure for spreadsheet headaches" is a product.
        known = reading.health or reading.treatments
        figure = not known and reading.keys[hit.end : hit.end + 1] == ["for"]
        if reading.medical and not (
            figure or named or other or reading.denied(hit.start) or _open(reading, hit.start)
        ):
            return reading.said(*hit)
    return ""


def _guarantee(reading: Reading) -> str:
    for hit in reading.all(RULE + "guarantee"):
        if _beside(reading, "wording.guarantee-other", hit.start - 3, hit.end + 6):
            continue
        promised = reading.medical or reading.has("wording.promised")
        if promised and not (reading.denied(hit.start) or _open(reading, hit.start)):
            return reading.said(*hit)
    return ""


def _permanent(reading: Reading) -> str:
    for hit in reading.all(RULE + "permanent"):
        if not reading.medical or reading.denied(hit.start) or _open(reading, hit.start):
            continue
        said = reading.said(*hit)
        if said.lower() in _LASTING and not verbs(reading):
            continue
        after = reading.text[reading.words[hit.end - 1].end :].lstrip()
        if said.lower() == "for good" and after and not after.startswith(_CLAUSE_END):
            continue
        return said
    return ""
