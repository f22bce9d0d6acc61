"""Finds the claims of a post: units that need support, and why."""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import PostContext
from copydesk_plugins.claims.claim import Claim, ClaimType
from copydesk_plugins.claims.detection import vetoes
from copydesk_plugins.claims.detection.frames import Fit, fits_of
from copydesk_plugins.claims.detection.points import points, strongest
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.said import said_of, slots_of, whence_of
from copydesk_plugins.claims.detection.signs import signs
from copydesk_plugins.claims.detection.strength import absolute_words, strength_of
from copydesk_plugins.claims.detection.surroundings import read_post_units
from copydesk_plugins.claims.detection.types import types_of
from copydesk_plugins.claims.detection.vocabulary import Vocabulary, vocabulary
from copydesk_plugins.claims.wording import Wording, wordings_of

#: From these points on the engine has little doubt; the rule `claims.unsupported` speaks then.
SURE = 1.5
#: A frame that no veto speaks against is a claim unless other signs speak against it as much.
FRAMED = -1.0
#: The points of a unit that names nothing of health in a post that is not about it.
_NOTHING = -9.0
#: Words that leave no limit are told sooner than others: missing one costs most.
_ABSOLUTE = -1.2


class Examined(NamedTuple):
    """A unit as the engine sees it: its reading, the frames that fit, its signs and points.

    `free` holds the fits that no veto speaks against; `veto` is what speaks against the unit as
    a whole, such as a question. `wordings` holds what its wording alone says: "cures", "is
    safe", "studies show", a rate.
    """

    reading: Reading
    fits: tuple[Fit, ...]
    free: tuple[Fit, ...]
    signs: frozenset[str]
    points: float
    veto: str = ""
    wordings: tuple[Wording, ...] = ()

    @property
    def is_claim(self) -> bool:
        """Whether the unit needs support."""
        if self.wordings:
            return True
        if self.veto:
            return False
        if self.points > 0 or (self.free and self.points > FRAMED):
            return True
        r = self.reading
        return self.points > _ABSOLUTE and r.health and bool(r.nouns() and absolute_words(r))

    @property
    def sure(self) -> bool:
        """Whether the engine has little doubt that the unit needs support."""
        # Where frames fit and a veto speaks against each of them, people should look, not lint.
        return self.is_claim and (bool(self.free) or (not self.fits and self.points >= SURE))


_examined: WeakKeyDictionary[PostContext, list[Examined]] = WeakKeyDictionary()
_vocabularies: WeakKeyDictionary[PostContext, Vocabulary] = WeakKeyDictionary()
_made: WeakKeyDictionary[PostContext, dict[int, Claim]] = WeakKeyDictionary()
_claims: WeakKeyDictionary[PostContext, tuple[Claim, ...]] = WeakKeyDictionary()


def claims_of(ctx: PostContext) -> tuple[Claim, ...]:
    """Return the claims of a post in order, at most one for each unit."""
    found = _claims.get(ctx)
    if found is None:
        found = _claims[ctx] = tuple(claim_of(ctx, each) for each in examined(ctx) if each.is_claim)
    return found


def examined(ctx: PostContext) -> list[Examined]:
    """Return every unit of a post that can hold a claim, examined, in order."""
    found = _examined.get(ctx)
    if found is None:
        found = _examined[ctx] = _examine(ctx)
    return found


def is_health(ctx: PostContext) -> bool:
    """Say whether a post is about health."""
    return any(each.reading.health for each in examined(ctx)[:1])


def _examine(ctx: PostContext) -> list[Examined]:
    out: list[Examined] = []
    for r in read_post_units(ctx, _known(ctx)):
        if not r.keys:
            continue
        if not (r.health or r.medical):
            # Most units of most posts that are about other things are done here.
            out.append(Examined(r, (), (), frozenset(), _NOTHING, "", wordings_of(r)))
            continue
        fits = fits_of(r)
        veto = vetoes.whole(r)
        free = () if veto else tuple(fit for fit in fits if not vetoes.against(r, fit))
        found = signs(r, free, sum(bool(each.free) for each in out[-2:]))
        out.append(Examined(r, fits, free, found, points(found), veto, wordings_of(r)))
    return out


def claim_of(ctx: PostContext, each: Examined) -> Claim:
    """Return what a unit says, as a claim; for units that the rules speak of, too."""
    made = _made.setdefault(ctx, {})
    at = each.reading.unit.index
    if at not in made:
        made[at] = _claim(ctx, each)
    return made[at]


def _claim(ctx: PostContext, each: Examined) -> Claim:
    r = each.reading
    shown = list(each.free or each.fits) or [_by_nouns(r)]
    slots = slots_of(r, shown, _known(ctx))
    first = shown[0]
    held = {vetoes.whole(r), *(vetoes.against(r, fit) for fit in each.fits)} - {""}
    return Claim(
        r.unit,
        types_of(r, shown),
        strength_of(r, shown),
        first.frame,
        r.said(first.start, first.end),
        slots,
        said_of(r, shown, slots),
        whence_of(r, slots),
        strongest(each.signs),
        tuple(sorted(held)),
    )


#: What kind of claim words make it where no frame fits; the first that is there counts.
_TYPE_BY_WORDS: tuple[tuple[str, ClaimType], ...] = (
    ("regulator", "regulatory"),
    ("harm", "safety"),
    ("avoid", "safety"),
    ("safe", "safety"),
    ("compare", "comparative"),
    ("lasting", "duration"),
    ("onset", "speed"),
)


def _by_nouns(r: Reading) -> Fit:
    """Return what stands for a frame where signs other than frames made the claim."""
    kind = next((kind for slot, kind in _TYPE_BY_WORDS if r.has(slot)), _type_by_subject(r))
    start = next((at for at, _, _ in r.nouns() if at >= r.shift), r.shift)
    return Fit("nouns", kind, start, len(r.keys))


def _type_by_subject(r: Reading) -> ClaimType:
    """Return efficacy where a treatment is spoken of, named here or before; else association."""
    slots = {slot for _, _, slot in r.nouns()}
    if "treatment" in slots or r.antecedent == "treatment":
        return "efficacy"
    above = r.topic == "treatment" or (r.under is not None and bool(r.under.nouns("treatment")))
    return "efficacy" if above and not slots & {"condition", "exposure"} else "association"


def _known(ctx: PostContext) -> Vocabulary:
    found = _vocabularies.get(ctx)
    if found is None:
        try:
            names = ctx.terms("packs")
        except KeyError:  # a rule or command that does not choose packs
            names = ()
        found = _vocabularies[ctx] = vocabulary(names, ctx.site_text)
    return found
