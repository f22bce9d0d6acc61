"""What kind of source would do for a claim, by its type."""

from __future__ import annotations

from copydesk_plugins.claims.claim import Claim, ClaimType, SupportLevel

#: What to link, for each main type of claim; the guideline's words, in the order of its list.
_TRIAL = "a systematic review or a guideline"
SOURCES: dict[ClaimType, str] = {
    "efficacy": _TRIAL,
    "safety": "the label or an agency's page that names the risks",
    "speed": "a trial or review that measured how soon",
    "duration": "a trial or review that followed people as long as that",
    "mechanism": "a review article or the label's section on how it works",
    "comparative": "a trial or review that set the two side by side",
    "statistic": "the study or agency page that counted",
    "absolute": "",
    "regulatory": "the label or the agency's own page, with the date",
    "association": "a review or an agency's page on the condition",
    "research": "the study itself, by its DOI or PubMed address",
    "testimonial": "evidence of what most people can expect",
    "implied": _TRIAL,
    "experience": "a study that asked people, or the label",
}


def cite(claim: Claim, level: SupportLevel, nearest: str | None) -> str:
    """Return one line: which source would do, and the register's nearest entry where there is one.

    Empty where no source helps: a promise without a limit, or a claim that has its source.
    """
    source = SOURCES[claim.type] or _TRIAL
    if claim.type == "absolute" or level in ("cited", "registered"):
        return ""
    if level == "weak":
        line = f"Cite: the source beside it is a weak one; link {source} instead"
    else:
        line = f"Cite: link {source} in this {_called(claim)}"
    return line + (f". Your register has: “{nearest}”." if nearest else ".")


def _called(claim: Claim) -> str:
    """Return what people call the unit of a claim."""
    names = {"list-item": "list item", "table-cell": "table cell", "heading": "section"}
    plain = ("paragraph", "footnote")
    return "sentence" if claim.unit.kind in plain else names.get(claim.unit.kind, "post")
