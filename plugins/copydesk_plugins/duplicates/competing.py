"""Competing posts: posts that answer the same question in other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk.api import Entry, Option, Related, Report, SiteContext, passages_of, site_rule
from copydesk_plugins.duplicates.groups import joined
from copydesk_plugins.duplicates.links import links_from
from copydesk_plugins.duplicates.posts import age, named, stands_for_itself
from copydesk_plugins.duplicates.topics import (
    Likeness,
    Topic,
    Weights,
    alike,
    same_keyphrase,
    topics_of,
)
from copydesk_plugins.duplicates.wording import words_of

#: Other posts and headings that one finding names; the rest is a number.
_NAMED = 3
_OPTIONS = (
    Option(
        "title-likeness",
        "Percent of what two titles say that has to be the same; rare words weigh more.",
        70,
        minimum=1,
        maximum=100,
    ),
    Option(
        "heading-likeness",
        "Percent of what their headings say that has to be the same as well.",
        60,
        minimum=1,
        maximum=100,
    ),
)
#: From this share on a text is a copy, and that is told by another rule.
_COPY = 0.5


@site_rule(
    "duplicates.competing",
    summary="Two posts answer the same question.",
    why="Search engines choose one of them for the question, and seldom the one you would; what "
    "links and readers give is split between the two.",
    good="---\ntitle: How to find parking near the practice\nkeyphrase: parking at the practice\n"
    "---\n\nThere are six spaces behind the house.\n",
    bad="---\ntitle: Where to leave your car\nkeyphrase: practice parking\n---\n\n"
    "The street is full by nine, so come by bus.\n",
    authority="Yoast SEO, the check for a keyphrase that was used before; Ahrefs and Semrush call "
    "it keyword cannibalization. What counts as much alike: Copydesk",
    options=_OPTIONS,
)
def competing(ctx: SiteContext) -> Iterator[Report]:
    """Report each group of posts with one keyphrase, else with much the same title and headings."""
    topics = topics_of(each for each in ctx.index if stands_for_itself(each, ctx.site.url))
    weights = Weights(topics)
    limits = Likeness(ctx.number("title-likeness") / 100, ctx.number("heading-likeness") / 100)
    told: set[str] = set()
    for group in _groups(same_keyphrase(topics)):
        newest, others = _apart_from_copies(group, weights)
        if others:
            told.add(newest.entry.key)
            yield _report(ctx, newest, others, _same_phrase(newest, others))
    for group in _groups(alike(topics, weights, limits)):
        newest, others = _apart_from_copies(group, weights)
        if others and newest.entry.key not in told:
            report = _report(ctx, newest, others, _same_title(others))
            yield report._replace(severity="info")


def _groups(pairs: Iterable[tuple[Topic, Topic]]) -> list[list[Topic]]:
    """Return the groups that pairs make, the oldest post of each first."""
    found: dict[str, Topic] = {}
    keys = []
    for pair in pairs:
        found.update((topic.entry.key, topic) for topic in pair)
        keys.append((pair[0].entry.key, pair[1].entry.key))
    groups = [[found[key] for key in group] for group in joined(keys)]
    for group in groups:
        group.sort(key=lambda topic: age(topic.entry))
    return sorted(groups, key=lambda group: age(group[-1].entry))


def _apart_from_copies(group: list[Topic], weights: Weights) -> tuple[Topic, list[Topic]]:
    """Return the newest post, and the others from the closest on that are no copies of it."""
    newest = group[-1]
    prints = _prints(newest.entry)
    others = [each for each in group[:-1] if not _is_copy(prints, _prints(each.entry))]
    said = newest.title.said | newest.headings
    others.sort(
        key=lambda each: (
            -weights.likeness(said, each.title.said | each.headings),
            age(each.entry),
        )
    )
    return newest, others


def _prints(entry: Entry) -> frozenset[int]:
    passages = passages_of(entry.outline.sketch)
    return frozenset(each for passage in passages for each in passage.prints)


def _is_copy(one: frozenset[int], other: frozenset[int]) -> bool:
    fewest = min(len(one), len(other))
    return fewest > 0 and len(one & other) >= _COPY * fewest


def _same_phrase(newest: Topic, others: list[Topic]) -> str:
    phrase = " ".join(newest.entry.outline.keyphrase.split())
    return f"The keyphrase “{phrase}” is also that of {_list(others)}"


def _same_title(others: list[Topic]) -> str:
    return f"Title and headings say much the same as those of {_list(others)}"


def _list(others: list[Topic]) -> str:
    shown = ", ".join(named(each.entry) for each in others[:_NAMED])
    more = len(others) - _NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _report(ctx: SiteContext, newest: Topic, others: list[Topic], says: str) -> Report:
    entry = newest.entry
    links = links_from(entry, [each.entry for each in others[:_NAMED]])
    places = tuple(
        Related("asks for the same searches", each.entry.title_span, each.entry.key)
        for each in others
    )
    return ctx.report(
        entry,
        f"{says}: search engines then choose between them. {_new_here(newest, others)}",
        help="Put what is new in it into the other post, or give it a question of its own. "
        f"{links}",
        related=places[:_NAMED],
        also=places[_NAMED:],
    )


def _new_here(newest: Topic, others: list[Topic]) -> str:
    """Say which headings of a post the others do not have."""
    language = newest.entry.language
    known = {
        words_of(text, each.entry.language)
        for each in others[:_NAMED]
        for _, text in each.entry.outline.headings
    }
    heads = [text for _, text in newest.entry.outline.headings]
    new = [text for text in heads if words_of(text, language) not in known]
    if not heads:
        return "It has no headings that would set it apart."
    if not new:
        return "All of its headings are there, too."
    shown = ", ".join(f"“{text}”" for text in new[:_NAMED])
    more = f" and {len(new) - _NAMED} more" if len(new) > _NAMED else ""
    return f"New in it, by the headings ({len(new)} of {len(heads)}): {shown}{more}."
