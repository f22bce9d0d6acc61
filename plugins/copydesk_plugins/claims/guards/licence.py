"""Finds therapy or telehealth offered with no line that says who is licensed, and where.

What such a line holds differs by market: a number and, for telehealth, the states served in the
United States, Canada and Australia; a registration in the United Kingdom; in the European Union
a name and a title are enough (Directive 2000/31/EC, article 5).
"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.claims.guards.reading import Reading, readings_of, readings_with
from copydesk_plugins.claims.options import SHARED, market

_WITH_STATES = frozenset({"us", "ca", "au"})
_STATES = {"us": "states", "ca": "provinces", "au": "states"}
#: A number of a licence has so many digits at least, so many words from the word for it.
_DIGITS = 4
_NEAR = 5
_EXAMPLE = {
    "us": "Licensed in Oregon: Jane Doe, LMFT, licence T0000",
    "uk": "Jane Doe, HCPC registration PYL00000",
    "eu": "Jane Doe, Psychotherapeutin (Germany)",
    "au": "Jane Doe, psychologist, AHPRA registration PSY0000000",
    "ca": "Jane Doe, Registered Psychotherapist (Ontario), registration 000000",
}


@rule(
    "claims.licence-line",
    summary="Therapy or telehealth offered without name, licence and number, and states served",
    why="Boards ask for it in advertising, and people in other states cannot be helped by you.",
    good="We offer counselling by video to people in Oregon. Jane Doe, LMFT, licence T0000.",
    bad="We offer counselling by video. Book a visit today.",
    authority="State board rules on advertising, such as 16 CCR 1811 (California); Directive "
    "2000/31/EC, article 5 (EU); board rules differ, so ask yours",
    languages=("en", "unknown"),
    options=SHARED,
)
def licence_line(ctx: PostContext) -> Iterator[Report]:
    """Report the first offer of therapy in a post that does not say who is licensed."""
    offers = (each for each in readings_with(ctx, "offer") if each.body and _offers(each))
    offer = next(offers, None)
    if offer is None or ctx.provided("licence"):
        return
    missing = list(_missing(ctx, [each for each in readings_of(ctx) if each.body]))
    if not missing:
        return
    yield ctx.report(
        offer.unit,
        f"Offers care, and the post does not show {_joined(missing)}.",
        help=f"Add a line such as “{_EXAMPLE[market(ctx)]}”, or set author, licence and "
        "states_served in the front matter. Where your template shows it on every page, set "
        'provided-by-template = ["licence"] in copydesk.toml.',
    )


def _offers(reading: Reading) -> bool:
    """Say whether a unit offers therapy or care at a distance."""
    offers = any(not reading.denied(hit.start + 1) for hit in reading.all("offer"))
    return offers and reading.has("therapy", "telehealth")


def _missing(ctx: PostContext, readings: list[Reading]) -> Iterator[str]:
    """Yield what a post lacks, by market."""
    post, where = ctx.post.metadata, market(ctx)
    shown = any(_shows_number(each) for each in readings)
    if not (post.author or shown or any(each.has("introduces", "credential") for each in readings)):
        yield "who gives it"
    if where == "eu":
        if not (post.author_credential or post.licence or shown):
            yield "the title"
        return
    if not (post.licence or shown):
        yield "a registration with its number" if where == "uk" else "a licence with its number"
    far = any(each.has("telehealth") for each in readings)
    if where in _WITH_STATES and far and not (post.states_served or _shows_states(readings)):
        yield f"the {_STATES[where]} served"


def _shows_number(reading: Reading) -> bool:
    """Say whether a unit shows the number of a licence: "licence T0000", "Osteopath - 7416"."""
    numbers = [at for at, key in enumerate(reading.keys) if sum(map(str.isdigit, key)) >= _DIGITS]
    years = [
        at for at in numbers if reading.key(at).isdigit() and reading.key(at)[:2] in ("19", "20")
    ]
    return any(
        abs(hit.start - at) <= _NEAR
        for at in numbers
        if at not in years
        for hit in reading.all("licence-word")
    )


def _shows_states(readings: list[Reading]) -> bool:
    return any(each.has("state") for each in readings)


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " or " + parts[-1]
