"""What `copydesk claims show` tells of a proposition: where it stands, and the ways out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from copydesk.api import Failure, LineIndex, OpenedSite, PostContext, failure_to_json
from copydesk_plugins.claims.claim import Claim, SupportLevel
from copydesk_plugins.claims.commands.asking import fail, say
from copydesk_plugins.claims.listing import SUPPORT, Listed, as_json, listed
from copydesk_plugins.claims.propositions import propositions_of
from copydesk_plugins.claims.ways_out import help_of

_ID = re.compile(r"[0-9a-f]{8}")


class _Place(NamedTuple):
    """A claim that says it, and the post where it does."""

    shown: str
    ctx: PostContext
    listed: Listed


def is_id(text: str) -> bool:
    """Say whether a text has the form of a proposition's id."""
    return _ID.fullmatch(text) is not None


def show_proposition(site: OpenedSite, id: str, form: str) -> int:
    """Write every place of a site that says it, with the ways out; return the exit code."""
    failures: list[Failure] = []
    places = list(_places(site, id, failures))
    if not places:
        failures.append(
            Failure(
                "arguments",
                f"no post of this site says what {id} stands for",
                "It may have been reworded. `copydesk claims list posts` lists what is said now.",
            )
        )
    if form == "json":
        click.echo(json.dumps(_as_json(id, places, failures)))
        return 2 if failures else 0
    if places:
        say(_as_text(id, places))
    return fail(failures)


def _places(site: OpenedSite, id: str, failures: list[Failure]) -> Iterator[_Place]:
    for shown, ctx in site.contexts("claims.unsupported", every=True):
        if isinstance(ctx, Failure):
            failures.append(ctx)
            continue
        claims = {each.claim.unit.index: each for each in listed(ctx)}
        failures += [each for each in ctx.failures if each not in failures]
        for proposition in propositions_of(each.claim for each in claims.values()):
            if proposition.id == id:
                for claim in proposition.claims:
                    yield _Place(shown, ctx, claims[claim.unit.index])


def _as_text(id: str, places: list[_Place]) -> Iterator[str]:
    yield f"{id}  {_statement([each.listed.claim for each in places])}"
    for shown, ctx, (claim, support, entry) in places:
        at = LineIndex(ctx.post.source.text).position(claim.unit.span.start)
        settled = f" ({entry})" if entry else ""
        yield f"{shown}:{at.line}:{at.column}   {claim.type}, {claim.strength}; " + (
            SUPPORT[support] + settled
        )
        yield f"   “{' '.join(claim.unit.text.split())}”"
        for line in _ways_out(claim, support):
            yield f"   {line}"
    number, posts = len(places), len({each.shown for each in places})
    sentences = "1 sentence says" if number == 1 else f"{number} sentences say"
    yield f"{sentences} it, in {posts} post{'' if posts == 1 else 's'}."


def _as_json(id: str, places: list[_Place], failures: list[Failure]) -> dict[str, Any]:
    claims = [
        {
            "path": shown,
            **as_json(ctx, [one])[0],
            "proposition": id,
            "ways_out": _ways_out(one.claim, one.support),
        }
        for shown, ctx, one in places
    ]
    return {
        "version": 1,
        "proposition": id,
        "statement": _statement([each.listed.claim for each in places]) if places else "",
        "claims": claims,
        "failures": [failure_to_json(each) for each in failures],
    }


def _ways_out(claim: Claim, support: SupportLevel) -> list[str]:
    """Return the ways out of a claim, none for one that has its source."""
    return help_of(claim, support, None).split("\n") if support in ("none", "weak") else []


def _statement(claims: list[Claim]) -> str:
    return propositions_of(claims)[0].statement
