"""Copied text: posts, and passages of posts, that say the same in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Entry, Option, Related, Report, SiteContext, site_rule
from copydesk_plugins.duplicates.groups import joined
from copydesk_plugins.duplicates.links import links_from
from copydesk_plugins.duplicates.posts import age, may_meet, named, stands_for_itself
from copydesk_plugins.duplicates.sharing import Limits, Shared, shared_by
from copydesk_plugins.duplicates.texts import Repeated, Text, texts_of

#: Other posts that one finding names; the rest is a number.
NAMED = 3
#: Of a post that stands in a longer one the share of the shorter one says more.
_MOST = 0.5
_OPTIONS = (
    Option(
        "copy-share",
        "Percent of the five-word runs of the shorter post from which on it counts as a copy.",
        50,
        minimum=1,
        maximum=100,
    ),
    Option(
        "part-share",
        "Percent from which on two posts that are no copies are told as well, as information.",
        15,
        minimum=1,
        maximum=100,
    ),
    Option("passage-words", "Words of a copied passage that is told by itself.", 50, minimum=20),
    Option("shortest", "Words below which a post is too short to judge.", 60, minimum=20),
    Option(
        "boilerplate-posts",
        "Posts that have to say the same words for them to be the site's own notice.",
        4,
        minimum=3,
    ),
    Option(
        "boilerplate-words",
        "Words of such notices that a post may have; what goes beyond counts as copied.",
        250,
        minimum=0,
    ),
)
#: Long enough to be judged: a text that is too short is not.
_EXAMPLE = (
    "Bring a warm drink and a list of questions. We begin at ten and sit by the window for an hour."
    " You tell us what you hope for, and what you would rather leave aside. Then we agree on one"
    " small step for the week. Nobody takes notes while you speak. At the end we look at the"
    " calendar together and choose the day of the next visit."
)


@site_rule(
    "duplicates.copied-text",
    summary="Two posts share much of their text.",
    why="Search engines list one of two equal texts and leave out the other, and readers who "
    "follow a link do not want to read the same once more.",
    good=f"---\ntitle: The first visit\n---\n\n{_EXAMPLE}\n",
    bad=f"---\ntitle: The second visit\n---\n\n{_EXAMPLE}\n",
    authority="Google Search Central, “What is URL canonicalization”: of pages with much the same "
    "content one is chosen and shown. Runs of words: A. Broder, “On the resemblance and "
    "containment of documents”, 1997. Where the limits lie: Copydesk",
    options=_OPTIONS,
)
def copied_text(ctx: SiteContext) -> Iterator[Report]:
    """Report each group of copies, and each post that took over parts of others, once."""
    limits = _limits(ctx)
    entries = (each for each in ctx.index if stands_for_itself(each, ctx.site.url))
    texts = texts_of(entries)
    repeated = Repeated(texts)
    common = repeated.common(round(ctx.number("boilerplate-posts")))
    copies: list[tuple[int, int]] = []
    parts: list[tuple[int, int]] = []
    for one, other in repeated.pairs():
        if may_meet(texts[one].entry, texts[other].entry):
            shared = shared_by(texts[one], texts[other], common, limits)
            if shared is not None:
                (copies if shared.copied else parts).append((one, other))
    groups = _Groups(texts, copies, parts)
    for newest, others, copied in groups.told():
        found = [shared_by(texts[newest], texts[each], common, limits) for each in others]
        near = sorted(
            (each for each in found if each is not None),
            key=lambda each: (-max(each.share, each.share_of_other), age(each.other.entry)),
        )
        yield _report(
            ctx, texts[newest].entry, near, [texts[each].entry for each in others], copied
        )


def _limits(ctx: SiteContext) -> Limits:
    return Limits(
        ctx.number("copy-share") / 100,
        ctx.number("part-share") / 100,
        round(ctx.number("passage-words")),
        round(ctx.number("shortest")),
        round(ctx.number("boilerplate-words")),
    )


class _Groups:
    """Who is told of whom: of each group of copies the newest post, and so for parts."""

    def __init__(
        self, texts: list[Text], copies: list[tuple[int, int]], parts: list[tuple[int, int]]
    ) -> None:
        self._age = [age(text.entry) for text in texts]
        self._copies = [sorted(each, key=self._age.__getitem__) for each in joined(copies)]
        self._parts = parts

    def told(self) -> Iterator[tuple[int, list[int], bool]]:
        """Yield a post, the others that it is told of, and whether they are copies."""
        group_of = {each: number for number, group in enumerate(self._copies) for each in group}
        found = [(group[-1], group[:-1], True) for group in self._copies]
        older: dict[int, set[int]] = {}
        for pair in self._parts:
            one, other = sorted(pair, key=self._age.__getitem__)
            if other not in group_of:  # else it has to be written anew in any case
                older.setdefault(other, set()).add(one)
        told: set[frozenset[int]] = set()
        for newest in sorted(older, key=self._age.__getitem__, reverse=True):
            others = {each for each in older[newest] if frozenset((newest, each)) not in told}
            group = others | {newest}
            told.update(frozenset((one, other)) for one in group for other in group)
            if others:
                found.append((newest, sorted(others, key=self._age.__getitem__), False))
        yield from sorted(found, key=lambda each: self._age[each[0]])


def _report(
    ctx: SiteContext, entry: Entry, near: list[Shared], others: list[Entry], copied: bool
) -> Report:
    shown = near[:NAMED]
    first = shown[0]
    words, here, there = first.passage()
    related = [
        Related(
            f"has {_runs(each.turned())} of its {each.other.runs} runs in common with this post",
            each.other.entry.title_span,
            each.other.entry.key,
        )
        for each in shown
    ]
    if words:
        place = Related(f"the longest passage, about {words} words", there, first.other.entry.key)
        related = [*related, place] if copied else [place, *related]
    names = {each.other.entry.key for each in shown}
    return ctx.report(
        entry,
        _message(shown, words, len(others)),
        span=None if copied else here,
        help=_help(entry, shown, copied),
        related=tuple(related),
        severity=None if copied else "info",
        also=tuple(
            Related("is one of them", each.title_span, each.key)
            for each in others
            if each.key not in names
        ),
    )


def _message(shown: list[Shared], words: int, others: int) -> str:
    first, *rest = shown
    message = (
        f"Some {_runs(first)} of its {first.text.runs} runs of five words "
        f"({_percent(first.share)}) also stand in {named(first.other.entry)}"
    )
    if first.share_of_other >= _MOST > first.share:
        message += f", which makes {_percent(first.share_of_other)} of that post"
    for each in rest:
        message += f"; {_runs(each)} ({_percent(each.share)}) in {named(each.other.entry)}"
    if others > len(shown):
        message += f"; {others - len(shown)} more of the group are not named"
    if words:
        message += f". The longest passage that they share has about {words} words"
    return message + "."


def _runs(shared: Shared) -> int:
    """Return how many runs are shared, as far as a quarter of them tells."""
    return round(shared.share * shared.text.runs)


def _help(entry: Entry, shown: list[Shared], copied: bool) -> str:
    links = links_from(entry, [each.other.entry for each in shown])
    if copied:
        if len(shown) == 1:
            return (
                "Keep one of the two and let the other say something of its own. Where both have "
                f"to stay, name the main one as `canonical` in the other. {links}"
            )
        return (
            "Keep one of them and let the others say something of their own. Where all have to "
            f"stay, name the main one as `canonical` in the others. {links}"
        )
    return f"Say it in one of them and link to it from the other. {links}"


def _percent(share: float) -> str:
    return f"{max(1, round(100 * share))} %"
