"""Plans as JSON: shown to programs, saved with `plan --out`, and applied only if still true."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from copydesk.files import why, write_whole
from copydesk.model.change import Change, Order, Plan, Receipt
from copydesk.model.finding import CopydeskError, Failure
from copydesk.orders import NO_ORDER, order_from_json, order_to_json
from copydesk.plan_words import WORDS

_VERSION = 1
_ROWS: Mapping[str, str] = {action: words.row for action, words in WORDS.items()}


class Saved(NamedTuple):
    """A plan as it is kept in a file, with what it was made for.

    `site` is the folder of the site as it was shown, `asked` holds the paths below it of the posts
    that the plan is about, or None for all of them. `plan` is a JSON value.
    """

    site: str
    asked: tuple[str, ...] | None
    order: Order
    plan: Mapping[str, Any]

    @property
    def target(self) -> str:
        """The name of the target."""
        return str(self.plan.get("target", ""))

    @property
    def paths(self) -> list[Path]:
        """Return the paths that the plan was made for, as far as they lie in the working folder."""
        place = PurePath(self.site)
        if place.is_absolute() or ".." in place.parts:
            return []
        if self.asked is None:
            return [Path(place)]
        return [Path(place, key) for key in self.asked if ".." not in PurePath(key).parts]


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as a JSON value."""
    return {
        "target": plan.target,
        "kind": plan.kind,
        "notes": list(plan.notes),
        "changes": [change_to_json(change) for change in plan.changes],
    }


def change_to_json(change: Change) -> dict[str, Any]:
    """Return one change as a JSON value."""
    value = {**change._asdict(), "hashes": change.hashes._asdict()}
    value["to_see"] = [each._asdict() for each in change.to_see]
    value["fields"] = [{"field": name, "old": old, "new": new} for name, old, new in change.fields]
    return value


def receipt_to_json(receipt: Receipt) -> dict[str, Any]:
    """Return what came of a change as a JSON value."""
    return {
        "action": receipt.change.action,
        "kind": receipt.change.kind,
        "name": receipt.change.name,
        "title": receipt.change.title,
        "address": receipt.change.address,
        "done": receipt.done,
        "message": receipt.message,
        "state": receipt.state,
        "look": receipt.look,
        "wrote": receipt.wrote,
        "notes": list(receipt.notes),
    }


def saved_to_json(saved: Saved) -> dict[str, Any]:
    """Return a plan and what it was made for as one JSON value."""
    asked = None if saved.asked is None else sorted(saved.asked)
    order = order_to_json(saved.order)
    return {"site": saved.site, "asked": asked, "order": order, **saved.plan}


def save(path: Path, plans: Sequence[Saved]) -> None:
    """Write plans to a file in one step; raises CopydeskError."""
    value = {"version": _VERSION, "plans": [saved_to_json(each) for each in plans]}
    try:
        write_whole(path, json.dumps(value, indent=1).encode() + b"\n")
    except OSError as error:
        raise CopydeskError(
            Failure(
                "arguments",
                "the plan could not be saved: " + why(error),
                "Name another file.",
                str(path),
            )
        ) from None


def load(path: Path) -> list[Saved]:
    """Read saved plans; raises CopydeskError where the file is none of ours."""
    try:
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise CopydeskError(
            Failure(
                "arguments",
                "the plan could not be read: " + why(error),
                "Check the path.",
                str(path),
            )
        ) from None
    except (ValueError, RecursionError):
        value = None
    try:
        return _plans(value)
    except (ValueError, TypeError, KeyError):
        raise CopydeskError(
            Failure(
                "arguments",
                "is no plan that this version of Copydesk saved",
                "Make a new one: copydesk plan --out FILE.",
                str(path),
            )
        ) from None


def _plans(value: Any) -> list[Saved]:
    """Return the plans of a file; raises ValueError, TypeError or KeyError for another thing."""
    if not isinstance(value, dict) or value["version"] != _VERSION:
        raise ValueError
    return [_saved(dict(each)) for each in value["plans"]]


def _saved(value: dict[str, Any]) -> Saved:
    site, asked = value.pop("site", "."), value.pop("asked", None)
    order = value.pop("order", None)
    texts = [site, value.get("target", ""), *(asked or ())]
    changes = value["changes"]
    good = (
        isinstance(changes, list)
        and isinstance(asked, list | None)
        and all(isinstance(each, str) for each in texts)
        and all(
            isinstance(each, dict) and {"kind", "name", "action"} <= set(each) for each in changes
        )
    )
    if not good:
        raise ValueError
    found = NO_ORDER if order is None else order_from_json(dict(order))
    return Saved(site, None if asked is None else tuple(asked), found, value)


def moved(saved: Mapping[str, Any], now: Plan) -> list[str]:
    """Return what differs between a saved plan and the one that would be made now, in words."""
    fresh = json.loads(json.dumps(plan_to_json(now)))
    if saved == fresh:
        return []
    old, new = _by_thing(saved), _by_thing(fresh)
    found = []
    for kind, name in sorted({*old, *new}):
        before, after = old.get((kind, name), []), new.get((kind, name), [])
        if before == after:
            continue
        was, is_now = _actions(before), _actions(after)
        what = f"was {was}, is {is_now} now" if was != is_now else _what_moved(before, after)
        found.append(f"{kind} {name}: {what}")
    return found or ["the notes or the target of the plan"]


def _by_thing(plan: Mapping[str, Any]) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    """Return the changes of a plan by what they are about; a post may have several."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in plan["changes"]:
        found.setdefault((str(each["kind"]), str(each["name"])), []).append(each)
    return found


def _actions(changes: Sequence[Mapping[str, Any]]) -> str:
    rows = (_ROWS.get(str(each["action"]), "") for each in changes)
    return " and ".join(f"“{row}”" for row in rows) or "not there"


def _what_moved(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> str:
    """Return what differs between two changes of one action."""
    if [{**each, "to_see": None} for each in before] == [
        {**each, "to_see": None} for each in after
    ]:
        return "what has to be seen before it goes live is not the same"
    return "its content moved"
