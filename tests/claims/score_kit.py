"""Scores what the engine finds in the labelled posts against their labels.

A unit counts as found where one claim covers at least half of it. Strength and support are
compared on claims that were found; recall of absolutes counts every unit labelled absolute.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk.api import PostContext, SiteRecords
from copydesk.options import complete
from copydesk.testing import NOW, read
from copydesk_plugins.claims import register_rules
from copydesk_plugins.claims.listing import Listed, listed

HERE = Path(__file__).parent
POSTS = HERE / "posts"
#: The group of posts that are not about health.
ELSEWHERE = "not health"
_ENOUGH = 0.5
_DRAWS = 2000


class Label(NamedTuple):
    """A labelled unit: offsets into the file's text; `answer` is y, n or s (not scored)."""

    start: int
    end: int
    answer: str
    type: str
    strength: str
    support: str


class Gold(NamedTuple):
    """The labels of one post; `file` is its path below `posts`."""

    file: str
    group: str
    labels: tuple[Label, ...]

    @property
    def sealed(self) -> bool:
        """Whether the post is held back."""
        return self.file.startswith("sealed/")

    @property
    def text(self) -> str:
        """The text of the post as offsets count it: line ends as they are, no byte order mark."""
        return (POSTS / self.file).read_bytes().decode("utf-8-sig")


class Judged(NamedTuple):
    """A scored label and the claim that covers it, if any."""

    label: Label
    found: Listed | None

    @property
    def right(self) -> bool:
        """Whether the engine and the label agree that it is a claim, or that it is none."""
        return (self.found is not None) == (self.label.answer == "y")


class Scored(NamedTuple):
    """One post with all its scored labels."""

    gold: Gold
    judged: tuple[Judged, ...]


class Share(NamedTuple):
    """How many of how many."""

    good: int
    of: int

    @property
    def value(self) -> float:
        """The share; 1 where nothing was to be got right."""
        return self.good / self.of if self.of else 1.0


class Figures(NamedTuple):
    """Precision, recall and F1 on some posts, beside the F1 of calling every unit a claim."""

    units: int
    claims: int
    precision: float
    recall: float
    f1: float
    flag_all: float


def gold_of(name: str) -> list[Gold]:
    """Read one file of labels, such as `open-a`."""
    text = (HERE / "gold" / f"{name}.jsonl").read_text("utf-8")
    rows = (json.loads(line) for line in text.splitlines() if line.strip())
    return [
        Gold(row["file"], row["group"], tuple(Label(*each) for each in row["units"]))
        for row in rows
    ]


def all_gold(kind: str) -> list[Gold]:
    """Read every file of labels whose name begins with `open` or `sealed`."""
    return [
        gold
        for path in sorted((HERE / "gold").glob(f"{kind}*.jsonl"))
        for gold in gold_of(path.stem)
    ]


def context_of(text: str, name: str = "post.md") -> PostContext:
    """Return the context of a text with all options of the claims rules at their defaults."""
    context = PostContext(read(text, name), NOW, records=SiteRecords({}.get, {}))
    rule = next(each for each in register_rules() if each.id == "claims.unsupported")
    context.with_options(complete(rule.options, {}))
    return context


def score(golds: Iterable[Gold]) -> Iterator[Scored]:
    """Yield each post with what the engine finds in it."""
    for gold in golds:
        claims = listed(context_of(gold.text, Path(gold.file).name))
        yield Scored(
            gold,
            tuple(
                Judged(label, _covering(label, claims))
                for label in gold.labels
                if label.answer != "s"
            ),
        )


def _covering(label: Label, claims: Sequence[Listed]) -> Listed | None:
    for each in claims:
        span = each.claim.unit.span
        both = min(label.end, span.end) - max(label.start, span.start)
        if label.end > label.start and both / (label.end - label.start) >= _ENOUGH:
            return each
    return None


def all_of(posts: Iterable[Scored]) -> list[Judged]:
    """Return the labels of all posts as one list."""
    return [each for post in posts for each in post.judged]


def figures(judged: Iterable[Judged]) -> Figures:
    """Count what was found, missed and wrong."""
    hit = wrong = missed = silent = 0
    for each in judged:
        if each.label.answer == "y":
            hit, missed = (hit + 1, missed) if each.found else (hit, missed + 1)
        else:
            wrong, silent = (wrong + 1, silent) if each.found else (wrong, silent + 1)
    claims, units = hit + missed, hit + missed + wrong + silent
    return Figures(
        units,
        claims,
        Share(hit, hit + wrong).value,
        Share(hit, claims).value,
        _f1(hit, wrong, missed),
        _f1(claims, units - claims, 0),
    )


def _f1(hit: int, wrong: int, missed: int) -> float:
    return Share(2 * hit, 2 * hit + wrong + missed).value


def interval(
    posts: Sequence[Scored], figure: Callable[[list[Judged]], float]
) -> tuple[float, float]:
    """Return the 95 % interval of a figure over samples of whole posts, drawn with replacement."""
    draw = random.Random(1)
    values = sorted(
        figure(all_of(draw.choices(posts, k=len(posts)))) for _ in range(_DRAWS if posts else 0)
    )
    if not values:
        return 0.0, 1.0
    return values[int(_DRAWS * 0.025)], values[int(_DRAWS * 0.975) - 1]


def strength(judged: Iterable[Judged]) -> Share:
    """Return how often the strength of a claim that was found is that of its label."""
    same = [e.found.claim.strength == e.label.strength for e in _hits(judged) if e.found]
    return Share(sum(same), len(same))


def support(judged: Iterable[Judged]) -> Share:
    """Return how often the support of a claim that was found is that of its label."""
    same = [e.found.support == e.label.support for e in _hits(judged) if e.found]
    return Share(sum(same), len(same))


def main_type(judged: Iterable[Judged]) -> Share:
    """Return how often the main type of a claim that was found is that of its label."""
    same = [e.found.claim.type == e.label.type for e in _hits(judged) if e.found]
    return Share(sum(same), len(same))


def _hits(judged: Iterable[Judged]) -> list[Judged]:
    return [each for each in judged if each.found and each.label.answer == "y"]


def absolutes(judged: Iterable[Judged]) -> Share:
    """Return how many of the units labelled absolute were found."""
    found = [each.found is not None for each in judged if each.label.strength == "absolute"]
    return Share(sum(found), len(found))


def false_alarms(posts: Iterable[Scored]) -> Share:
    """Return how many units of posts that are not about health were wrongly called claims."""
    judged = all_of(post for post in posts if post.gold.group == ELSEWHERE)
    wrong = [each for each in judged if each.found and each.label.answer == "n"]
    return Share(len(wrong), len(judged))


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two labellers: agreement beyond what chance would give."""
    if not pairs:
        return 1.0
    same = Share(sum(one == other for one, other in pairs), len(pairs)).value
    words = {word for pair in pairs for word in pair}
    chance = sum(
        Share(sum(one == word for one, _ in pairs), len(pairs)).value
        * Share(sum(other == word for _, other in pairs), len(pairs)).value
        for word in words
    )
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def agreement(golds: Iterable[Gold]) -> dict[str, float]:
    """Compare some posts' labels with those of the second labeller, on units that both scored."""
    second = {gold.file: gold for gold in gold_of("second")}
    both = []
    for gold in golds:
        other = {each[:2]: each for each in second[gold.file].labels} if gold.file in second else {}
        both += [
            (label, other[label[:2]])
            for label in gold.labels
            if label[:2] in other and "s" not in (label.answer, other[label[:2]].answer)
        ]
    claims = [(one, two) for one, two in both if one.answer == two.answer == "y"]
    hit = len(claims)
    said = sum(one.answer == "y" for one, _ in both), sum(two.answer == "y" for _, two in both)
    return {
        "units": len(both),
        "kappa claim": kappa([(one.answer, two.answer) for one, two in both]),
        "F1 claim": _f1(hit, said[0] - hit, said[1] - hit),
        "kappa strength": kappa([(one.strength, two.strength) for one, two in claims]),
        "kappa support": kappa([(one.support, two.support) for one, two in claims]),
    }
