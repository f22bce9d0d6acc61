"""Plans for people: what will happen to each post, why not, and the numbers at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk.decisions import NOT_ASKED
from copydesk.model.change import WRITES, Change, Plan, ToSee
from copydesk.plan_words import WORDS, summary, to_be_seen
from copydesk.terminal import harmless

#: Rows that only `--all` shows; the summary counts them.
_QUIET = frozenset({"draft", "not asked"})
#: What has to be seen of a post is named up to this many; `--all` names each.
_SEEN = 5
#: Notes that say the same are shown up to this many.
_ALIKE = 2
#: Where what is said of a post begins.
_BELOW = " " * 12


class About(NamedTuple):
    """What a plan is about, for its first line.

    `site` is the path of the site, where the run is about several; `at` is where the target is,
    and `drafts` says that it keeps drafts.
    """

    site: str = ""
    at: str = ""
    drafts: bool = False


def plan_lines(plan: Plan, show_all: bool, about: About) -> Iterator[str]:
    """Yield the lines of a plan; what stays as it is only with `show_all`."""
    return map(harmless, _plan_lines(plan, show_all, about))


def _plan_lines(plan: Plan, show_all: bool, about: About) -> Iterator[str]:
    kind = plan.kind if plan.kind != plan.target else ""
    where = ", ".join(filter(None, (kind, about.at if about.at != plan.target else "")))
    yield (
        f'Plan for {about.site + ", " if about.site else ""}"{plan.target}"'
        f"{f' ({where})' if where else ''}:"
    )
    for change in plan.changes:
        if change.kind in ("page", "preview") and not show_all and change.action != "conflict":
            continue
        if _quiet(change) and not show_all:
            continue
        yield from _lines(change, show_all)
        yield from _to_see_lines(change.to_see, show_all)
    yield from _note_lines(plan.notes, show_all)
    yield "  " + summary(plan.changes, about.drafts)
    if seen := to_be_seen(plan.changes):
        yield f"  {seen}"


def _note_lines(notes: Sequence[str], show_all: bool) -> Iterator[str]:
    """Yield the notes; of those that say the same of several files, the first few."""
    alike: dict[str, list[str]] = {}
    for note in notes:
        # A note on a file names it and one thing in it; what comes then is what it says.
        parts = note.split(" ", 2)
        says = parts[2] if len(parts) == 3 and parts[0].endswith(":") else note
        alike.setdefault(says, []).append(note)
    for mine in alike.values():
        shown = mine if show_all or len(mine) <= _ALIKE + 1 else mine[:_ALIKE]
        for note in shown:
            first, *rest = note.splitlines() or [""]
            yield f"  note      {first}"
            yield from (f"{_BELOW}{line}" for line in rest)
        if len(mine) > len(shown):
            yield f"{_BELOW}and {len(mine) - len(shown)} more like this; `--all` names each"


def _quiet(change: Change) -> bool:
    """Say whether nothing is to be told of a post; why one stays as it is may be worth a line."""
    if change.action == "unchanged":
        return not change.reason
    return change.action in _QUIET or (change.action == "kept" and change.reason == NOT_ASKED)


def _to_see_lines(points: Sequence[ToSee], show_all: bool) -> Iterator[str]:
    """Yield what has to be seen of a post before it goes live, the first few of each rule."""
    by_rule: dict[str, list[ToSee]] = {}
    for each in points:
        by_rule.setdefault(each.rule, []).append(each)
    for rule, mine in by_rule.items():
        shown = mine if show_all else mine[:_SEEN]
        yield f"{_BELOW}{mine[0].above} ({rule}):"
        for each in shown:
            places = f" ({each.number} times)" if each.number > 1 else ""
            yield f"{_BELOW}  {' '.join(each.says.split())}{places}"
        if len(mine) > len(shown):
            yield f"{_BELOW}  and {len(mine) - len(shown)} more; `--all` names each"


def _lines(change: Change, show_all: bool) -> Iterator[str]:
    where = change.address or change.path
    title = f'"{change.title}"' if change.title else change.name
    origin = f"   {_shown(change.path)}" if change.path and change.path != where else ""
    if change.kind == "source":
        yield f"  id        {_shown(change.path)}   gets the id {change.name} in its front matter"
        return
    yield f"  {WORDS[change.action].row:<9} {title}   {where}{origin}"
    for name, old, new in change.fields:
        if change.action == "create":
            continue
        yield (
            f"{_BELOW}{name}: {_short(old) or 'none'} -> {_short(new) or 'none'}"
            if (old or name not in ("body", "page"))
            else f"{_BELOW}{name} {new}"
        )
    # Of a neighbour that follows, it is no news that it was not asked for.
    reason = change.reason
    if change.action in WRITES:
        reason = reason.removeprefix(NOT_ASKED).strip()
    yield from (f"{_BELOW}{line}" for line in reason.splitlines())
    if change.steps and (
        show_all or len(change.steps) > 1
    ):  # a single step is what the word in front says
        yield f"{_BELOW}{'; '.join(change.steps)}"


def _shown(path: str) -> str:
    if not Path(path).is_absolute():
        return path
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
