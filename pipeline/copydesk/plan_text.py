"""Plans for people: what will happen to each post, why not, and the numbers at the end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from copydesk.decisions import NOT_ASKED
from copydesk.model.change import WRITES, Change, Plan, ToSee
from copydesk.terminal import harmless

#: The word that people read for each action, in the order of the summary.
_WORDS = {
    "create": "new",
    "update": "changed",
    "links only": "links",
    "remove": "remove",
    "conflict": "conflict",
    "held": "held",
    "kept": "kept",
    "unchanged": "same",
    "not yet due": "later",
    "draft": "draft",
    "not asked": "skipped",
}
#: Rows that only `--all` shows; the summary counts them.
_QUIET = frozenset({"unchanged", "draft", "not asked"})
#: What has to be seen of a post is named up to this many; `--all` names each.
_SEEN = 5
_SUMMARY = {
    "create": "new",
    "update": "changed",
    "links only": "with new links only",
    "remove": "to remove",
    "conflict": "in conflict",
    "held": "held back",
    "kept": "kept as published",
    "unchanged": "unchanged",
    "not yet due": "not yet due",
    "draft": "draft",
    "not asked": "not asked for",
}


def plan_lines(plan: Plan, show_all: bool, site: str = "") -> Iterator[str]:
    """Yield the lines of a plan; what stays as it is only with `show_all`.

    `site` is the path of the site, where the run is about several.
    """
    return map(harmless, _plan_lines(plan, show_all, site))


def _plan_lines(plan: Plan, show_all: bool, site: str) -> Iterator[str]:
    yield f'Plan for {site + ", " if site else ""}"{plan.target}" ({plan.kind}):'
    for change in plan.changes:
        if change.kind in ("page", "preview") and not show_all and change.action != "conflict":
            continue
        if (change.action in _QUIET or change.reason == NOT_ASKED) and not show_all:
            continue
        yield from _lines(change)
        yield from _to_see_lines(change.to_see, show_all)
    for note in plan.notes:
        yield f"  note      {note}"
    yield "  " + summary(plan.changes)
    yield from _last_look(plan.changes)


def _to_see_lines(points: Sequence[ToSee], show_all: bool) -> Iterator[str]:
    """Yield what has to be seen of a post before it goes live, the first few of each rule."""
    by_rule: dict[str, list[ToSee]] = {}
    for each in points:
        by_rule.setdefault(each.rule, []).append(each)
    for rule, mine in by_rule.items():
        shown = mine if show_all else mine[:_SEEN]
        yield f"            {mine[0].above} ({rule}):"
        for each in shown:
            places = f" ({each.number} times)" if each.number > 1 else ""
            yield f"              {' '.join(each.says.split())}{places}"
        if len(mine) > len(shown):
            yield f"              and {len(mine) - len(shown)} more; `--all` names each"


def _last_look(changes: Iterable[Change]) -> Iterator[str]:
    """Yield how much has to be seen before the posts go live, or nothing."""
    numbers = [len(change.to_see) for change in changes if change.to_see]
    if numbers:
        things = "1 statement" if sum(numbers) == 1 else f"{sum(numbers)} statements"
        posts = "1 post" if len(numbers) == 1 else f"{len(numbers)} posts"
        yield f"  To be seen before it goes live: {things} in {posts}, named above."


def _lines(change: Change) -> Iterator[str]:
    where = change.address or change.path
    title = f'"{change.title}"' if change.title else change.name
    origin = f"   {_shown(change.path)}" if change.path and change.path != where else ""
    if change.kind == "source":
        yield f"  id        {_shown(change.path)}   gets the id {change.name} in its front matter"
        return
    yield f"  {_WORDS[change.action]:<9} {title}   {where}{origin}"
    for name, old, new in change.fields:
        if change.action == "create":
            continue
        yield (
            f"            {name}: {_short(old) or 'none'} -> {_short(new) or 'none'}"
            if (old or name not in ("body", "page"))
            else f"            {name} {new}"
        )
    if change.reason:
        yield f"            {change.reason}"


def _shown(path: str) -> str:
    if not Path(path).is_absolute():
        return path
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def summary(changes: Iterable[Change]) -> str:
    """Return the numbers of a plan, each with what it counts."""
    posts: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for change in changes:
        if change.kind == "post":
            posts[change.action] += 1
        elif change.action in WRITES:
            others[change.kind] += 1
    parts = [f"{posts[action]} {words}" for action, words in _SUMMARY.items() if posts[action]]
    text = "Posts: " + (", ".join(parts) if parts else "none") + "."
    names = {
        "page": ("other file of the site", "other files of the site"),
        "preview": ("preview file", "preview files"),
        "source": ("id in a source", "new ids in sources"),
    }
    extra = [f"{count} {names[kind][count != 1]}" for kind, count in sorted(others.items())]
    return text + (f" Also to write: {', '.join(extra)}." if extra else "")
