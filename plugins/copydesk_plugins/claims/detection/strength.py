"""How strong a claim is: hedged, plain or absolute, as the annotation guideline says."""

from __future__ import annotations

from copydesk.api import Hit
from copydesk_plugins.claims.claim import Strength
from copydesk_plugins.claims.detection.frames import Fit, first_noun
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.verbs import HEALTH
from copydesk_plugins.claims.packs.absolutes import STRENGTH, TYPE, WITH_OUTCOME

#: How many words before a verb a hedge reaches it.
_REACH = 7
#: "Can" softens what care does to people, but not how things hang together.
_ABLE = frozenset({"can", "could"})
_CAN_SOFTENS = frozenset(
    {"efficacy", "safety", "duration", "speed", "experience", "comparative", "implied", "mechanism"}
)
#: Verbs after "will" that say what staff or patients do, not what comes of it.
_DOINGS = listed(
    "receive meet ask discuss explain review want take talk walk see go get work use guide give "
    "show provide offer sit lie spend check look send let include depend vary focus cover know "
    "learn understand find note notice make"
)
#: Who does things: what they will do is no outcome.
_DOERS = listed("i we our we'll i'll dr team therapist doctor nurse dentist clinician")
#: Words that take the edge off "will".
_MOSTLY = listed("generally usually often typically most probably likely may might")
#: "Completely" and its like count beside words of effect only.
_TOTAL = frozenset({"completely", "entirely", "totally", "fully", "wholly"})
_TOTAL_OF = listed(
    "gone free safe painless eliminated eliminate disappear disappeared healed heal resolve "
    "resolved recover recovered relieve relieved cure cured remove removed reverse reversed stop "
    "stopped normal harmless natural"
)


def strength_of(r: Reading, fits: list[Fit]) -> Strength:
    """Return the strength of a unit; `fits` are the frames that no veto speaks against.

    An absolute beside a hedge is absolute; where clauses differ, the strongest one decides.
    """
    if absolute_words(r):
        return "absolute"
    return "hedged" if _hedged(r, fits) else "plain"


def absolute_words(r: Reading) -> str:
    """Return the words that leave no limit, or nothing."""
    for hit in (*r.all(STRENGTH), *r.all(TYPE)):
        if not _limited(r, hit):
            return r.said(*hit)
    for hit in r.all(WITH_OUTCOME):
        if _promises(r, hit):
            return r.said(*hit)
    return ""


def is_absolute_type(r: Reading) -> bool:
    """Say whether a unit promises without a limit, so that its type is absolute too."""
    return any(not _limited(r, hit) for hit in r.all(TYPE))


def _limited(r: Reading, hit: Hit) -> bool:
    """Say whether an absolute is denied, asked or open: "not always", "if it cures"."""
    if r.question or r.denied(hit.start):
        return True
    near = r.keys[max(0, hit.start - 4) : hit.start]
    if _LIMITS.intersection(near) or _AFTER_LIMITS.intersection(r.keys[hit.end : hit.end + 1]):
        return True
    if r.key(hit.start) in _TOTAL and hit.end - hit.start == 1:
        return not _TOTAL_OF.intersection(r.keys[max(0, hit.start - 1) : hit.end + 2])
    if r.key(hit.start) in ("never", "always") and hit.end - hit.start == 1:
        return bool(_NARROWS.intersection(near[-2:])) or not r.nouns()
    return False


_LIMITS = listed("not hardly almost nearly if whether isn't minimal little")
#: "For anyone who ..." and "for good health" promise nothing to everybody.
_AFTER_LIMITS = listed("who with looking health measure whose you")
_NARROWS = listed("that who which should please will i i'll we we'll")


def _promises(r: Reading, hit: Hit) -> bool:
    """Say whether "will" is followed by an outcome: "will ease your pain"."""
    if r.question or not r.health:
        return False
    at = hit.end
    while r.key(at) in ("also", "then", "even", "not", "only", "finally") or r.key(at).endswith(
        "ly"
    ):
        at += 1
    if r.key(at) in _DOINGS or _DOERS.intersection(r.keys[max(0, hit.start - 3) : hit.end]):
        return False
    if _MOSTLY.intersection(r.keys[max(0, hit.start - 6) : hit.end + 2]):
        return False
    if r.key(at) in ("be", "need", "have", "help"):
        return _state_near(r, at + 1, at + 5)
    return _state_near(r, at, at + 9) or first_noun(r, HEALTH, 0, hit.start) is not None


def _state_near(r: Reading, start: int, end: int) -> bool:
    noun = first_noun(r, HEALTH, start, end)
    return noun is not None or any(start <= hit.start < end for hit in r.all("state"))


def _hedged(r: Reading, fits: list[Fit]) -> bool:
    hedges = r.all("hedge")
    if not hedges:
        return False
    if any(r.key(hit.start) == "some" for hit in hedges):
        return True
    strong = [fit for fit in fits if fit.frame in ("effect", "used-for", "association")]
    if not strong:
        treated = r.antecedent == "treatment" or bool(r.nouns("treatment"))
        return any(r.key(hit.start) not in _ABLE or treated for hit in hedges)
    first, *rest = strong
    return _reached(r, hedges, first) and all(
        _reached(r, hedges, fit) or r.key(fit.start).endswith("ing") for fit in rest
    )


def _reached(r: Reading, hedges: list[Hit], fit: Fit) -> bool:
    for hit in hedges:
        if r.key(hit.start) in _ABLE and fit.type not in _CAN_SOFTENS:
            continue
        inside = fit.start <= hit.start < fit.end
        before = 0 <= fit.start - hit.end <= _REACH
        if inside or (before and r.same_clause(hit.start, fit.start)):
            return True
    return False
