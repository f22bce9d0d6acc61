"""Finds "safe" and "non-addictive" said of a treatment.

Source: FDA on compounded ketamine (10 October 2023), which lists the risks such words hide.
"""

from __future__ import annotations

from copydesk_plugins.claims.detection.reading import Reading

#: The sections of words that say it.
SAFE = frozenset({"wording.safe-verdict", "wording.safe", "wording.non-addictive"})
_IS = frozenset(
    {
        "is",
        "are",
        "be",
        "was",
        "were",
        "remains",
        "remain",
        "it's",
        "being",
        "as",
        "considered",
    }
)
_DEGREE = frozenset(
    {
        "very",
        "quite",
        "completely",
        "perfectly",
        "totally",
        "absolutely",
        "entirely",
        "both",
        "extremely",
        "remarkably",
        "also",
        "so",
        "a",
        "generally",
        "usually",
    }
)
_USE = frozenset(["take", "use", "combine"])


def unqualified_safe(reading: Reading) -> str:
    """Return the words that call a treatment safe or non-addictive, or nothing."""
    if SAFE.isdisjoint(reading.hits):
        return ""
    if reading.question or reading.has("doubt"):
        return ""
    for section, fits in (
        ("wording.safe-verdict", _verdict),
        ("wording.safe", _predicate),
        ("wording.non-addictive", _medical),
    ):
        for start, end in reading.all(section):
            if not _vetoed(reading, start, end) and fits(reading, start):
                return reading.text[reading.words[start].start : reading.words[end - 1].end]
    return ""


def limited(reading: Reading) -> bool:
    """Say whether the unit says for whom or under what care it is safe."""
    return reading.has("wording.safe-limit")


def _vetoed(reading: Reading, start: int, end: int) -> bool:
    if reading.denied(start) or any(
        end <= hit.start < end + 4 for hit in reading.all("wording.safe-other")
    ):
        return True
    opened = any(start - 6 <= hit.start < start for hit in reading.all("whether"))
    asked = "when" in reading.keys[max(0, start - 3) : start]
    follows = reading.keys[end : end + 2]
    other_act = bool(follows) and follows[0] == "to" and not _USE.intersection(follows)
    return opened or asked or other_act


def _medical(reading: Reading, start: int) -> bool:
    return reading.medical or reading.antecedent == "treatment"


def _verdict(reading: Reading, start: int) -> bool:
    return _medical(reading, start)


def _predicate(reading: Reading, start: int) -> bool:
    """Say whether "safe" is what the sentence says of a treatment: "massage is quite safe"."""
    at = start - 1
    while at >= 0 and reading.keys[at] in _DEGREE:
        at -= 1
    if at < 0 or reading.keys[at] not in _IS:
        return False
    if (
        reading.keys[at] in ("it's", "is", "are")
        and reading.antecedent == "treatment"
        and (
            at == 0 or reading.keys[at] == "it's" or reading.keys[at - 1] in ("it", "this", "they")
        )
    ):
        return True
    return any(at - 6 <= each.end - 1 < at for each in reading.treatments)
