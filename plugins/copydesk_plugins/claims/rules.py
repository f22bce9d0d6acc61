"""The five rules on claims in a post: what each says, why, and on whose authority."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Measure, Option, PostContext, Report, Severity, rule
from copydesk_plugins.claims.claim import SupportLevel
from copydesk_plugins.claims.judged import Judged, judged, standing
from copydesk_plugins.claims.options import SHARED, raised
from copydesk_plugins.claims.ways_out import help_of

_FTC = "FTC Health Products Compliance Guidance, December 2022"
#: Longer words are no pointer to what is meant.
_LONGEST = 60
#: Types whose claims are errors in the strict profile.
_STRICT = frozenset({"efficacy", "safety", "statistic"})
#: How the claims of a post are counted, by what stands beside them.
_STANDING: dict[SupportLevel, str] = {
    "none": "claims-without-source",
    "weak": "claims-with-weak-source",
    "cited": "claims-with-source",
    "registered": "claims-in-register",
}


def _shown(words: str) -> str:
    return " ".join(words.split())


@rule(
    "claims.absolute",
    summary="Promises without a limit: cure, guarantee, 100 % safe, permanent, no side effects",
    why="No treatment works for everyone; a promise without a limit misleads people who hope, "
    "and no citation can carry it.",
    good="Some people notice fewer headaches after a course of acupuncture.",
    bad="Acupuncture cures headaches.",
    authority=_FTC + "; 22 TAC 681.49(b)(2)",
    severity="error",
    languages=("en", "unknown"),
    options=SHARED,
    approvers=2,
)
def absolute(ctx: PostContext) -> Iterator[Report]:
    """Report units that promise a health outcome without a limit."""
    for claim in judged(ctx, "absolute"):
        yield ctx.report(
            claim.unit,
            f"“{_shown(claim.words)}” promises without a limit, and care never works for everyone.",
            help="Reword it: say what some people notice, and for whom; a source does not carry "
            "a promise.",
        )


@rule(
    "claims.unqualified-safe",
    summary="“Safe” or “non-addictive” said of a treatment without a limit and a source",
    why="Every treatment has risks; a bare “safe” hides who should not have it.",
    good="You will meet us in a safe, quiet room.",
    bad="Ketamine is safe and effective.",
    authority="FDA on compounded ketamine, 10 October 2023; " + _FTC,
    severity="error",
    languages=("en", "unknown"),
    options=SHARED,
)
def unqualified_safe(ctx: PostContext) -> Iterator[Report]:
    """Report units that call a treatment safe with no limit or no source."""
    for claim in judged(ctx, "unqualified-safe"):
        missing = (
            "the people or care it holds for" if claim.support.level == "cited" else "a source"
        )
        yield ctx.report(
            claim.unit,
            f"Says “{_shown(claim.words)}” of a treatment without {missing}; every treatment has "
            "risks that readers weigh.",
            help="Say for whom and under what care, name the main risks, and link the label or "
            "guideline here.",
        )


@rule(
    "claims.statistic",
    summary="A number, rate or ratio about health with no source in the sentence",
    why="A number looks measured; readers and reviewers ask who counted.",
    good="Seven of our nine chairs are blue.",
    bad="70 % of patients sleep better after therapy.",
    authority=_FTC + "; FTC order on NextMed, 2025",
    severity="error",
    languages=("en", "unknown"),
    options=SHARED,
)
def statistic(ctx: PostContext) -> Iterator[Report]:
    """Report units that give a number about health and no source."""
    for claim in judged(ctx, "statistic"):
        yield ctx.report(
            claim.unit,
            f"Gives a number (“{_shown(claim.words)}”) about health but not where it comes from, "
            "so nobody can check it.",
            help="Link the study or guideline in this sentence, or leave the number out.",
        )


@rule(
    "claims.vague-research",
    summary="“Studies show”, “clinically proven” and the like with no study named beside them",
    why="To say that research backs a claim is a claim of its own: it needs the research.",
    good="We read new studies on sleep every month.",
    bad="Studies show that meditation eases worry.",
    authority=_FTC + ", on ads that refer to a level of support",
    severity="error",
    languages=("en", "unknown"),
    options=SHARED,
)
def vague_research(ctx: PostContext) -> Iterator[Report]:
    """Report units that lean on research that neither they nor their paragraph name."""
    for claim in judged(ctx, "vague-research"):
        yield ctx.report(
            claim.unit,
            f"Says that research backs this (“{_shown(claim.words)}”), but names none, so "
            "readers cannot look it up.",
            help="Link the study or guideline here, or say what you yourself observe.",
        )


@rule(
    "claims.unsupported",
    summary="A statement about health that nothing beside it supports",
    why="What care, habits or conditions do to people is for evidence to show, and readers act "
    "on it.",
    good="A massage here lasts an hour.",
    bad="Massage relieves back pain.",
    authority=_FTC,
    severity="warning",
    languages=("en", "unknown"),
    seen_before_live="Without a source it says",
    options=(
        *SHARED,
        Option(
            "doubtful",
            "Report also sentences of which Copydesk is less sure that they need a source.",
            False,
        ),
    ),
)
def unsupported(ctx: PostContext) -> Iterator[Report | Measure]:
    """Report claims that no source stands beside and no entry of the register settles.

    Counted is every claim of the post, also those that other rules speak of.
    """
    found = standing(ctx)
    yield Measure("claims", found.total())
    for level, name in _STANDING.items():
        yield Measure(name, found[level])
    doubtful = ctx.flag("doubtful")
    for claim in judged(ctx, "unsupported"):
        if claim.sure or doubtful:
            yield ctx.report(
                claim.unit,
                _unsupported(claim),
                help=help_of(claim.claim, claim.support.level, claim.nearest or None),
                severity=_grave(ctx, claim),
                group=claim.group,
            )


def _grave(ctx: PostContext, claim: Judged) -> Severity | None:
    return raised(ctx) if claim.claim.type in _STRICT else None


def _unsupported(claim: Judged) -> str:
    words = _shown(claim.words)
    # Where they are nearly all of it, the words of the post stand beside the message anyway.
    which = f" (“{words}”)" if len(words) <= _LONGEST else ""
    message = f"Says something about health{which} and names no source, so readers cannot weigh it."
    if claim.claim.strength == "hedged":
        message += " A word such as “may” or “can” softens it; it still needs a source."
    return message
