"""What came of a plan, for people: a row for each post, and the numbers at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from copydesk.decisions import NOT_ASKED
from copydesk.model.change import WRITES, Action, Change, Receipt
from copydesk.plan_words import WORDS, actions, counted
from copydesk.terminal import harmless

#: What visitors get of a post after an action, where the target does not say.
_STATES: Mapping[Action, str] = {"create": "draft", "go live": "public", "unpublish": "draft"}
_STANDING: frozenset[Action] = frozenset({"conflict", "held", "kept"})
_LEFT: tuple[Action, ...] = ("conflict", "held")
_UNDONE = {
    "failed": ("post failed", "posts failed"),
    "not done": ("post was not finished", "posts were not finished"),
}
#: Rows of posts of which nothing is said but with `--all`.
_QUIET = frozenset({"same", "later", "draft", "skipped"})


class Row(NamedTuple):
    """One post at the end: what was done, what visitors get, where it is, and why not more."""

    what: str
    state: str
    title: str
    where: str
    why: tuple[str, ...]


def outcome_lines(
    changes: Sequence[Change], receipts: Sequence[Receipt], at: str, show_all: bool
) -> Iterator[str]:
    """Yield the table of what was done on a target that keeps drafts, and its last line."""
    rows = list(_rows(changes, receipts))
    if not show_all:
        rows = [each for each in rows if each.what not in _QUIET]
    what = max((len(each.what) for each in rows), default=0)
    state = max((len(each.state) for each in rows), default=0)
    for row in rows:
        line = f"  {row.what:<{what}}  {row.state:<{state}}  {row.title}   {row.where}"
        yield harmless(line.rstrip())
        for text in row.why:
            yield harmless(f"    {text}")
    yield harmless(_last_line(changes, receipts, at))


def _rows(changes: Sequence[Change], receipts: Sequence[Receipt]) -> Iterator[Row]:
    """Yield a row for each post of a plan, in its order."""
    came_of = {_key(each.change): each for each in receipts}
    posts: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind == "post" and not (change.action == "kept" and change.reason == NOT_ASKED):
            posts.setdefault(change.name, []).append(change)
    for mine in posts.values():
        yield _row(mine, [came_of.get(_key(each)) for each in mine])


def _row(changes: Sequence[Change], receipts: Sequence[Receipt | None]) -> Row:
    """Return what came of the changes of one post, of which there is mostly one."""
    what, why, state, where = [], [], changes[0].state, changes[0].address or changes[0].path
    for change, receipt in zip(changes, receipts, strict=True):
        if change.action not in WRITES:
            what.append(WORDS[change.action].row)
            why += change.reason.splitlines()[:1] if change.action in _STANDING else []
        elif receipt is None:
            what.append("not done")
        elif receipt.done and not receipt.wrote:
            what.append(WORDS["unchanged"].row)
        elif receipt.done:
            what += [WORDS[each].done for each in actions(change)]
            state = _state(change) or state
        else:
            what.append("failed")
        if receipt is not None:
            why += receipt.notes if receipt.done else receipt.message.splitlines()
            state = receipt.state or state
            where = receipt.look or receipt.change.address or where
    title = f'"{changes[0].title}"' if changes[0].title else changes[0].name
    return Row(", ".join(dict.fromkeys(what)), state or "-", title, where, tuple(why))


def _state(change: Change) -> str:
    """Return what visitors get after a change."""
    moved = (new for name, _, new in change.fields if name == "state")
    return next(moved, "") or _STATES.get(change.action, "")


def _last_line(changes: Iterable[Change], receipts: Iterable[Receipt], at: str) -> str:
    """Say how much was done, and how much was not."""
    came_of = {_key(each.change): each for each in receipts}
    done: Counter[Action] = Counter()
    undone: Counter[str] = Counter()
    for change in changes:
        receipt = came_of.get(_key(change))
        if change.kind != "post":
            continue
        if change.action in WRITES:
            if receipt is None or not receipt.done:
                undone["not done" if receipt is None else "failed"] += 1
            elif receipt.wrote:
                done.update(actions(change))
        elif change.action in _LEFT:
            undone[change.action] += 1
    said = [counted(done[each], words.past) for each, words in WORDS.items() if done[each]]
    left = [counted(undone[each], words) for each, words in _UNDONE.items() if undone[each]]
    left += [counted(undone[each], WORDS[each].drafts) for each in _LEFT if undone[each]]
    if undone["failed"] and not said:
        # What failed may have been written, and found to be other than it was sent.
        return f"Not done on {at}: {', '.join(left)}."
    end = f" Not done: {', '.join(left)}." if left else ""
    nothing = "nothing was written" if left else "nothing had to be written"
    return f"Done on {at}: {', '.join(said) or nothing}.{end}"


def _key(change: Change) -> tuple[str, str, str]:
    return change.kind, change.name, change.action
