"""The rule on acronyms that are used before anybody says what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from copydesk.api import Option, PostContext, Report, read_phrases, rule
from copydesk_plugins.readability.acronym_uses import Use, first_uses, long_form
from copydesk_plugins.readability.audience import AUDIENCE
from copydesk_plugins.readability.glossary import glossary

_WORDS = Path(__file__).resolve().parent / "data" / "acronyms.txt"
#: A text with more than these is no post, and nobody reads so many findings.
_MOST = 30

#: What the rules on acronyms and jargon share.
KNOWN = Option(
    "known",
    "Acronyms and terms that your readers know, beyond those that everybody does.",
    (),
)


@rule(
    "readability.acronyms",
    summary="An acronym is used before the post says what it stands for.",
    why="Who does not know the letters cannot guess them, and few go and look them up.",
    good="Ketamine-assisted psychotherapy (KAP) takes a morning. After KAP you rest.\n",
    bad="KAP takes a morning. Rest after it, and go home with a friend.\n",
    authority="CDC, Clear Communication Index (2013): spell acronyms out and explain them; GOV.UK "
    "style guide: explain each at its first use unless it is well known",
    severity="warning",
    options=(AUDIENCE, KNOWN),
    languages=("en",),
)
def acronyms(ctx: PostContext) -> Iterator[Report]:
    """Report the first use of each acronym that is not explained by then."""
    known = _known() | {each.upper() for each in ctx.terms("known")}
    if ctx.option("audience") == "clinician":
        known |= _clinicians()
    for use in islice(first_uses(ctx, known), _MOST):
        yield ctx.report(
            ctx.span(use.unit, use.start, use.end),
            f"“{use.letters}” is used before the post says what it stands for, and who does not "
            f"know the letters cannot guess them.{_later(use)}",
            help=_way_out(ctx, use),
        )


def _later(use: Use) -> str:
    return " It is explained only further down." if use.explained_later else ""


def _way_out(ctx: PostContext, use: Use) -> str:
    """Say how to write it, with the words of the post or of the glossary where they are known."""
    words = _from_glossary(ctx, use.letters) or long_form(ctx, use.letters)
    if words:
        return f"Write it out here, with the letters behind it: “{words} ({use.letters})”."
    return (
        f"Write it out here, with the letters in brackets behind it, and use “{use.letters}” "
        "from then on. If your readers know it, list it in the option `known`."
    )


def _from_glossary(ctx: PostContext, letters: str) -> str:
    """Return what the site's glossary gives for the letters, where that is a few words."""
    for term in glossary(ctx).by_name.values():
        if letters.lower() in term.forms and len(term.explanation.split()) <= 8:
            return term.explanation
    return ""


@cache
def _lists() -> dict[str, frozenset[str]]:
    found = read_phrases(_WORDS.read_text("utf-8"))
    return {name: frozenset(" ".join(lines).split()) for name, lines in found.items()}


@cache
def _known() -> frozenset[str]:
    lists = _lists()
    return lists["everyone"] | lists["degrees"] | lists["emphasis"]


def _clinicians() -> frozenset[str]:
    return _lists()["clinicians"]
