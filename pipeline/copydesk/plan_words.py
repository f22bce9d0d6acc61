"""The words of plans: one for each action, and numbers that say what they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from copydesk.model.change import WRITES, Action, Change


class Words(NamedTuple):
    """How people read an action.

    `row` stands in front of a post, `ahead` in the numbers of a plan and `drafts` in those of a
    target that keeps drafts (one, several), `asks` in the question before anything is written,
    `done` in front of a post afterwards and `past` in the numbers at the end.
    """

    row: str
    ahead: str
    drafts: tuple[str, str] = ("", "")
    asks: tuple[str, str] = ("", "")
    done: str = ""
    past: tuple[str, str] = ("", "")


def _posts(text: str) -> tuple[str, str]:
    return f"post {text}", f"posts {text}"


#: In the order of the summary.
WORDS: dict[Action, Words] = {
    "create": Words(
        "new",
        "new",
        ("draft to make", "drafts to make"),
        ("make {} draft", "make {} drafts"),
        "made",
        ("draft made", "drafts made"),
    ),
    "update": Words(
        "changed",
        "changed",
        _posts("to change"),
        ("change {} post", "change {} posts"),
        "changed",
        ("post changed", "posts changed"),
    ),
    "go live": Words(
        "go live",
        "to go live",
        _posts("to go live"),
        ("make {} post public", "make {} posts public"),
        "went live",
        ("post went live", "posts went live"),
    ),
    "links only": Words(
        "links",
        "with new links only",
        _posts("with new links only"),
        ("write new links into {} post", "write new links into {} posts"),
        "new links",
        ("post got new links", "posts got new links"),
    ),
    "unpublish": Words(
        "unpublish",
        "to take back to draft",
        _posts("to take back to draft"),
        ("take {} post back to draft", "take {} posts back to draft"),
        "taken back",
        ("post taken back to draft", "posts taken back to draft"),
    ),
    "restore": Words(
        "restore",
        "to put back as before",
        _posts("to put back as before"),
        ("put {} post back as before", "put {} posts back as before"),
        "put back",
        ("post put back as before", "posts put back as before"),
    ),
    "remove": Words(
        "remove",
        "to remove",
        _posts("to remove"),
        ("remove {} post", "remove {} posts"),
        "removed",
        ("post removed", "posts removed"),
    ),
    "conflict": Words("conflict", "in conflict", _posts("in conflict")),
    "held": Words("held", "held back", _posts("held back")),
    "kept": Words(
        "kept",
        "kept as published",
        ("post left as it stands there", "posts left as they stand there"),
    ),
    "unchanged": Words("same", "unchanged", _posts("unchanged")),
    "not yet due": Words("later", "not yet due", _posts("not yet due")),
    "draft": Words("draft", "draft", ("post still a draft here", "posts still drafts here")),
    "not asked": Words("skipped", "not asked for", _posts("not asked for")),
}
_OTHERS = {
    "page": ("other file of the site", "other files of the site"),
    "preview": ("preview file", "preview files"),
    "source": ("id in a source", "new ids in sources"),
}


def counted(number: int, words: tuple[str, str]) -> str:
    """Return a number with what it counts, one or several."""
    return f"{number:,} {words[number != 1]}"


def actions(change: Change) -> tuple[Action, ...]:
    """Return what a change does, in its order.

    A target that writes a post and then makes it public in one go says so in the field `state`.
    """
    public = any(name == "state" and new == "public" for name, _, new in change.fields)
    if public and change.action in ("create", "update", "restore"):
        return change.action, "go live"
    return (change.action,)


def summary(changes: Iterable[Change], drafts: bool = False) -> str:
    """Return the numbers of a plan, each with what it counts."""
    posts: Counter[Action] = Counter()
    others: Counter[str] = Counter()
    for change in changes:
        if change.kind == "post":
            posts.update(actions(change) if drafts else (change.action,))
        elif change.action in WRITES:
            others[change.kind] += 1
    if drafts:
        parts = [counted(posts[each], WORDS[each].drafts) for each in WORDS if posts[each]]
        text = (", ".join(parts) if parts else "No posts") + "."
    else:
        parts = [f"{posts[each]} {words.ahead}" for each, words in WORDS.items() if posts[each]]
        text = "Posts: " + (", ".join(parts) if parts else "none") + "."
    extra = [counted(count, _OTHERS[kind]) for kind, count in sorted(others.items())]
    return text + (f" Also to write: {', '.join(extra)}." if extra else "")


def question(changes: Sequence[Change], at: str) -> str:
    """Return what to ask before a plan is carried out, or nothing where it writes nothing."""
    posts = Counter(act for each in changes if each.kind == "post" for act in actions(each))
    public = sum(each.action == "update" and each.state == "public" for each in changes)
    parts = [
        _asks(action, posts[action], public if action == "update" else 0)
        for action in WORDS
        if action in WRITES and posts[action]
    ]
    others = sum(each.action in WRITES and each.kind != "post" for each in changes)
    if not parts and others:
        parts.append(f"write {counted(others, ('other thing', 'other things'))}")
    if not parts:
        return ""
    text = _joined(parts)
    seen = to_be_seen(each for each in changes if "go live" in actions(each))
    return f"{text[0].upper()}{text[1:]} on {at}?{seen and f' {seen}'}"


def _asks(action: Action, number: int, public: int) -> str:
    """Return what is asked about posts; how many visitors see already is said apart."""
    text = WORDS[action].asks[number != 1].format(f"{number:,}")
    if not public:
        return text
    return f"{text} that is public" if number == 1 else f"{text} ({public:,} of them public)"


def to_be_seen(changes: Iterable[Change]) -> str:
    """Return how much has to be seen before the posts go live, in a sentence, or nothing."""
    numbers = [len(change.to_see) for change in changes if change.to_see]
    if not numbers:
        return ""
    things = counted(sum(numbers), ("statement", "statements"))
    posts = counted(len(numbers), ("post", "posts"))
    return f"To be seen before it goes live: {things} in {posts}, named above."


def _joined(parts: Sequence[str]) -> str:
    """Return parts as one list in words."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
