"""Finds numbers, rates and ratios about health.

Source: FTC Health Products Compliance Guidance (December 2022), on claims with numbers.
"""

from __future__ import annotations

from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.wording.lexicon import single_words

#: "80 % dark for people with migraine" does not count people.
_APART = frozenset(["for", "to", "with", "by", "from", "at"])
#: Without one of these, a per cent sign or its word no number can be about health.
_SECTIONS = frozenset({"wording.person", "wording.share", "wording.factor"})
_PERCENT = frozenset({"percent", "per", "percentage"})


def statistic(reading: Reading) -> str:
    """Return the words that give a number about health, or nothing."""
    text = reading.text
    none = "%" not in text and _SECTIONS.isdisjoint(reading.hits)
    if none and _PERCENT.isdisjoint(reading.keys):
        return ""
    if (
        reading.question
        or reading.has("wording.money")
        or "$" in text
        or "€" in text
        or "£" in text
    ):
        return ""
    for find in (_ratio, _percent, _share, _factor):
        words = find(reading)
        if words:
            return words
    return ""


def is_number(key: str) -> bool:
    """Say whether a word is a number, in digits or in letters."""
    return key[0].isdigit() or key in single_words("number")


def _people(reading: Reading, start: int) -> bool:
    """Say whether people are named within the next words, and something of their health."""
    near = next(
        (hit.start for hit in reading.all("wording.person") if start <= hit.start < start + 5), -1
    )
    return (
        near >= 0
        and not _APART.intersection(reading.keys[start:near])
        and (
            reading.medical
            or (reading.has("wording.reaction") and (reading.health or "patients" in reading.keys))
        )
    )


def _ratio(reading: Reading) -> str:
    """Find "9 out of 10 people" and "one in five adults"."""
    keys = reading.keys
    if not ("in" in keys or "of" in keys) or not reading.has("wording.person"):
        return ""
    for at in range(len(keys) - 2):
        if not is_number(keys[at]):
            continue
        if keys[at + 1] == "in" and is_number(keys[at + 2]):
            end = at + 3
        elif (
            keys[at + 1 : at + 3] == ["out", "of"]
            and at + 3 < len(keys)
            and is_number(keys[at + 3])
        ):
            end = at + 4
        else:
            continue
        if _people(reading, end):
            return reading.said(at, end)
    return ""


def _percent(reading: Reading) -> str:
    """Find "70 % of our patients feel better" and "a success rate of 80 %"."""
    if "%" not in reading.text and _PERCENT.isdisjoint(reading.keys):
        return ""
    rates = single_words("rate")
    for at, key in enumerate(reading.keys):
        if not key.endswith("%"):
            following = reading.keys[at + 1 : at + 2]
            if not (is_number(key) and following and following[0] in _PERCENT):
                continue
        if key.startswith(("0%", "100%")) and not _people(reading, at + 1):
            continue
        end = at + 1
        around = reading.keys[max(0, at - 5) : at] + reading.keys[end : end + 6]
        by = at > 0 and reading.keys[at - 1] == "by" and reading.medical
        if by or _people(reading, end) or (reading.medical and rates.intersection(around)):
            return reading.said(at, end) + (
                " %" if not key.endswith("%") or not reading.words[at].text.endswith("%") else ""
            )
    return ""


def _share(reading: Reading) -> str:
    """Find "a third of women"; words such as "most" are no number."""
    for hit in reading.all("wording.share"):
        if _people(reading, hit.end - 1):
            # "a third of women" is told as “a third”.
            return reading.said(hit.start, hit.end - (reading.keys[hit.end - 1] == "of"))
    return ""


def _factor(reading: Reading) -> str:
    """Find "twice as likely", "halves the pain", "cuts headaches by half"."""
    for hit in reading.all("wording.factor"):
        if reading.medical and not reading.denied(hit.start):
            return reading.said(*hit)
    return ""
