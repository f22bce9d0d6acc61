"""Frames: the patterns of words that make a unit a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from copydesk_plugins.claims.claim import ClaimType
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.reading import NUMBERS, Reading
from copydesk_plugins.claims.detection.verbs import DETERMINERS, HEALTH, VERB_SLOTS, Verb, verbs
from copydesk_plugins.claims.detection.vocabulary import word_list
from copydesk_plugins.claims.wording.safety import SAFE, unqualified_safe

ACTORS = ("treatment", "exposure")
#: A noun of a slot: the half-open pair of its word positions, and the slot.
Noun = tuple[int, int, str]


class Fit(NamedTuple):
    """A frame that fits: its name, the type of claim, and the words at [start, end)."""

    frame: str
    type: ClaimType
    start: int
    end: int


_TITLES = frozenset({"heading", "title"})


def is_title(r: Reading) -> bool:
    """Say whether a unit is a heading or the title."""
    return r.unit.kind in _TITLES


def first_noun(r: Reading, slots: tuple[str, ...], start: int, end: int) -> Noun | None:
    """Return the first noun of some slots that begins in [start, end)."""
    return next((each for each in r.nouns(*slots) if start <= each[0] < end), None)


def last_noun(r: Reading, slots: tuple[str, ...], start: int, end: int) -> Noun | None:
    """Return the last noun of some slots that lies in [start, end)."""
    return next((e for e in reversed(r.nouns(*slots)) if start <= e[0] and e[1] <= end), None)


def actor(r: Reading, before: int) -> str:
    """Return the slot of what acts before a word: in the unit, or what "it" stands for."""
    noun = last_noun(r, ("treatment", "exposure", "condition"), 0, before)
    if noun is not None:
        return noun[2]
    if r.antecedent and (pointed(r, before) or not r.nouns()):
        return r.antecedent
    later = first_noun(r, ("treatment", "exposure"), before, len(r.keys))
    return later[2] if later else ""


def pointed(r: Reading, before: int) -> bool:
    """Say whether a word before stands for something named earlier: "it", "this effect"."""
    return not word_list("pointer").isdisjoint(r.keys[: min(before, 8)])


def effect(r: Reading) -> list[Fit]:
    """Fit a verb of effect with something of health: "reduces pain", "the pain eases"."""
    found: list[Fit] = []
    taken = -1
    for verb in verbs(r):
        if verb.start >= taken and (fit := _effect(r, verb)):
            found.append(fit)
            taken = verb.end
    return found


def _effect(r: Reading, verb: Verb) -> Fit | None:
    if _adjective(r, verb):
        return None
    reach = 6 if verb.light else 10
    after = first_noun(r, (*HEALTH, "treatment", "exposure"), verb.end, verb.end + reach)
    if after is not None and not r.same_clause(verb.start, after[0]):
        after = None
    if after is not None and after[2] not in HEALTH:
        after = next((e for e in r.nouns(*HEALTH) if after[1] <= e[0] <= after[1] + 3), None)
    if after is not None:
        if (
            verb.form == "base"
            and verb.start > r.shift
            and verb.light
            and r.key(verb.start - 1) in ("and", "or")
            and r.gap(verb.start) != " "
        ):
            return None
        return _judge(r, verb, verb.start, after[1], after)
    before = last_noun(r, (*HEALTH, "exposure"), max(0, verb.start - 8), verb.start)
    if before is None or not r.same_clause(before[0], verb.start) or before[2] not in HEALTH:
        return None
    passive = (verb.form == "ed" and r.key(verb.start - 1) in _BE) or (
        verb.form == "ed" and r.key(verb.start - 2) in _BE
    )
    if passive or (not verb.light and _intransitive(r, verb)):
        return _judge(r, verb, before[0], verb.end, before)
    return None


_BE = listed("is are was were be been being get gets got getting also often easily")


_BEFORE_ING = DETERMINERS - listed("by for from in of on with at about")


def _adjective(r: Reading, verb: Verb) -> bool:
    """Say whether a participle only describes ("a pinched nerve", "the healing process")."""
    before = r.key(verb.start - 1)
    if verb.form == "ing":
        return (
            before in _BEFORE_ING
            and verb.start > 0
            and r.gap(verb.start) == " "
            and verb.start != r.shift
        )
    if verb.form != "ed" or before in _BE:
        return False
    follows = r.near(HEALTH, verb.end, verb.end + 2)
    if not follows:
        return False
    if before.endswith("ly") or before in (
        "has",
        "have",
        "had",
        "that",
        "which",
        "it",
        "they",
        "also",
    ):
        return False
    if verb.kind in ("improve", "reduce") and not verb.light and (r.in_list or not is_title(r)):
        return verb.kind == "reduce" and r.key(verb.start) in ("blocked", "burned", "treated")
    named = last_noun(r, ACTORS, max(0, verb.start - 4), verb.start)
    return named is None or named[1] != verb.start


def _judge(r: Reading, verb: Verb, start: int, end: int, noun: Noun) -> Fit | None:
    """Return the fit of a verb and its object where something acts."""
    who = actor(r, verb.start if verb.start < noun[0] else len(r.keys))
    if not who and noun[2] == "body":
        return None
    if not who and not r.in_list and verb.light:
        return None
    return Fit("effect", _effect_type(verb, who, noun), start, end)


def _intransitive(r: Reading, verb: Verb) -> bool:
    if verb.form == "ing" and r.key(verb.start - 1) not in _BE:
        return False
    follows = r.key(verb.end)
    return not follows or follows in _AFTER_INTRANSITIVE or bool(r.gap(verb.end).strip())


_AFTER_INTRANSITIVE = listed(
    "when with in after within over and or as by if from because during for more faster quickly on "
    "too at better slowly again without until once first naturally significantly dramatically even "
    "much while but through under before improperly properly fully completely"
)


def _effect_type(verb: Verb, who: str, noun: Noun) -> ClaimType:
    if who == "treatment":
        return "mechanism" if verb.kind == "act" or noun[2] == "body" else "efficacy"
    if who in ("exposure", "condition") or verb.kind in ("worsen", "cause"):
        return "association"
    return "efficacy"


def link(r: Reading) -> list[Fit]:
    """Fit what says that one thing of health goes with another: "linked to", "due to"."""
    for hit in r.all("link"):
        before = last_noun(r, (*HEALTH, *ACTORS), max(0, hit.start - 12), hit.start)
        after = first_noun(r, (*HEALTH, *ACTORS), hit.end, hit.end + 9)
        sides = [each[2] for each in (before, after) if each]
        if len(sides) == 2 and (set(sides) - {"body", "outcome"}):
            return [Fit("association", "association", hit.start, hit.end)]
        if sides and r.antecedent and pointed(r, hit.start) and set(sides) - {"body"}:
            return [Fit("association", "association", hit.start, hit.end)]
    return []


def used_for(r: Reading) -> list[Fit]:
    """Fit what a treatment is said to be for: "used for tendonitis", "good for sleep"."""
    for hit in r.all("used-for"):
        after = first_noun(r, HEALTH, hit.end, hit.end + 8)
        if after is None and r.shift and hit.end <= r.shift:
            after = first_noun(r, HEALTH, r.shift, len(r.keys))
        if after is None or (
            after[2] == "body" and not r.near(("treatment", "exposure"), 0, hit.start)
        ):
            continue
        if r.near(ACTORS, 0, hit.start) or (r.antecedent and pointed(r, hit.start)):
            return [Fit("used-for", "efficacy", hit.start, after[1])]
    return []


def praise(r: Reading) -> list[Fit]:
    """Fit what praises a treatment's effect: "effective", "better results", "a game-changer"."""
    for hit in r.all("better-outcome"):
        named = r.near(ACTORS, 0, len(r.keys)) or (
            r.antecedent == "treatment" and pointed(r, len(r.keys))
        )
        asked = r.question and r.keys[:1] in (["what"], ["why"])
        if named and (asked or r.near(HEALTH, 0, len(r.keys))):
            return [Fit("praise", "efficacy", hit.start, hit.end)]
    return []


def comparison(r: Reading) -> list[Fit]:
    """Fit what compares a treatment with another: "more effective", "as good as"."""
    for hit in r.all("compare"):
        named = r.near(ACTORS, 0, len(r.keys)) or (
            r.antecedent == "treatment" and pointed(r, len(r.keys))
        )
        if named and (r.near(HEALTH, 0, len(r.keys)) or r.has("better-outcome", "result")):
            return [Fit("comparison", "comparative", hit.start, hit.end)]
    return []


def need(r: Reading) -> list[Fit]:
    """Fit what health is said to need: "sleep is vital for recovery"."""
    for hit in r.all("need"):
        after = first_noun(r, HEALTH, hit.end, hit.end + 7)
        if after and r.near(ACTORS, 0, hit.start):
            return [Fit("need", "efficacy", hit.start, hit.end)]
    return []


def safety(r: Reading) -> list[Fit]:
    """Fit what calls a treatment safe or harmful, or says who should not have it."""
    named = r.near(ACTORS, 0, len(r.keys)) or r.antecedent == "treatment"
    if not named:
        return []
    if words := unqualified_safe(r):
        at = next((hit.start for hit in r.all("wording.safe")), r.shift)
        return [Fit("safety", "safety", at, min(len(r.keys), at + len(words.split())))]
    for hit in r.all("harm"):
        if not r.denied(hit.start):
            return [Fit("safety", "safety", hit.start, hit.end)]
    for hit in r.all("avoid"):
        if r.near(ACTORS, hit.end, hit.end + 4) and r.near(("condition",), 0, len(r.keys)):
            return [Fit("safety", "safety", hit.start, hit.end)]
    return []


def regulatory(r: Reading) -> list[Fit]:
    """Fit what speaks of approval or control of a treatment."""
    for hit in r.all("regulator"):
        if r.near(("treatment", "condition"), 0, len(r.keys)):
            return [Fit("regulatory", "regulatory", hit.start, hit.end)]
    return []


def research(r: Reading) -> list[Fit]:
    """Fit what says that research has found something about health."""
    says = r.all("research-says")
    for hit in r.all("research"):
        near = any(abs(each.start - hit.end) <= 6 for each in says) or r.key(hit.start) in (
            "clinically",
            "scientifically",
            "proven",
        )
        if near and r.near((*HEALTH, *ACTORS), 0, len(r.keys)):
            return [Fit("research", "research", hit.start, hit.end)]
    return []


_SURE_DOSE = listed("mg mcg µg μg iu ml milligrams")


def statistic(r: Reading) -> list[Fit]:
    """Fit a number about health: a rate, a dose, how many people, how much more."""
    for at in r.figures:
        key = r.keys[at]
        if _number(r, at, key, key[0].isdigit()):
            return [Fit("statistic", "statistic", at, min(at + 2, len(r.keys)))]
    return []


def _number(r: Reading, at: int, key: str, digit: bool) -> bool:
    nxt, third = r.key(at + 1), r.key(at + 2)
    health = r.near((*HEALTH, "treatment", "exposure"), 0, len(r.keys))
    people = not word_list("people").isdisjoint(r.keys)
    if digit and (
        key.endswith("%")
        or (nxt in ("percent", "per") and third in ("cent", ""))
        or nxt == "percent"
    ):
        return health and (people or r.has("rate", "result") or bool(verbs(r)))
    if nxt in ("in", "out") and (third[:1].isdigit() or third in NUMBERS or third == "of"):
        return (health and people) or (health and third != "of")
    if nxt in ("million", "billion", "thousand"):
        return health and people
    if digit and (nxt in _SURE_DOSE or _dose(key)):
        return r.health and (
            r.near(("treatment",), 0, len(r.keys))
            or r.antecedent == "treatment"
            or r.in_list
            or r.in_table
        )
    if nxt == "times" and third in ("more", "higher", "as", "greater", "faster", "less", "the"):
        return health
    if key in ("twice", "double", "half", "third", "quarter") and (
        nxt in ("as", "more", "the", "of") or third in ("as", "of")
    ):
        return health and (people or key in ("twice", "double"))
    return False


def _dose(key: str) -> bool:
    return key.rstrip("0123456789.,-–") in _SURE_DOSE or any(
        key.endswith(unit) and key[: -len(unit)][-1:].isdigit()
        for unit in ("mg", "mcg", "iu", "ml")
    )


def experience(r: Reading) -> list[Fit]:
    """Fit what people feel during or after a treatment."""
    people, comfort = word_list("people"), word_list("comfort")
    treated = r.near(("treatment",), 0, len(r.keys)) or r.antecedent == "treatment"
    if not treated:
        return []
    for hit in r.all("feel"):
        if any(r.key(at) in people for at in range(max(0, hit.start - 6), hit.start)) and (
            r.near(("condition", "outcome"), hit.end, hit.end + 8)
            or any(r.key(at) in comfort for at in range(hit.end, hit.end + 5))
        ):
            return [Fit("experience", "experience", hit.start, hit.end)]
    return []


def timing(r: Reading) -> list[Fit]:
    """Fit how fast or how long an effect is said to come or stay."""
    treated = r.near(ACTORS, 0, len(r.keys)) or (
        r.antecedent == "treatment" and pointed(r, len(r.keys))
    )
    for slot, kind in (("onset", "speed"), ("lasting", "duration")):
        for hit in r.all(slot):
            if (
                treated and (r.has("result") or r.near(("condition", "outcome"), 0, len(r.keys)))
            ) or (r.has("result") and r.near(("condition",), 0, len(r.keys))):
                return [Fit(slot, kind, hit.start, hit.end)]  # type: ignore[arg-type]
    return []


#: The frames in the order of their fits, each with the slots of which it needs one.
FRAMES: tuple[tuple[Callable[[Reading], list[Fit]], tuple[str, ...]], ...] = (
    (effect, tuple(VERB_SLOTS)),
    (link, ("link",)),
    (used_for, ("used-for",)),
    (praise, ("better-outcome",)),
    (comparison, ("compare",)),
    (need, ("need",)),
    (safety, (*SAFE, "harm", "avoid")),
    (regulatory, ("regulator",)),
    (research, ("research",)),
    (statistic, ()),
    (experience, ("feel",)),
    (timing, ("onset", "lasting")),
)
_NUMBERS = next(at for at, (frame, _) in enumerate(FRAMES) if frame is statistic)
_BY_SLOT = {slot: at for at, (_, slots) in enumerate(FRAMES) for slot in slots}


def fits_of(r: Reading) -> tuple[Fit, ...]:
    """Return the frames that fit a unit; only those are tried of which it has a slot."""
    tried = {_BY_SLOT[slot] for slot in r.hits if slot in _BY_SLOT}
    if r.figures:
        tried.add(_NUMBERS)
    return tuple(fit for at in sorted(tried) for fit in FRAMES[at][0](r)) if tried else ()
