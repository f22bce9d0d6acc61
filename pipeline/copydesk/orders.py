"""Orders: what a person asked a run to do, from words on the command line to ids of posts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from copydesk import ledger as ledgers
from copydesk.config_schema import did_you_mean
from copydesk.discover import key_of
from copydesk.model.change import Order
from copydesk.model.extension import Ledger
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.site import Index
from copydesk.runner import CheckedSite

NO_ORDER = Order()
#: The parts of an order that name posts.
_POSTS = ("overwrite", "accept", "unpublish")


class Asked(NamedTuple):
    """An order as it was given: posts by id or by path, which may be in any of several sites."""

    go_live: bool = False
    due: bool = False
    overwrite: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    unpublish: tuple[str, ...] = ()
    undo: str = ""
    repair: bool = False

    def resolve(self, sites: Sequence[CheckedSite], to: str) -> list[Order]:
        """Return the order for each site; raises CopydeskError for a post that is not known."""
        known = [_Known(checked, to) for checked in sites]
        found: list[dict[str, set[str]]] = [{part: set() for part in _POSTS} for _ in sites]
        for part in _POSTS:
            for name in getattr(self, part):
                number, id = _find(name, known)
                found[number][part].add(id)
        both = [id for mine in found for id in mine["overwrite"] & mine["accept"]]
        if both:
            help = "Say one of the two."
            raise _refuse(f"{both[0]} cannot be both written over and left as it is there", help)
        return [
            Order(
                self.go_live,
                self.due,
                frozenset(mine["overwrite"]),
                frozenset(mine["accept"]),
                frozenset(mine["unpublish"]),
                self.undo,
                self.repair,
            )
            for mine in found
        ]


class _Known:
    """The posts of a site that an order can name: those of the sources, and those published."""

    def __init__(self, checked: CheckedSite, to: str) -> None:
        self.root = checked.site.root
        self.ids = {entry.id: entry.path for entry in checked.index if entry.id}
        self.keys = {entry.key: entry.id for entry in checked.index}
        # A post whose source is gone, or could not be read, can still be named.
        name = checked.config.target(to).name
        for id, held in ledgers.load(self.root, name).posts.items():
            self.ids.setdefault(id, held.key)
            self.keys.setdefault(held.key, id)

    def id_at(self, path: str) -> str | None:
        """Return the id of the post at a path, empty where it has none; None where no post is."""
        return self.keys.get(key_of(Path(os.path.abspath(path)), self.root))


def _find(name: str, sites: Sequence[_Known]) -> tuple[int, str]:
    """Return the site's number and the id of a post that was named by id or path."""
    by_id = {(number, name) for number, site in enumerate(sites) if name in site.ids}
    paths = ((number, site.id_at(name)) for number, site in enumerate(sites))
    by_path = {(number, id) for number, id in paths if id is not None}
    found = by_id | by_path
    if len(found) > 1:
        raise _refuse(f"{name} means several posts", "Name its path, such as ./posts/fees.md.")
    if not found:
        known = [each for site in sites for each in (*site.ids, *site.ids.values())]
        help = did_you_mean(name, known) if known else "No post has an id yet."
        raise _refuse(f"there is no post {name}", help)
    number, id = found.pop()
    if not id:
        help = "It gets one when it is published for the first time."
        raise _refuse(f"{name} has no id, so it was never published", help)
    return number, id


def _refuse(message: str, help: str) -> CopydeskError:
    return CopydeskError(Failure("arguments", message, f"{help} Nothing was done."))


def about_target(order: Order) -> bool:
    """Say whether an order is about what the target holds, and asks for no post of the sources."""
    return bool(order.unpublish or order.undo or order.repair)


def newly_due(index: Index, known: Ledger, target: str) -> frozenset[str]:
    """Return the paths of scheduled posts whose hour has come and that visitors do not see yet."""
    public = {id for id, held in known.posts.items() if held.public}
    return frozenset(
        entry.key
        for entry in index
        if entry.state == "scheduled"
        and entry.due
        and entry.id not in public
        and (not entry.targets or target in entry.targets)
    )


def nothing_due(checked: CheckedSite, to: str) -> bool:
    """Say whether no post of a site has become due since it was published; asks no host."""
    name = checked.config.target(to).name
    known = ledgers.load(checked.site.root, name)
    asked = checked.site.wants
    return not any(map(asked, newly_due(checked.index, known, name)))


def order_to_json(order: Order) -> dict[str, Any]:
    """Return an order as a JSON value."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in order._asdict().items()
    }


def order_from_json(value: Mapping[str, Any]) -> Order:
    """Read an order; raises ValueError for what is none. What is left out was not asked for."""
    read: dict[str, Any] = {}
    for name, part in value.items():
        usual = getattr(NO_ORDER, name, None) if name in Order._fields else None
        if isinstance(usual, frozenset):
            if not _are_texts(part):
                raise ValueError(name)
            read[name] = frozenset(part)
        elif usual is not None and type(part) is type(usual):
            read[name] = part
        else:
            raise ValueError(name)
    return Order(**read)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def agree(given: Order, saved: Order) -> bool:
    """Say whether all that was asked for beside a saved plan is what the plan was made for."""
    return all(
        part in (usual, kept) for part, usual, kept in zip(given, NO_ORDER, saved, strict=True)
    )


def refuse_unfit(order: Order, target: str, able: bool) -> None:
    """Raise CopydeskError where a target is not able to do what was asked, with a way out."""
    publish = f"run copydesk publish --to {target}"
    ways = (
        (
            order.overwrite or order.accept,
            "settle what people changed there",
            f"Carry the change over into the post, or move that file away; then {publish}.",
        ),
        (
            order.unpublish,
            "take a post back to draft",
            f"Write state: draft into the post, then {publish}.",
        ),
        (order.undo, "take a run back", f"Take the change of the posts back, then {publish}."),
        (order.repair, "repair links alone", f"To put them right, {publish}."),
    )
    for asked, what, help in ways:
        if asked and not able:
            raise CopydeskError(Failure("target", f"{target} cannot {what}", help))
