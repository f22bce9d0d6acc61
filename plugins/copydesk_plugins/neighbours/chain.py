"""The order of posts, and the two neighbours of each.

The order depends only on dates, ids and places in a series: equal dates are told apart by id,
so no post is skipped and no link loops, and a new title or slug never moves a post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise

from copydesk.api import Addition, LivePost, OptionValue, PostLink

SCOPES: tuple[str, ...] = ("all", "category", "series")
SLOT = "neighbours"
OLDER = "Older post"
NEWER = "Newer post"


def enrich(posts: tuple[LivePost, ...], options: Mapping[str, OptionValue]) -> Iterator[Addition]:
    """Yield the links of every post that has a neighbour, sorted by id.

    `rel="prev"` leads to the older post, `rel="next"` to the newer one; in a series they lead
    to the part before and the part after.
    """
    older: dict[str, str] = {}
    newer: dict[str, str] = {}
    for chain in chains(posts, str(options["scope"])):
        for first, second in pairwise(chain):
            newer[first.id] = second.id
            older[second.id] = first.id
    for post in sorted(posts):
        links = []
        if post.id in older:
            links.append(PostLink("prev", OLDER, older[post.id]))
        if post.id in newer:
            links.append(PostLink("next", NEWER, newer[post.id]))
        if links:
            yield Addition(post.id, SLOT, tuple(links))


def chains(posts: Iterable[LivePost], scope: str) -> list[list[LivePost]]:
    """Return the posts in order, oldest first, one list for each group of the scope.

    Posts that are not indexable are in no chain; neither are posts without a category or
    series where the scope asks for one.
    """
    groups: dict[str, list[LivePost]] = defaultdict(list)
    for post in posts:
        group = _group(post, scope)
        if post.indexable and group is not None:
            groups[group].append(post)
    return [
        sorted(groups[name], key=_series_order if scope == "series" else _date_order)
        for name in sorted(groups)
    ]


def _group(post: LivePost, scope: str) -> str | None:
    if scope == "all":
        return ""
    if scope == "category":
        return post.category.casefold() or None
    return post.series.name.casefold() if post.series else None


def _date_order(post: LivePost) -> tuple[datetime, str]:
    return post.published, post.id


def _series_order(post: LivePost) -> tuple[int, str]:
    return (post.series.position if post.series else 0), post.id
