"""Who has to sign an entry: how many people, and whether a clinician must be among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from copydesk.api import Person, words
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.wording import normal
from copydesk_plugins.claims.wording.lexicon import crisis_phrases

#: A person whose role ends in one of these words is a clinician: "registered nurse" is one, a
#: "physician relations manager" is not.
CLINICIANS = frozenset(
    [
        "clinician",
        "physician",
        "doctor",
        "nurse",
        "psychiatrist",
        "psychologist",
        "psychotherapist",
        "pharmacist",
        "midwife",
        "dentist",
        "physiotherapist",
        "osteopath",
        "chiropractor",
        "dietitian",
        "optometrist",
        "audiologist",
        "podiatrist",
        "surgeon",
        "dermatologist",
    ]
)
#: Roles of clinicians that end in another word.
_ROLES = ("nurse practitioner", "physician assistant", "medical director", "physical therapist")
#: Parts of words that make an entry one about suicide or self-harm, beside the phrases that the
#: rule about crisis lines knows. Figures of speech count, too: asking one more person is cheap.
_SUICIDE = (
    *("suicid", "self-harm", "self harm", "self-injur", "self injur"),
    *("wish to die", "wishes to die", "wished to die", "wishing to die"),
    *("want to die", "wants to die", "wanted to die", "wanting to die"),
)


class Need(NamedTuple):
    """What a kind of entry needs, and how that kind is called in messages."""

    people: int
    clinician: bool
    why: str


_ONE = Need(1, False, "")
_ABSOLUTE = Need(2, True, "it promises without a limit")
_ABOUT_SUICIDE = Need(2, True, "it speaks of suicide or self-harm")


def need_of(entry: Entry) -> Need:
    """Return what an entry needs before it holds."""
    if _about_suicide(entry):
        return _ABOUT_SUICIDE
    return _ABSOLUTE if entry.strength == "absolute" else _ONE


def missing(entry: Entry, people: Mapping[str, Person]) -> str:
    """Return what the sign-off of an entry still lacks, in words, or nothing."""
    need = need_of(entry)
    signed = [each.by for each in entry.valid if each.by in people]
    said = []
    if len(signed) < need.people:
        wanted = "1 approval" if need.people == 1 else f"{need.people} approvals"
        said.append(f"{len(signed)} of the {wanted} it needs")
    if need.clinician and not any(is_clinician(people[each]) for each in signed):
        said.append("none of a clinician")
    if not said:
        return ""
    return " and ".join(said) + (f", because {need.why}" if need.why else "")


def is_clinician(person: Person) -> bool:
    """Say whether the role of a person names a clinician."""
    role = person.role.lower().replace(" and ", ",")
    for mark in "/;&(|":
        role = role.replace(mark, ",")
    parts = (" ".join(part.split()).rstrip(") ") for part in role.split(","))
    return any(part.rpartition(" ")[2] in CLINICIANS or part.endswith(_ROLES) for part in parts)


def _about_suicide(entry: Entry) -> bool:
    for text in (*entry.wordings, entry.product, entry.condition, entry.required_text):
        plain = normal(text)
        if any(each in plain for each in _SUICIDE) or _speaks_of_it(plain):
            return True
    return False


def _speaks_of_it(plain: str) -> bool:
    """Say whether a text has a phrase of `data/crisis.txt`; "own life" is one only if taken."""
    keys = [each.text for each in words(plain)]
    found = crisis_phrases().find(keys)
    taken = "crisis-own" in found
    hits = found.get("crisis", [])
    return any(taken or keys[each.start + 1 : each.start + 2] != ["own"] for each in hits)
