"""`copydesk claims add`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click

from copydesk.api import new_id, slugify
from copydesk_plugins.claims.claim import STRENGTHS, Claim
from copydesk_plugins.claims.commands.asking import (
    Command,
    Day,
    Given,
    agreed,
    say,
    site_flags,
    yes_flag,
)
from copydesk_plugins.claims.commands.desk import Desk, open_desk, refuse
from copydesk_plugins.claims.commands.taking import place_of, sentence_at
from copydesk_plugins.claims.options import MARKETS
from copydesk_plugins.claims.register.changing import block_of, with_entry
from copydesk_plugins.claims.register.entry import Entry, Evidence
from copydesk_plugins.claims.register.reading import claim_in, post_of
from copydesk_plugins.claims.register.signing import missing
from copydesk_plugins.claims.register.sources import evidence_of
from copydesk_plugins.claims.register.uses import RULE
from copydesk_plugins.claims.register.wording import normal

#: The flags that say what the entry holds, in the order of the help.
_FLAGS: tuple[Callable[[Any], Any], ...] = (
    click.option("--statement", default="", metavar="TEXT", help="The claim in a sentence."),
    click.option(
        "--from", "source", default="", metavar="FILE:LINE", help="Take the sentence of a post."
    ),
    click.option("--id", default="", metavar="NAME", help="Its name; made from the statement."),
    click.option(
        "--variant", multiple=True, metavar="TEXT", help="Another wording. May be repeated."
    ),
    click.option("--product", default="", metavar="TEXT", help="The treatment it is about."),
    click.option("--condition", default="", metavar="TEXT", help="What it is said to help."),
    click.option(
        "--strength",
        type=click.Choice(STRENGTHS),
        help="The most a wording may say. The default is what the statement says.",
    ),
    click.option(
        "--evidence",
        multiple=True,
        metavar="SOURCE",
        help="A DOI, a PubMed number or an address. May be repeated.",
    ),
    click.option(
        "--quote", multiple=True, metavar="TEXT", help="What the source says, for each --evidence."
    ),
    click.option(
        "--design", multiple=True, metavar="TEXT", help="What it is, for each --evidence: a trial."
    ),
    click.option("--indirect", is_flag=True, help="The evidence is about something similar only."),
    click.option("--head-to-head", is_flag=True, help="The evidence compares what is compared."),
    click.option(
        "--required-text", default="", metavar="TEXT", help="Words that the post must have too."
    ),
    click.option(
        "--market",
        multiple=True,
        type=click.Choice(MARKETS),
        help="Where it may be said; everywhere without. May be repeated.",
    ),
    click.option("--expires", type=Day(), metavar="DAY", help="The last day on which it holds."),
    click.option("--by", default="", metavar="NAME", help="Who records it: a name of [people]."),
)


def _all_flags(command: Command) -> Command:
    for flag in reversed(_FLAGS):
        command = flag(command)
    return command


def command() -> click.Command:
    """Return the command."""

    @click.command(
        "add",
        epilog='Example: copydesk claims add --statement "Massage can ease back pain." '
        "--evidence https://www.nice.org.uk/guidance/ng59 --by mara",
    )
    @_all_flags
    @yes_flag
    @site_flags
    def add(**given: Any) -> int:
        """Add a claim to the register as a draft, for others to approve.

        Nothing rests on it before `copydesk claims approve` has the sign-offs that it needs.
        """
        place = place_of(given["source"]) if given["source"] else None
        desk = open_desk(place.path if place else None, Given(given["config"], given["now"]))
        statement = given["statement"]
        if place is not None:
            if statement:
                refuse("--statement and --from both name a sentence", "Give one of them.")
            statement = sentence_at(desk.site, place)
        entry = _entry(desk, " ".join(statement.split()), given)
        text = with_entry(desk.text, entry)
        say(block_of(entry).splitlines())
        if not agreed(desk.shown, given["yes"]):
            return 2
        desk.save(text, entry.id)
        lacking = missing(entry, desk.site.people)
        say([f"{entry.id} is a draft in {desk.shown} with {lacking}."])
        say([f"Next: copydesk claims approve {entry.id} --by NAME"] if entry.evidence else [])
        return 0

    return add


def _entry(desk: Desk, statement: str, given: dict[str, Any]) -> Entry:
    """Return the entry that the flags say; raises CopydeskError where it cannot be one."""
    if not statement:
        refuse("an entry needs a statement", "Give --statement or --from FILE:LINE.")
    by = desk.person(given["by"]) if given["by"] else ""
    expires: date | None = given["expires"]
    if expires is not None and expires < desk.site.today:
        refuse(f"{expires.isoformat()} is over, so the entry would not hold", "Give a later day.")
    _not_twice(desk, statement)
    context = desk.site.context(post_of(statement), RULE)
    claim = claim_in(statement, context)
    return Entry(
        id=_id(desk, given["id"], statement),
        statement=statement,
        variants=tuple(" ".join(each.split()) for each in given["variant"] if each.strip()),
        product=given["product"].strip(),
        condition=given["condition"].strip(),
        strength=_strength(claim, given["strength"]),
        evidence=_evidence(given),
        required_text=" ".join(given["required_text"].split()),
        markets=tuple(dict.fromkeys(given["market"])),
        expires=expires,
        recorded_by=by,
    )


def _not_twice(desk: Desk, statement: str) -> None:
    for each in desk.book.entries:
        if each.status == "withdrawn":
            continue  # what was withdrawn comes back as an entry of its own, signed anew
        if any(normal(text) == normal(statement) for text in each.wordings):
            refuse(
                f"the register has this sentence already, as {each.id}",
                f"See `copydesk claims show {each.id}`.",
            )


def _id(desk: Desk, wanted: str, statement: str) -> str:
    taken = {each.id for each in desk.book.entries}
    if not wanted:
        words = slugify(statement).split("-")
        return new_id("-".join(words[:6]) if not words[0].isdigit() else f"claim-{words[0]}", taken)
    if wanted in taken:
        refuse(f"there is an entry {wanted} already", "Choose another name with --id.")
    return wanted


def _strength(claim: Claim | None, wanted: Any) -> Any:
    """Return the strength of an entry; a statement must not say more than may be said."""
    if claim is None:
        return wanted or "plain"
    if wanted and STRENGTHS.index(claim.strength) > STRENGTHS.index(wanted):
        refuse(
            f"the statement itself is {claim.strength} (“{claim.words}”), which is more than "
            f"{wanted}",
            "Reword the statement, or give its own strength.",
        )
    return wanted or claim.strength


def _evidence(given: dict[str, Any]) -> tuple[Evidence, ...]:
    sources: Sequence[str] = given["evidence"]
    for name in ("quote", "design"):
        if len(given[name]) > len(sources):
            refuse(
                f"there is a --{name} without an --evidence", "Give the source that it belongs to."
            )
    found = []
    for number, text in enumerate(sources):
        more = {
            name: " ".join(given[name][number].split()) if number < len(given[name]) else ""
            for name in ("quote", "design")
        }
        evidence = evidence_of(text)
        if evidence is None:
            refuse(
                f"{text!r} is no source that can be looked up",
                "Give a DOI such as 10.1000/182, pmid:123456, or an address with https://.",
            )
        found.append(
            evidence._replace(
                **more, direct=not given["indirect"], head_to_head=given["head_to_head"]
            )
        )
    return tuple(found)
