"""`copydesk claims review`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from copydesk.api import CopydeskError, Failure, OpenedSite, Person, PostContext, wording_hash
from copydesk_plugins.claims.commands.asking import (
    Day,
    Given,
    agreed,
    say,
    site_flags,
    sites_of,
    yes_flag,
)
from copydesk_plugins.claims.commands.desk import refuse
from copydesk_plugins.claims.review.gathering import RULE, is_foreign
from copydesk_plugins.claims.review.reading import as_toml, read_stamps, with_stamp
from copydesk_plugins.claims.review.rows import shown
from copydesk_plugins.claims.review.signers import signer
from copydesk_plugins.claims.review.stamps import FILE, Stamp


def command() -> click.Command:
    """Return the command."""

    @click.command(
        "review", epilog="Example: copydesk claims review posts/first-visit.md --by mara"
    )
    @click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
    @click.option(
        "--by", required=True, metavar="NAME", help="Who read the post: somebody of [people]."
    )
    @click.option(
        "--next",
        "next_day",
        type=Day(),
        metavar="DAY",
        help="The day by which it is to be read again. The default is in a year.",
    )
    @click.option(
        "--recorded-by", default="", metavar="NAME", help="Who writes it down, if another."
    )
    @yes_flag
    @site_flags
    def review(
        path: Path, by: str, next_day: date | None, recorded_by: str, yes: bool, **given: Any
    ) -> int:
        """Record that somebody has read a post as it stands.

        What has no source is shown first. The stamp is added to reviews.toml at the site's root
        and bound to title, description, image texts, body and sources: when a word of them
        changes, or when the day of the next review is over, it holds no longer, and no page
        says “reviewed by”.
        """
        site = sites_of(path, Given(**given))
        where, ctx = _post(site)
        person = _reviewer(site, by)
        stamp = Stamp(
            ctx.post.metadata.id or ctx.post.source.key,
            person.key,
            site.today,
            _next(site.today, next_day),
            wording_hash(ctx.post),
            _recorder(site, recorded_by),
        )
        say(_unsourced(where, ctx))
        # What is wrong with the stamps is told where they are read, with all else about them.
        if wrong := [each for each in ctx.failures if each.path != site.records.shown(FILE)]:
            raise CopydeskError(wrong[0])
        return _record(site, stamp, person, yes)

    return review


def _post(site: OpenedSite) -> tuple[str, PostContext]:
    """Return the one post that was asked for; raises CopydeskError."""
    found: list[tuple[str, PostContext]] = []
    for where, ctx in site.contexts(RULE):
        if isinstance(ctx, Failure):
            raise CopydeskError(ctx)
        found.append((where, ctx))
        if len(found) > 1:
            refuse("these are several posts", "Name the one that was read: a review is of one.")
    if not found:
        refuse("no post was found there", "Name the file of a post.")
    return found[0]


def _reviewer(site: OpenedSite, by: str) -> Person:
    """Return who reviewed; raises CopydeskError where a page could not name that person."""
    person, problem = signer(by, site.people)
    if person is None:
        refuse(f"the review {problem[0]}", problem[1])
    if not person.credential:
        refuse(
            f"{person.shown} has no credential in [people], so no page could name it",
            f'Add credential = "..." below [people.{person.key}], or name another reviewer.',
        )
    return person


def _recorder(site: OpenedSite, by: str) -> str:
    if not by:
        return ""
    person, problem = signer(by, site.people)
    if person is None:
        refuse(f"the review {problem[0]}", problem[1])
    return person.key


def _next(today: date, given: date | None) -> date:
    """Return the day of the next review; raises CopydeskError for one that is over."""
    if given is None:
        in_a_year = min(today.year + 1, date.max.year)
        leap = today.month == 2 and today.day == 29
        return today.replace(year=in_a_year, day=28 if leap else today.day)
    if given <= today:
        refuse(f"{given} is over, so the review would not hold", "Give a later day with --next.")
    return given


def _unsourced(where: str, ctx: PostContext) -> Iterator[str]:
    """Yield what the post claims without a source, each proposition once."""
    from copydesk_plugins.claims.listing import listed
    from copydesk_plugins.claims.propositions import propositions_of

    if is_foreign(ctx):
        yield f"{where}   “{shown(ctx.post.title, 100)}”"
        yield "It is in another language, so Copydesk did not look for statements without a source."
        return
    claims = listed(ctx)
    levels = {each.claim.unit.index: each.support for each in claims}
    yield f"{where}   “{shown(ctx.post.title, 100)}”"
    bare = 0
    for proposition in propositions_of(each.claim for each in claims):
        support = {levels[claim.unit.index] for claim in proposition.claims}
        if not support & {"none", "weak"}:
            continue
        bare += 1
        level = "no source" if "none" in support else "weak source"
        yield f"  {level:<12} {shown(proposition.statement)}"
    if bare:
        have = "1 statement has" if bare == 1 else f"{bare} statements have"
        yield f"{have} no source that counts. A review does not settle that."
    else:
        yield "No statement in it lacks a source."


def _record(site: OpenedSite, stamp: Stamp, person: Person, yes: bool) -> int:
    """Show the stamp, ask, and write it; return the exit code."""
    where = site.records.shown(FILE)
    text = site.records.read(FILE) or ""
    found = read_stamps(text, where, frozenset(site.people))
    if found.failures:
        raise CopydeskError(found.failures[0])
    if any(each._replace(line=0) == stamp for each in found.by_hash.get(stamp.hash, ())):
        say([f"{where} has this review already; nothing was written."])
        return 0
    after = with_stamp(text, stamp)
    held = read_stamps(after, where, frozenset(site.people))
    if held.failures or held.review(stamp.hash, site.people, site.today) is None:
        refuse(
            f"the stamp would not hold in {where}, so nothing was written",
            "Look whether the entries there are headed [[review]], each on a line of its own.",
        )
    say([f"To be added to {where}:", *(f"  {line}" for line in as_toml(stamp).splitlines())])
    if not agreed(where, yes):
        return 2
    with site.in_turn():
        if _now(site) != text:
            refuse(f"{where} was changed meanwhile, so nothing was written", "Run this again.")
        site.write(FILE, after)
    say(
        [
            f"Reviewed by {person.shown}. Pages name it until {stamp.next}, as long as no word "
            "of the post changes. Please commit the change."
        ]
    )
    return 0


def _now(site: OpenedSite) -> str | None:
    """Return the text of the file as it stands on disk at this moment."""
    path = site.root / FILE
    try:
        return path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except (OSError, UnicodeDecodeError):
        return None
