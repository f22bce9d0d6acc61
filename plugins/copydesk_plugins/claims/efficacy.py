"""Finds plain sentences that say a treatment does something for health.

The shape is a treatment, a verb of effect and an outcome in this order in one unit. Source:
FTC Health Products Compliance Guidance (December 2022), on express and implied claims.
"""

from __future__ import annotations

from copydesk.api import Hit
from copydesk_plugins.claims.lexicon import single_words
from copydesk_plugins.claims.reading import Reading

_REACH = 12
_HELPERS = frozenset(
    {
        "to",
        "helps",
        "help",
        "helping",
        "you",
        "your",
        "people",
        "patients",
        "can",
        "will",
        "may",
        "might",
        "could",
        "would",
        "or",
        "does",
        "do",
        "even",
    }
)
_BEFORE_ING = frozenset({"by", "for", "in", "while", "at"})
_OPEN = frozenset(["if", "whether", "which", "unless", "what"])
_EXTRAPOSED = frozenset(["to", "if", "when", "that"])


def efficacy(reading: Reading) -> str:
    """Return the words of effect where a treatment is said to help or harm, or nothing."""
    if not (
        reading.question
        or reading.has("effect", "effect-base", "effect-ing", "praise", "association")
    ):
        return ""
    if reading.has("doubt", "biography") or _defines(reading) or _invites(reading):
        return ""
    if reading.question:
        return _presupposes(reading)
    for hit in reading.all("praise"):
        named = reading.has("treatment") or (reading.before and _points(reading, hit.start))
        if named and reading.has("outcome") and not reading.denied(hit.start):
            return reading.said(*hit)
    for hit in sorted(_effects(reading)):
        if (
            _reaches_outcome(reading, hit)
            and _has_subject(reading, hit)
            and not reading.denied(hit.start)
            and not _asked(reading, hit.start)
        ):
            return reading.said(*hit)
    return _association(reading)


def hedged(reading: Reading) -> bool:
    """Say whether the unit is hedged ("may", "can")."""
    return reading.has("hedge")


def _effects(reading: Reading) -> list[Hit]:
    found = list(reading.all("effect"))
    ends = {hit.end for hit in reading.all("treatment")}
    for hit in reading.all("effect-base"):
        at = _before_adverbs(reading, hit.start)
        if hit.start in ends or (at >= 0 and (reading.keys[at] in _HELPERS or at + 1 in ends)):
            found.append(hit)
    found.extend(
        hit
        for hit in reading.all("effect-ing")
        if hit.start and reading.keys[_before_adverbs(reading, hit.start)] in _BEFORE_ING
    )
    return found


def _before_adverbs(reading: Reading, start: int) -> int:
    """Return the position of the word before a verb, adverbs passed over."""
    at = start - 1
    while at >= 0 and (reading.keys[at].endswith("ly") or reading.keys[at] in ("also", "even")):
        at -= 1
    return at


def _reaches_outcome(reading: Reading, hit: Hit) -> bool:
    return reading.near("outcome", hit.start, hit.end + _REACH)


def _asked(reading: Reading, at: int) -> bool:
    """Say whether the effect is left open: "whether it eases pain", "if it causes pain"."""
    for index in range(at - 1, max(-1, at - 7), -1):
        if "," in reading.text[reading.words[index].end : reading.words[index + 1].start]:
            return False
        if reading.keys[index] in _OPEN:
            return True
    return False


def _association(reading: Reading) -> str:
    """Find what goes with a condition ("poor sleep is linked to low mood")."""
    for hit in reading.all("association"):
        if (
            reading.near("outcome", max(0, hit.start - 8), hit.start)
            and reading.near("outcome", hit.end, hit.end + 6)
            and not reading.denied(hit.start)
        ):
            return reading.said(*hit)
    return ""


def _has_subject(reading: Reading, hit: Hit) -> bool:
    """Say whether a treatment, or "it" that stands for one, is what acts."""
    subject = max(
        (each.end for each in reading.all("treatment") if each.end <= hit.start), default=0
    )
    if subject and hit.start - subject <= _REACH:
        return not _agent_between(reading, subject, hit.start)
    return reading.before and _points(reading, hit.start)


def _points(reading: Reading, at: int) -> bool:
    """Say whether the unit begins with "it" or "this effect" that stands for the treatment."""
    pointer = next((hit.start for hit in reading.all("pointer") if hit.start <= 1), None)
    if pointer is None or at - pointer > 8 or _agent_between(reading, pointer + 1, at):
        return False
    # "It helps to bring a list" is advice: "it" stands for the bringing.
    return not (
        reading.keys[pointer] == "it"
        and at - pointer <= 2
        and _EXTRAPOSED.intersection(reading.keys[at + 1 : at + 2])
    )


def _agent_between(reading: Reading, start: int, end: int) -> bool:
    """Say whether somebody acts between two words: "after therapy, Tom helps you ..."."""
    agents, modals = single_words("agent"), single_words("modal")
    for at in range(start, end):
        key = reading.keys[at]
        if key in agents:
            return True
        if key == "you" and reading.keys[at + 1] not in modals and at + 1 == end:
            return True
    last = _before_adverbs(reading, end)
    shown = reading.words[last].text if last >= start else ""
    # A name acts ("Tom eases"), but in a heading every word has a capital.
    titled = reading.unit.kind in ("heading", "title")
    return bool(shown) and shown[0].isupper() and not (shown.isupper() or titled or last == 0)


def _presupposes(reading: Reading) -> str:
    """Return the effect that a question takes for granted ("What makes X so effective?")."""
    keys = reading.keys
    opening = keys[:4]
    asks = any(opening[at : at + 2] == ["what", "makes"] for at in range(3))
    if asks and reading.has("treatment") and {"effective", "powerful"}.intersection(keys):
        return "effective" if "effective" in keys else "powerful"
    return ""


def _defines(reading: Reading) -> bool:
    relative = {"that", "which", "meaning"}.intersection(reading.keys)
    return reading.has("definition") and not relative


def _invites(reading: Reading) -> bool:
    begins = any(hit.start <= 1 for hit in reading.all("invitation"))
    return begins and bool({"whether", "if", "about", "to"}.intersection(reading.keys))
