"""What is wrong with the sign-off of an entry: such an entry approves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.api import Person, did_you_mean
from copydesk_plugins.claims.register.entry import Entry, hash_of
from copydesk_plugins.claims.register.shape import Trouble
from copydesk_plugins.claims.register.signing import missing


def signing_troubles(entry: Entry, people: Mapping[str, Person]) -> Iterator[Trouble]:
    """Yield what keeps the sign-off of an entry from holding."""
    if entry.status != "withdrawn":
        yield from _strangers(entry, people)
    if entry.status != "approved":
        return
    now, edited = hash_of(entry), False
    for number, each in enumerate(entry.approvals):
        if each.hash != now:
            edited = True
            yield Trouble(
                f"{entry.id} was changed after {each.by} approved it: the hash does not match, "
                "so it approves nothing",
                f"Look at the change, then run `copydesk claims approve {entry.id}`.",
                "approval",
                number,
                "hash",
            )
    if entry.withdrawal is not None:
        yield Trouble(
            f"{entry.id} was withdrawn, but says that it is approved, so it approves nothing",
            'Write status = "withdrawn", or take withdrawal out and have it approved anew.',
            "withdrawal",
        )
    if not entry.evidence:
        yield Trouble(
            f"{entry.id} is approved without evidence, so it approves nothing",
            "Add a [[claim.evidence]] with doi, pmid or url.",
            "status",
        )
    if not edited and (said := missing(entry, people)):
        yield Trouble(
            f"{entry.id} says that it is approved, but has {said}",
            f"Run `copydesk claims approve {entry.id}`, or set status back to draft.",
            "status",
        )


def _strangers(entry: Entry, people: Mapping[str, Person]) -> Iterator[Trouble]:
    for number, each in enumerate(entry.approvals):
        if each.by not in people:
            yield Trouble(
                f"{each.by} approved {entry.id}, but is not among [people] of copydesk.toml",
                did_you_mean(each.by, tuple(people)) if people else "No people are named there.",
                "approval",
                number,
                "by",
            )
