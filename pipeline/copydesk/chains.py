"""The chain of posts as a run would make it: for people who want to see it before it is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk import ledger as ledgers
from copydesk.additions import additions_of
from copydesk.decisions import Gate, decide, live_posts
from copydesk.model.extension import Wanted
from copydesk.model.finding import CopydeskError
from copydesk.model.reporting import Chain, Linked
from copydesk.model.site import LivePost
from copydesk.runner import CheckedSite


def chain_of(checked: CheckedSite, errors: Mapping[str, int]) -> Chain:
    """Return the chain of a site on its default target; nothing there is asked.

    `errors` counts the errors of posts that no waiver settles, by path.
    """
    config = checked.config
    gate = Gate(errors, frozenset(checked.lost), None, frozenset(config.targets()))
    try:
        name = config.target("").name
        known = ledgers.load(checked.site.root, name)
        wanted, _ = decide(checked.index, known, gate, name)
        live = live_posts(wanted, known)
        older, newer = _links(checked, live)
    except CopydeskError as error:
        return Chain(config.site, (), f"{error.failure.message}. {error.failure.help}".strip())
    by_id = {each.id: each for each in wanted}
    order = list(_in_order(live, older, newer))
    others = [each.id for each in sorted(wanted, key=lambda each: each.path)]
    paths = {id: each.path for id, each in by_id.items()}
    return Chain(
        config.site,
        tuple(
            _linked(by_id[id], paths.get(older.get(id, ""), ""), paths.get(newer.get(id, ""), ""))
            for id in dict.fromkeys((*order, *others))
        ),
    )


def _links(
    checked: CheckedSite, live: tuple[LivePost, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the older and the newer post of each post that has one, by id."""
    found: dict[str, dict[str, str]] = {"prev": {}, "next": {}}
    for id, added in additions_of(checked, live).items():
        for link in (link for each in added for link in each.links):
            found.get(link.relation, {})[id] = link.post
    return found["prev"], found["next"]


def _in_order(
    live: tuple[LivePost, ...], older: Mapping[str, str], newer: Mapping[str, str]
) -> Iterator[str]:
    """Yield the posts that are linked from the oldest on, one chain after the other."""
    for post in sorted(live, key=lambda each: (each.published, each.id)):
        at, seen = post.id, set()
        if at in older or at not in newer:
            continue
        while at and at not in seen:
            seen.add(at)
            yield at
            at = newer.get(at, "")


def _linked(wanted: Wanted, older: str, newer: str) -> Linked:
    return Linked(
        wanted.path,
        wanted.title,
        wanted.published,
        wanted.decision,
        wanted.reason,
        older,
        newer,
    )
