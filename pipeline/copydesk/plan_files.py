"""Plans as JSON: shown to programs, saved with `plan --out`, and applied only if still true."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from copydesk.files import why, write_whole
from copydesk.model.change import Change, Plan, Receipt
from copydesk.model.finding import CopydeskError, Failure

_VERSION = 1


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
        "address": receipt.change.address,
        "done": receipt.done,
        "message": receipt.message,
    }


def save(path: Path, plans: Sequence[Plan]) -> None:
    """Write plans to a file in one step; raises CopydeskError."""
    value = {"version": _VERSION, "plans": [plan_to_json(plan) for plan in plans]}
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


def load(path: Path) -> list[dict[str, Any]]:
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
    good = (
        isinstance(value, dict)
        and value.get("version") == _VERSION
        and isinstance(value.get("plans"), list)
        and all(_is_plan(each) for each in value["plans"])
    )
    if not good:
        raise CopydeskError(
            Failure(
                "arguments",
                "is no plan that this version of Copydesk saved",
                "Make a new one: copydesk plan --out FILE.",
                str(path),
            )
        )
    plans: list[dict[str, Any]] = value["plans"]
    return plans


def _is_plan(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("changes"), list)
        and all(
            isinstance(change, dict) and {"kind", "name", "action"} <= set(change)
            for change in value["changes"]
        )
    )


def moved(saved: Mapping[str, Any], now: Plan) -> list[str]:
    """Return what differs between a saved plan and the one that would be made now, in words."""
    fresh = json.loads(json.dumps(plan_to_json(now)))
    if saved == fresh:
        return []
    old = {(each["kind"], each["name"]): each for each in saved["changes"]}
    new = {(each["kind"], each["name"]): each for each in fresh["changes"]}
    found = []
    for kind, name in sorted({*old, *new}):
        before, after = old.get((kind, name)), new.get((kind, name))
        if before == after:
            continue
        was = before["action"] if before else "nothing"
        is_now = after["action"] if after else "nothing"
        what = f"{was} then, {is_now} now" if was != is_now else _what_moved(before, after)
        found.append(f"{kind} {name}: {what}")
    return found or ["the notes or the target of the plan"]


def _what_moved(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """Return what differs between two changes of one action."""
    if before and after and {**before, "to_see": None} == {**after, "to_see": None}:
        return "what has to be seen before it goes live is not the same"
    return "its content moved"
