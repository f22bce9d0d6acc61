"""Score the claims engine on the labelled posts and print the table of docs/claims.md.

python tools/score_claims.py             the open posts, by specialty
python tools/score_claims.py --mistakes  also each unit that was judged wrong
python tools/score_claims.py --agreement the two labellers against each other
python tools/score_claims.py --sealed    the posts that were held back: only at the end of
                                         a piece of work, never while changing the engine
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "claims"))

import score_kit as kit  # found through the line above


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sealed", action="store_true", help="score the posts held back")
    parser.add_argument("--mistakes", action="store_true", help="print units judged wrong")
    parser.add_argument("--agreement", action="store_true", help="compare the two labellers")
    given = parser.parse_args()
    golds = kit.all_gold("sealed" if given.sealed else "open")
    if given.agreement:
        for name, figure in kit.agreement(golds).items():
            print(f"{name}: {figure:.2f}" if name != "units" else f"{name}: {figure}")
        return
    posts = list(kit.score(golds))
    for line in (*table(posts), "", *summary(posts)):
        print(line)
    if given.mistakes and not given.sealed:
        for line in mistakes(posts):
            print(line)


def table(posts: Sequence[kit.Scored]) -> Iterator[str]:
    """Yield one row for each specialty and one for all, in Markdown."""
    yield "| Specialty | Posts | Units | Claims | Precision | Recall | F1 | All flagged |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    groups = sorted({post.gold.group for post in posts})
    for group in groups:
        yield _row(group, [post for post in posts if post.gold.group == group])
    yield _row("**all**", posts)


def _row(name: str, posts: Sequence[kit.Scored]) -> str:
    f = kit.figures(kit.all_of(posts))
    if not f.claims:
        return f"| {name} | {len(posts)} | {f.units} | 0 | - | - | - | - |"
    numbers = " | ".join(f"{each:.2f}" for each in (f.precision, f.recall, f.f1, f.flag_all))
    return f"| {name} | {len(posts)} | {f.units} | {f.claims} | {numbers} |"


def summary(posts: Sequence[kit.Scored]) -> Iterator[str]:
    """Yield the figures beside F1."""
    judged = kit.all_of(posts)
    low, high = kit.interval(posts, lambda some: kit.figures(some).f1)
    yield f"F1 {kit.figures(judged).f1:.3f} (95 % interval by post: {low:.2f} to {high:.2f})"
    for name, share in (
        ("strength as labelled", kit.strength(judged)),
        ("support as labelled", kit.support(judged)),
        ("main type as labelled", kit.main_type(judged)),
        ("absolutes found", kit.absolutes(judged)),
    ):
        yield f"{name}: {share.good} of {share.of} ({share.value:.3f})"
    alarms = kit.false_alarms(posts)
    yield (
        f"false alarms in posts not about health: {alarms.good} in {alarms.of} units "
        f"({200 * alarms.good / max(1, alarms.of):.1f} in 200)"
    )


def mistakes(posts: Sequence[kit.Scored]) -> Iterator[str]:
    """Yield what was missed and what was wrongly found, with its place."""
    for post in posts:
        text = post.gold.text
        for each in post.judged:
            if not each.right:
                word = "FALSE " if each.found else "MISSED"
                quote = " ".join(text[each.label.start : each.label.end].split())
                yield f"{word} {post.gold.file} {each.label.type}: {quote}"


if __name__ == "__main__":
    main()
