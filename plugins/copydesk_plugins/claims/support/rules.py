"""The rules on what stands beside claims: weak sources, lists without marks, bare disclaimers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, rule
from copydesk_plugins.claims.options import SHARED
from copydesk_plugins.claims.support.places import support_of
from copydesk_plugins.claims.support.support import Support

_FTC = "FTC Health Products Compliance Guidance, December 2022"
_DISCLAIMER = re.compile(
    r"\b(?:not|no|never) (?:intended |meant )?(?:to be |to replace |as |be )?(?:an? )?"
    r"(?:substitute for |replacement for )?(?:professional )?medical advice\b"
    r"|\bnot (?:intended|meant) to (?:diagnose|treat|cure)\b"
    r"|\bfor (?:informational|information|educational)(?: (?:and|or) \w+)? purposes only\b"
    r"|\bnot been evaluated by the (?:FDA|Food and Drug Administration)\b",
    re.IGNORECASE,
)
_NEEDED = ("advice", "intended", "meant", "purposes", "evaluated")
_LINK = "Link the study, label or guideline itself."
_WAYS = {
    "home": ("The only source is the home page of {host}, where nobody finds it.", _LINK),
    "search": ("The only source is a search page of {host}, which shows others tomorrow.", _LINK),
    "own": ("The only source is a page of your own site, which supports nothing by itself.", _LINK),
    "named": (
        "Names its source without saying where it is, so readers have to search for it.",
        "Add a link, a DOI or a PMID.",
    ),
}


@rule(
    "claims.weak-citation",
    summary="A claim whose only source is no study, label, agency or guideline: a home page, news, "
    "a blog, a shop",
    why="Readers who follow it find no evidence, only somebody else who says the same.",
    good="Massage relieves back pain ([review](https://doi.org/10.5555/massage)).",
    bad="Massage relieves back pain ([more](https://www.example.com/blog/massage)).",
    authority=_FTC + ", on what counts as evidence",
    languages=("en", "unknown"),
    options=(
        *SHARED,
        Option(
            "accept-tier-b",
            "Pages of hospitals and universities and preprints are enough.",
            False,
        ),
    ),
)
def weak_citation(ctx: PostContext) -> Iterator[Report]:
    """Report claims that a weak source stands beside, and no better one."""
    from copydesk_plugins.claims.listing import listed

    supports = support_of(ctx)
    for each in listed(ctx):
        found = supports.of(each.claim.unit)
        if each.support == "weak" and not (found.tier == "B" and ctx.flag("accept-tier-b")):
            message, help = _said(found)
            yield ctx.report(each.claim.unit, message, help=help)


@rule(
    "claims.unanchored-list",
    summary="A list of references at the end that no mark in the text points at",
    why="Nobody can tell which source stands for which sentence, so it supports none of them.",
    good="Massage relieves back pain [1].\n\n## References\n\n1. Okafor P. doi:10.5555/massage\n",
    bad="Massage relieves back pain.\n\n## References\n\n1. Okafor P. doi:10.5555/massage\n",
    authority=_FTC + ", on matching claims and evidence",
    severity="info",
    languages=("en", "unknown"),
    options=SHARED,
)
def unanchored_list(ctx: PostContext) -> Iterator[Report]:
    """Note a reference list without marks in a post that has claims."""
    from copydesk_plugins.claims.detection import claims_of

    top = support_of(ctx).unanchored_list
    if top is not None and claims_of(ctx):
        yield ctx.report(
            top,
            "No sentence points at this list of references, so it supports none of them.",
            help="Put the number of its source behind each sentence, such as [1].",
        )


@rule(
    "claims.disclaimer-only",
    summary="“Not medical advice” in a post whose claims have no source",
    why="A disclaimer does not take back what the post says; readers act on the sentences.",
    good="Massage relieves back pain ([review](https://doi.org/10.5555/massage)). "
    "This is not medical advice.",
    bad="Massage relieves back pain. This is not medical advice.",
    authority=_FTC + ": disclaimers do not cure a claim",
    severity="info",
    languages=("en", "unknown"),
    options=SHARED,
)
def disclaimer_only(ctx: PostContext) -> Iterator[Report]:
    """Note a disclaimer where claims stand that name no source."""
    from copydesk_plugins.claims.listing import listed

    places = [unit for unit in ctx.post.units if _disclaims(unit.text)]
    if not places:
        return
    bare = sum(each.support == "none" for each in listed(ctx))
    if bare:
        sentences = "1 sentence" if bare == 1 else f"{bare} sentences"
        yield ctx.report(
            places[0],
            f"This does not take back what the post says: {sentences} about health name no source.",
            help="Give each of them a source, soften it, or cut it.",
        )


def _disclaims(text: str) -> bool:
    lowered = text.lower()
    # Hardly any sentence holds one of these words, and the pattern costs twenty times as much.
    return any(word in lowered for word in _NEEDED) and _DISCLAIMER.search(text) is not None


def _said(found: Support) -> tuple[str, str]:
    if found.page in _WAYS:
        message, help = _WAYS[found.page]
        return message.format(host=found.host or "a site"), help
    if found.tier == "B":
        return f"The only source is a page or preprint at {found.host or 'a server'}.", _LINK
    shown = found.host or "an address that hides where it leads"
    return f"The only source is {shown}, which is no study, label, agency or guideline.", _LINK


RULES = (weak_citation, unanchored_list, disclaimer_only)
