"""Why a unit is a claim, in words: the frame, what fills its slots, what spoke against it."""

from __future__ import annotations

from copydesk_plugins.claims.claim import Claim, ClaimType

#: What each frame finds, as people say it.
_FRAMES = {
    "effect": "a verb of effect with something of health",
    "association": "says that one thing of health goes with another",
    "used-for": "says what a treatment is for",
    "praise": "praises what a treatment does",
    "comparison": "compares a treatment",
    "need": "says that health needs it",
    "safety": "speaks of safety",
    "regulatory": "speaks of approval or control",
    "research": "leans on research",
    "statistic": "gives a number about health",
    "experience": "says what people feel with a treatment",
    "onset": "says how soon an effect comes",
    "lasting": "says how long an effect lasts",
    "nouns": "speaks of health as sentences that are claims do",
}
_SATISFIES: dict[ClaimType, str] = {
    "efficacy": "a systematic review, a trial or a guideline on this treatment and condition",
    "safety": "the label, or a regulator's or guideline's page on its risks",
    "speed": "a trial that measured how soon the effect came",
    "duration": "a trial or review that followed people that long",
    "mechanism": "a review of how it works in people",
    "comparative": "a trial that compared the two head to head",
    "statistic": "the study or agency page that counted",
    "absolute": "no source: reword it",
    "regulatory": "the label or the regulator's page, with its date",
    "association": "a review or an agency's page on this link",
    "research": "the study itself",
    "testimonial": "the person's consent, and evidence that the result is typical",
    "implied": "the source that the plain statement would need",
    "experience": "a trial that asked people, or the label",
}


def why(claim: Claim) -> str:
    """Return one sentence: frame, slots, what spoke against it, what would satisfy it."""
    slots = "; ".join(
        f"{each.slot}: {each.text}" + ("" if each.end else " (named before)")
        for each in claim.slots[:8]
    )
    parts = [f"{_FRAMES.get(claim.frame, claim.frame)} (“{' '.join(claim.words.split())}”)"]
    if slots:
        parts.append(slots)
    against = "did not outweigh it: " + ", ".join(claim.vetoes) if claim.vetoes else "none holds"
    parts.append(f"vetoes: {against}")
    parts.append(f"would satisfy it: {_SATISFIES[claim.type]}")
    return ". ".join(parts) + "."
