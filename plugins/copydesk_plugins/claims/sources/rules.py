"""The rules on sources: retracted, not found, another document, answers that are too old.

They read `evidence.lock` and never the network. A source that was never looked up is neither
right nor wrong, so they say nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, Severity, rule
from copydesk_plugins.claims.sources.standing import GRACE_DAYS, Standing, standings
from copydesk_plugins.claims.sources.titles import OVERLAP, cited_title

_EXAMPLE = "Rest eases pain ([trial](https://doi.org/10.5555/{})).\n"
_ANOTHER = "Cite another source, or take the sentence out."


def _named(standing: Standing) -> str:
    fact = standing.fact
    title = f" (“{fact.told.title}”)" if fact is not None and fact.told.title else ""
    return standing.source.address.identity + title


@rule(
    "claims.retracted",
    summary="A cited study that was retracted, or about which the journal has concerns",
    why="A retracted study supports nothing any more, and readers who look it up see that first.",
    good=_EXAMPLE.format("sound"),
    bad=_EXAMPLE.format("retracted"),
    authority="Crossref and PubMed, on retractions and updates; FTC Health Products Compliance "
    "Guidance, December 2022",
    severity="error",
)
def retracted(ctx: PostContext) -> Iterator[Report]:
    """Report sources that the lock calls retracted (error), doubted (warning), corrected (info)."""
    graded: dict[str, tuple[Severity | None, str, str]] = {
        "retracted": (None, "was retracted", _ANOTHER),
        "concern": (
            "warning",
            "stands under an expression of concern",
            "Read the notice, and cite another source beside it or instead.",
        ),
        "corrected": ("info", "was corrected", "Look whether what you say still holds."),
    }
    for each in standings(ctx):
        if each.fact is not None and each.fact.told.state in graded:
            severity, says, help = graded[each.fact.told.state]
            note = f" {each.fact.told.note}" if each.fact.told.note else ""
            yield ctx.report(
                each.source.span, f"{_named(each)} {says}.{note}", help=help, severity=severity
            )


@rule(
    "claims.source-not-found",
    summary="A cited DOI or PMID that nobody has registered",
    why="Readers cannot look it up, and a number that leads nowhere is often invented.",
    good=_EXAMPLE.format("sound"),
    bad=_EXAMPLE.format("nowhere"),
    authority="Crossref REST API; NCBI E-utilities",
    severity="error",
)
def not_found(ctx: PostContext) -> Iterator[Report]:
    """Report sources that the resolver does not know."""
    for each in standings(ctx):
        if each.state == "not-found" and each.fact is not None:
            day = each.fact.asked.isoformat()
            yield ctx.report(
                each.source.span,
                f"{_named(each)} was not found on {day}, so readers cannot look it up.",
                help="Copy the number anew from the page of the study; if there is no such study, "
                "take the sentence out.",
            )


@rule(
    "claims.source-mismatch",
    summary="A DOI or PMID that leads to another document than the one that is named beside it",
    why="The number and the words beside it are about two documents, so one of them is wrong.",
    good="Rest eases pain.[^1]\n\n[^1]: Okafor P. Rest and back pain of nurses. doi:10.5555/sound",
    bad="Rest eases pain.[^1]\n\n[^1]: Okafor P. Tea and the sleep of owls. doi:10.5555/sound",
    authority="Crossref REST API; NCBI E-utilities",
    severity="error",
    options=(
        Option(
            "overlap",
            "The share of words that title and citation have in common at least.",
            OVERLAP,
            minimum=0,
            maximum=1,
        ),
    ),
)
def mismatch(ctx: PostContext) -> Iterator[Report]:
    """Report sources whose title is not the one in the reference list."""
    for each in standings(ctx, ctx.number("overlap")):
        if each.state == "title-mismatch" and each.fact is not None:
            said = " ".join(cited_title(each.source).split())[:120]
            yield ctx.report(
                each.source.span,
                f"{each.source.address.identity} is “{each.fact.told.title}”, but here it is "
                f"cited as “{said}”.",
                help="Find out which of the two you mean, and mend the other.",
            )


@rule(
    "claims.source-expired",
    summary="A cited source that was looked up too long ago",
    why="Studies are retracted and pages move; an old answer says little about today.",
    good=_EXAMPLE.format("sound"),
    bad=_EXAMPLE.format("old"),
    authority="Crossref, on updates after publication",
    severity="error",
    options=(
        Option(
            "grace-days",
            "Days for which an answer that is too old is a warning, before it is an error. How "
            "old it may be is max-age-days in [sources].",
            GRACE_DAYS,
            minimum=0,
        ),
    ),
)
def expired(ctx: PostContext) -> Iterator[Report]:
    """Report sources whose answer is past its last day."""
    found = [each for each in standings(ctx) if each.fact is not None]
    if not found:
        return
    today, grace = ctx.today, int(ctx.number("grace-days"))
    for each in found:
        day = each.error_from(grace)
        if not each.expired(today) or day is None or each.fact is None:
            continue
        is_error = today >= day
        when = "" if is_error else f"; from {day.isoformat()} on this is an error"
        yield ctx.report(
            each.source.span,
            f"{_named(each)} was last looked up on {each.fact.asked.isoformat()}{when}.",
            help="Run `copydesk claims sources --update` and commit evidence.lock.",
            severity=None if is_error else "warning",
        )


RULES = (retracted, not_found, mismatch, expired)
