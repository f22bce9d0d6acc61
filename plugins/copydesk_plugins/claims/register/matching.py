"""Whether a claim says what an entry of the register says, and what stands in the way if so."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from copydesk_plugins.claims.claim import STRENGTHS, Claim
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.facts import PostFacts
from copydesk_plugins.claims.register.reading import Wording, loose, tells
from copydesk_plugins.claims.register.wording import content, kept, keys, normal, phrase

#: The slots that say what a claim is about.
_NOUNS = frozenset(["treatment", "exposure", "condition", "body", "outcome"])

#: Words that point to what stood before.
_POINTERS = frozenset(["it", "they", "this", "that", "these", "those", "such"])
#: Of longer sentences the engine does not see each word, so only their very text counts.
_LONGEST = 60


class Settled(NamedTuple):
    """An entry in force that settles a claim: by its text, or by what it says."""

    entry: Entry
    by: Literal["text", "slots"]


class Near(NamedTuple):
    """An entry that comes near a claim but does not settle it; `why` says what is between."""

    entry: Entry
    why: str


def obstacle(entry: Entry, claim: Claim, facts: PostFacts, today: date) -> str:
    """Return why an entry that says the same does not settle a claim, or nothing."""
    standing = entry.standing(today)
    if standing != "approved":
        return standing_in_words(entry, today)
    if stronger(claim, entry):
        return f"the sentence is {claim.strength}, and at most {entry.strength} was approved"
    if entry.markets and facts.market not in entry.markets:
        return f"it is approved for the market {', '.join(entry.markets)} only"
    if entry.required_text and not facts.has(entry.required_text):
        return f"the post lacks the words it needs: “{entry.required_text}”"
    return ""


def standing_in_words(entry: Entry, today: date) -> str:
    """Return how an entry that is not in force stands, as part of a sentence."""
    standing = entry.standing(today)
    if standing == "expired" and entry.expires is not None:
        return f"it ended on {entry.expires.isoformat()}"
    if standing == "withdrawn":
        reason = f": {entry.withdrawal.reason.rstrip('. ')}" if entry.withdrawal else ""
        return f"it was withdrawn{reason}"
    return "its sign-off is not in order" if standing == "not in order" else "nobody approved it"


def stronger(claim: Claim, entry: Entry) -> bool:
    """Say whether a claim says more than an entry allows."""
    return STRENGTHS.index(claim.strength) > STRENGTHS.index(entry.strength)


def elsewhere(claim: Claim, wordings: list[Wording], facts: PostFacts) -> str:
    """Return what an equal text speaks of in its post but not in the register, or nothing.

    "It eases pain" is another claim in a post about another treatment.
    """
    entry = wordings[0].entry
    known = {
        key
        for each in wordings
        if each.claim is not None
        for key in (*each.claim.said.treatments, *each.claim.said.conditions)
    }
    named = (phrase(entry.product), phrase(entry.condition))
    for slot in claim.slots:
        if slot.end or slot.slot not in _NOUNS or slot.key in known:
            continue
        if not any(phrase(said) in each for said in (slot.text, slot.key) for each in named):
            return f"it speaks of {slot.text} here"
    points = is_open(claim)
    if points and not entry.product:
        return "its words do not say of what, and the entry names no product"
    told = bool(claim.said.treatments) and not points
    if entry.product and not told and not facts.about(claim.unit, entry.product):
        return f"it is not said of {entry.product} here"
    return ""


def is_open(claim: Claim) -> bool:
    """Say whether a claim leaves to its place what it is said of, and its slots do not tell.

    "Works within hours" and "This treatment works" say another thing in every post.
    """
    if any(slot.slot in ("treatment", "exposure") and not slot.end for slot in claim.slots):
        return False
    first = keys(claim.unit.text)[:1]
    above = claim.whence in ("heading", "title", "before", "post")
    return (above and not claim.said.treatments) or not _POINTERS.isdisjoint(first)


def same_slots(claim: Claim, wording: Wording, facts: PostFacts) -> bool:
    """Say whether a claim says what a wording says, in other words and with nothing added.

    A promise without a limit is settled by its very text only.
    """
    other = wording.claim
    if other is None or claim.said != other.said or not tells(claim.said):
        return False
    if claim.strength == "absolute" or not set(claim.types) <= {*other.types, "implied"}:
        return False
    if len(keys(claim.unit.text)) > _LONGEST or _effects(claim) != _effects(other):
        return False
    if _order_matters(claim) and _named(claim) != _named(other):
        return False
    spoken = facts.spoken(claim.unit)
    return kept(spoken) == wording.kept and loose(spoken, claim) == wording.loose


def _effects(claim: Claim) -> int:
    """Return how many effects a claim tells of: "eases and prevents" says more than "eases"."""
    return sum(each.slot == "effect" and bool(content(each.text)) for each in claim.slots)


def _order_matters(claim: Claim) -> bool:
    """Say whether it matters what is named first: which is better, what leads to what."""
    said = claim.said
    return bool(said.compared) or len(said.treatments) > 1 or len(said.conditions) > 1


def _named(claim: Claim) -> list[str]:
    """Return what a claim speaks of, in the order of its text."""
    return [each.key for each in claim.slots if each.slot in _NOUNS]


def same_text(claim: Claim, wording: Wording, facts: PostFacts) -> bool:
    """Say whether a claim is word for word a wording: the whole unit, never a part of it.

    An item of a list is read with its lead-in; alone it counts where that changes nothing.
    """
    if normal(facts.spoken(claim.unit)) == wording.plain:
        return True
    plain = kept(facts.lead_in(claim.unit)) == kept("") and claim.whence in ("unit", "")
    return plain and normal(claim.unit.text) == wording.plain


def difference(claim: Claim, wording: Wording, facts: PostFacts) -> str:
    """Return how a claim differs from a wording that is near, as part of a sentence."""
    other = wording.claim
    mine, theirs = kept(facts.spoken(claim.unit)), wording.kept
    if mine.figures != theirs.figures or (other and claim.said.numbers != other.said.numbers):
        return "the numbers differ"
    if other is not None:
        if claim.said.negated != other.said.negated:
            return "one says the opposite of the other"
        if claim.said.treatments != other.said.treatments:
            return "the treatments differ"
        if claim.said.conditions != other.said.conditions:
            return "the conditions differ"
    if STRENGTHS.index(claim.strength) > STRENGTHS.index(wording.entry.strength):
        return (
            f"the sentence is {claim.strength}, and at most {wording.entry.strength} was approved"
        )
    changed = sorted(mine.words ^ theirs.words)
    return f"one says “{changed[0]}” and the other does not" if changed else "the wording differs"
