"""The rule on medical words that stand without a plain explanation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from copydesk.api import PostContext, Report, Unit, rule
from copydesk_plugins.readability.acronyms import KNOWN
from copydesk_plugins.readability.audience import AUDIENCE
from copydesk_plugins.readability.beside import is_explained
from copydesk_plugins.readability.glossary import glossary
from copydesk_plugins.readability.once import prose_of
from copydesk_plugins.readability.terms import Term, Terms, read_terms

_LIST = Path(__file__).resolve().parent / "data" / "jargon.csv"
#: A text with more unexplained words than these is no post; a word that was used so often without
#: an explanation has none.
_MOST = _USES = 30


class _Place(NamedTuple):
    unit: Unit
    start: int
    end: int


@rule(
    "readability.jargon",
    summary="A medical word stands without a plain explanation.",
    why="A word that readers do not know is skipped, with whatever hangs on it.",
    good="We raise the dose step by step (titration). Titration takes three visits.\n",
    bad="The titration takes three visits. Bring a friend, and plan to rest.\n",
    authority="CDC, Clear Communication Index (2013): explain an unfamiliar term where you use it, "
    "in the same sentence or right after; WCAG 2.2, 3.1.3",
    severity="info",
    options=(AUDIENCE, KNOWN),
    languages=("en",),
)
def jargon(ctx: PostContext) -> Iterator[Report]:
    """Report the first use of each term of the lists that is explained nowhere in the post."""
    if ctx.option("audience") == "clinician":
        return
    known = {each.lower() for each in ctx.terms("known")}
    own = glossary(ctx)
    reports = (
        _report(ctx, term, places[0], term.name in own.by_name)
        for term, places in _unexplained(ctx, own)
        if known.isdisjoint(term.forms) and not _is_acronym(term)
    )
    yield from islice(reports, _MOST)


def _report(ctx: PostContext, term: Term, place: _Place, own: bool) -> Report:
    said = place.unit.text[place.start : place.end]
    kind = "a term of your glossary" if own else "a medical word that many readers do not know"
    return ctx.report(
        ctx.span(*place),
        f"“{said}” is {kind}, and nothing in the post says what it means.",
        help=f"Explain it where it first stands, or say it plainly: “{term.explanation}”.",
    )


def _unexplained(ctx: PostContext, own: Terms) -> Iterator[tuple[Term, list[_Place]]]:
    """Yield each term that nothing explains, with its places, in the order of the text."""
    places = _places(ctx, own)
    if not places:
        return
    headings = _in_headings(ctx, own)
    for term, found in places.items():
        if term.name in headings:
            continue
        first = found[:_USES]
        if not any(is_explained(ctx, *place, term, _around(ctx, place.unit)) for place in first):
            yield term, found


def _places(ctx: PostContext, own: Terms) -> dict[Term, list[_Place]]:
    found: dict[Term, list[_Place]] = {}
    prose = prose_of(ctx)
    for unit, keys in zip(prose.units, prose.keys, strict=True):
        hits = own.hits(keys) + _listed().hits(keys)
        if not hits:
            continue
        words = ctx.words(unit)
        taken: set[int] = set()
        for hit, term in hits:  # a site's own explanation comes before the listed one
            if taken.isdisjoint(range(*hit)):
                taken.update(range(*hit))
                place = _Place(unit, words[hit.start].start, words[hit.end - 1].end)
                found.setdefault(term, []).append(place)
    return found


def _in_headings(ctx: PostContext, own: Terms) -> set[str]:
    """Return the terms that a heading names: the text below it is about them."""
    prose = prose_of(ctx)
    return {
        term.name
        for unit in ctx.post.units
        if unit.kind == "heading"
        for terms in (own, _listed())
        for _, term in terms.hits(prose.keys_of(unit))
    }


def _around(ctx: PostContext, unit: Unit) -> list[Unit]:
    near = ctx.post.units[max(0, unit.index - 1) : unit.index + 2]
    return [each for each in near if each.block == unit.block]


def _is_acronym(term: Term) -> bool:
    """Say whether a term is one for the rule on acronyms."""
    return term.name.isupper()


@cache
def _listed() -> Terms:
    return Terms(read_terms(_LIST.read_text("utf-8")))
