"""The rows of a site's review sheet, from its posts and its register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from copydesk.api import Failure, LineIndex, OpenedSite, Placer, PostContext
from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.options import market
from copydesk_plugins.claims.propositions import propositions_of
from copydesk_plugins.claims.register import PostFacts, register_of
from copydesk_plugins.claims.review.rows import Found, Row, found_in, row_of
from copydesk_plugins.claims.support import Support, support_of

#: The rule whose options say what counts: packs and market.
RULE = "claims.unsupported"


class Gathered(NamedTuple):
    """The rows in the order of the posts, and what failed.

    `asked` are the posts that were asked for, `foreign` those among them whose language Copydesk
    does not read, by their paths as they are shown.
    """

    rows: tuple[Row, ...]
    asked: tuple[str, ...]
    foreign: tuple[str, ...]
    failures: tuple[Failure, ...]


def gather(site: OpenedSite, every: bool = False) -> Gathered:
    """Return a row for each proposition that the posts hold that were asked for, or every one.

    A row names all places of its proposition in the site, so it is the same row whichever posts
    were asked for.
    """
    asked = None if every or site.whole else {path for path, _ in site.contexts()}
    failures: list[Failure] = []
    found: list[Found] = []
    read: list[str] = []
    foreign: list[str] = []
    for path, ctx in site.contexts(RULE, every=True):
        if isinstance(ctx, Failure):
            failures.append(ctx)
            continue
        read.append(path)
        if is_foreign(ctx):
            foreign.append(path)
            continue
        found += claims_in(path, ctx)
        # An entry whose sign-off is not in order is no obstacle: the sheet is how it is signed.
        unsigned = {failure for _, failure in register_of(ctx).book.unsigned}
        failures += [each for each in ctx.failures if each not in {*failures, *unsigned}]
    chosen = {path for path in read if asked is None or path in asked}
    rows = [row_of(group) for group in grouped(found) if any(each.path in chosen for each in group)]
    return Gathered(
        tuple(rows),
        tuple(sorted(chosen)),
        tuple(path for path in foreign if path in chosen),
        tuple(failures),
    )


def is_foreign(ctx: PostContext) -> bool:
    """Say whether a post is in a language in which claims are not looked for."""
    language = ctx.post.metadata.language.replace("_", "-").partition("-")[0]
    return language.strip().lower() != "en"


def claims_in(path: str, ctx: PostContext) -> Iterator[Found]:
    """Yield the claims of a post with their places, sources and entries of the register."""
    from copydesk_plugins.claims.detection import claims_of

    claims = claims_of(ctx)
    if not claims:
        return
    register, facts = register_of(ctx), PostFacts(ctx, market(ctx))
    placer, lines = Placer(ctx.post), LineIndex(ctx.post.source.text)
    for claim in claims:
        entries = tuple(register.meant(claim, facts))
        text = " ".join(facts.spoken(claim.unit).split())
        yield found_in(path, ctx, claim, text, placer, lines, sources_of(ctx, claim), entries)


def sources_of(ctx: PostContext, claim: Claim) -> tuple[Support, ...]:
    """Return the sources that stand beside a claim, the best first, all worth the same."""
    supports = support_of(ctx)
    best = supports.of(claim.unit)
    if best.level == "none":
        return ()
    beside = [each for each in supports.all(claim.unit) if each.level == best.level]
    return (best, *(each for each in beside if each != best))


def grouped(found: Iterable[Found]) -> Iterator[tuple[Found, ...]]:
    """Yield claims that say the same as one group each, the strongest of them first."""
    # By identity: two posts may hold the same claim at the same place.
    places = {id(each.claim): each for each in found}
    for proposition in propositions_of(each.claim for each in places.values()):
        others = (claim for claim in proposition.claims if claim is not proposition.head)
        yield tuple(places[id(claim)] for claim in (proposition.head, *others))
