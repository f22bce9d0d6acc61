"""Vetoes: what makes a unit no claim although words of a frame stand in it."""

from __future__ import annotations

from copydesk_plugins.claims.detection.frames import Fit, is_title
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.verbs import verbs
from copydesk_plugins.claims.detection.vocabulary import word_list

_YES_NO = listed(
    "is are was were can could do does did will would should shall have has had am may might ever "
    "ready want need looking struggling suffering tired still isn't aren't don't doesn't won't "
    "can't what's thinking worried curious concerned feeling wondering"
)
_SOFT = frozenset(
    {"onset", "lasting", "experience", "safety", "statistic", "need", "praise", "comparison"}
)


def whole(r: Reading) -> str:
    """Return the veto that speaks against a unit as a whole, or nothing."""
    if r.question and not _presupposes(r):
        return "question"
    if r.has("disclaimer"):
        return "disclaimer"
    if r.has("doubt"):
        return "doubt"
    if r.has("biography"):
        return "biography"
    return ""


def _presupposes(r: Reading) -> bool:
    """Say whether a question takes an effect for granted: "Why does X help with pain?"."""
    keys = [key for key in r.keys[:4] if key not in ("but", "so", "and", "q")]
    if not keys or keys[0] not in ("what", "why", "how"):
        return False
    named = any(each[2] in ("treatment", "exposure") for each in r.nouns())
    if keys[0] == "what":
        return named and (keys[1:2] == ["makes"] or keys[-1:] == ["makes"] or "can" in r.keys)
    if keys[0] == "why":
        return named
    return (
        named
        and r.has("better-outcome", "verb-improve.base", "verb-reduce.base", "verb-enable.base")
        and keys[1:2] != ["do"]
    )


def against(r: Reading, fit: Fit) -> str:
    """Return the veto that speaks against one fit, or nothing."""
    for check in (
        _heading,
        _imperative,
        _wanted,
        _conditional,
        _asked,
        _paid,
        _denied_cure,
        _staff,
        _definition,
        _typical,
        _process,
        _invite,
        _foreign,
    ):
        if name := check(r, fit):
            return name
    return ""


def _heading(r: Reading, fit: Fit) -> str:
    if not is_title(r):
        return ""
    if fit.frame == "effect":
        at = fit.start
        if at <= r.shift or r.has("wants"):
            return "noun phrase"
        key = r.key(at)
        before = r.key(at - 1)
        finite = (
            before in ("can", "may", "could", "will", "might", "to")
            or key.endswith("s")
            or before.endswith("s")
        )
        named = any(start < at for start, _, _ in r.nouns()) or any(
            hit.end <= at for hit in r.treatments
        )
        return "" if finite and named else "noun phrase"
    return (
        ""
        if fit.frame in ("comparison", "praise", "research", "association") and r.has("compare")
        else "noun phrase"
    )


def _imperative(r: Reading, fit: Fit) -> str:
    if r.shift or is_title(r) or not r.keys:
        return ""
    first = r.keys[0]
    if first in (
        "please",
        "also",
        "then",
        "always",
        "never",
        "instead",
        "so",
        "just",
        "simply",
        "and",
        "next",
        "first",
        "finally",
    ):
        first = r.key(1)
    if first not in word_list("imperative") or first.endswith("ing"):
        return ""
    if r.key(1) in ("is", "are", "can", "may", "will", "has", "helps", "also") or any(
        verb.start == 1 and verb.form == "s" for verb in verbs(r)
    ):
        return ""  # "massage relieves pain": a noun, and not a request
    if fit.start <= 2:
        if (
            r.in_list
            and fit.frame == "effect"
            and r.under is not None
            and r.under.has("benefit-heading")
        ):
            return ""
        return "advice"
    return (
        ""
        if fit.frame in ("effect", "used-for", "association", "statistic", "safety")
        and fit.start > 3
        else "advice"
    )


def _wanted(r: Reading, fit: Fit) -> str:
    if fit.frame != "effect":
        return ""
    for hit in r.all("wants"):
        if hit.end == fit.start or hit.end == fit.start - 1:
            return "" if r.has("used-for") else "wish"
    return ""


_ASKING = frozenset({"which", "what", "how", "whether", "if", "where", "who"})


def _asked(r: Reading, fit: Fit) -> str:
    """Say whether a request asks for it: "tell us which treatments have eased your pain"."""
    if fit.frame == "research" and r.key(0) == "what" and fit.start < 4:
        return "open question"
    if r.shift or is_title(r) or r.key(0) not in word_list("imperative"):
        return ""
    return "open question" if _ASKING.intersection(r.keys[1 : fit.start]) else ""


_NOT_CARE = listed("law laws insurance insurer insurers fee fees price prices policy bus")


def _paid(r: Reading, fit: Fit) -> str:
    """Say whether money or the law is what acts."""
    if fit.frame not in ("effect", "praise", "used-for"):
        return ""
    return "price" if _NOT_CARE.intersection(r.keys[max(0, fit.start - 4) : fit.end]) else ""


def _denied_cure(r: Reading, fit: Fit) -> str:
    """Say whether a cure is denied: "ketamine does not cure depression"."""
    stem = r.key(fit.start)
    if stem.startswith(("cur", "heal", "fix", "guarant")) and r.denied(fit.start):
        return "disclaimer"
    return "disclaimer" if fit.frame == "regulatory" and r.has("negation") else ""


_OPENING_IF = frozenset({"if", "whether", "unless", "until"})


def _conditional(r: Reading, fit: Fit) -> str:
    """Say whether the fit lies inside an if-clause."""
    if _OPENING_IF.isdisjoint(r.keys):
        return ""
    for at in range(min(fit.start, len(r.keys)) - 1, -1, -1):
        if r.key(at + 1) and "," in r.gap(at + 1):
            return ""
        if r.keys[at] in _OPENING_IF:
            return "open question"
    return ""


def _staff(r: Reading, fit: Fit) -> str:
    """Say whether somebody of the practice acts, and only says what they treat."""
    if fit.frame not in ("effect", "used-for", "praise"):
        return ""
    staff = word_list("staff")
    window = r.keys[max(0, fit.start - 7) : fit.start]
    if not any(key in staff for key in window):
        return ""
    provides = any(
        fit.start - 1 <= hit.start <= fit.start
        or (
            hit.start < fit.start and r.key(hit.start) in ("offer", "offers", "provide", "provides")
        )
        for hit in r.all("provider-verb")
    )
    return "service" if provides else ""


def _definition(r: Reading, fit: Fit) -> str:
    for hit in r.all("definition"):
        if hit.start <= 10 and fit.start >= hit.start:
            relative = any(
                key in ("that", "which", "meaning") for key in r.keys[hit.end : fit.start]
            )
            treated = any(each[2] == "treatment" for each in r.nouns() if each[0] <= hit.start + 4)
            if not (relative and treated):
                return "definition"
    return ""


def _typical(r: Reading, fit: Fit) -> str:
    told = fit.frame in ("effect", "association", "experience") and r.has("typical")
    return "symptoms" if told and not r.nouns("treatment", "exposure") else ""


def _process(r: Reading, fit: Fit) -> str:
    if fit.frame in _SOFT and r.has("process"):
        return "process"
    if fit.frame == "statistic" and r.has("price"):
        return "price"
    return ""


def _invite(r: Reading, fit: Fit) -> str:
    hits = [hit for hit in r.all("invite") if hit.start <= 2]
    if hits and not any(key in ("how", "that", "why") for key in r.keys[: fit.start]):
        return "invitation"
    return ""


def _foreign(r: Reading, fit: Fit) -> str:
    """Ask more in a post that is not about health: a condition and what acts on it, both sure."""
    if r.health:
        return ""
    slots = {each[2] for each in r.nouns()} | ({"treatment"} if r.treatments else set())
    if r.antecedent:
        slots.add(r.antecedent)
    if "condition" in slots and (
        slots & {"treatment", "exposure", "body"} or fit.frame == "statistic"
    ):
        return ""
    return "not about health"
