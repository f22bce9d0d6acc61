"""Learn the points of signs anew, from labelled posts.

    python tools/learn_points.py                          figures only
    python tools/learn_points.py --write                  and write points.csv
    python tools/learn_points.py --gold FILE POSTS WEIGHT more labelled posts, as often as needed

It learns from the labelled posts in tests/claims that are not kept back and from the examples of
the packs. FILE has a line of JSON for each post, as tests/claims/gold has; its paths start at
POSTS; a unit of it counts WEIGHT times (posts of real practices count three times as much as
posts that were written for a test). The figures are cross-validated: each post is judged by
points learned from the others. Files whose name starts with "sealed" are refused: they measure.

It needs scikit-learn, which Copydesk itself does not: python -m pip install scikit-learn
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.api import PostContext
from copydesk.testing import read
from copydesk_plugins.claims.detection import Examined, examined
from copydesk_plugins.claims.detection.points import PATH
from copydesk_plugins.claims.packs import loading

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "claims" / "gold"
POSTS = ROOT / "tests" / "claims" / "posts"
#: The less, the more the points are held back: few posts make signs look better than they are.
STRICTNESS = 0.03
#: Added to all: a claim that is missed costs more than a false alarm.
LEAN = 0.5
#: How much the posts in tests/claims count.
OWN = 2
#: Points that are set by hand, on top of what was learned: posts that are not about health say
#: "improves" and "risk" too, and the labelled ones are too few to teach it.
BY_HAND = {"post:not health": -1.0}
#: A sign of fewer units or posts is left out, and points that change nothing are not written.
LEAST_UNITS, LEAST_POSTS, LEAST_POINTS = 6, 3, 0.02
FOLDS = 10


class Labelled(NamedTuple):
    """A unit with its label: the file it is from, its post, its signs, and how much it counts."""

    source: str
    post: str
    claim: bool
    signs: frozenset[str]
    weight: float


def from_gold(gold: Path, posts: Path, weight: float) -> Iterator[Labelled]:
    """Yield the labelled units of one gold file."""
    if gold.name.startswith("sealed"):
        raise SystemExit(f"{gold.name} is kept back to measure: nothing may be learned from it")
    for line in gold.read_text("utf-8").splitlines():
        entry = json.loads(line)
        text = (posts / entry["file"]).read_bytes().decode("utf-8-sig")
        units = _units(text, entry["file"])
        for start, end, label, *_ in entry["units"]:
            if label != "s":
                best = max(units, key=lambda each: _share(each, start, end), default=None)
                signs: frozenset[str] = frozenset()
                if best is not None and _share(best, start, end) >= 0.5:
                    signs = best.signs
                yield Labelled(gold.stem, entry["file"], label == "y", signs, weight)


def from_examples(weight: float) -> Iterator[Labelled]:
    """Yield the labelled examples of the packs, each read as a post of one sentence."""
    folder = Path(loading.__file__).with_name("examples")
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                title = json.dumps(row["title"], ensure_ascii=False)
                units = _units(f"---\ntitle: {title}\n---\n\n{row['text']}\n", "example.md")
                body = [each for each in units if each.reading.unit.kind != "title"]
                if len(body) == 1:
                    claim = row["claim"] == "y"
                    yield Labelled("examples", path.name, claim, body[0].signs, weight)


def _units(text: str, name: str) -> list[Examined]:
    return examined(PostContext(read(text, Path(name).name), datetime.now(UTC)))


def _share(each: Examined, start: int, end: int) -> float:
    span = each.reading.unit.span
    both = min(end, span.end) - max(start, span.start)
    return both / (end - start) if both > 0 and end > start else 0.0


class Learner:
    """Learns points from labelled units with logistic regression."""

    def __init__(self, units: list[Labelled]) -> None:
        self.units = units
        self.linear = _scikit("linear_model")
        self.names = _known_signs(units)
        vectors = _scikit("feature_extraction").DictVectorizer()
        self.rows: Any = vectors.fit_transform(
            [dict.fromkeys(each.signs & self.names, 1.0) for each in units]
        )
        self.columns = list(vectors.get_feature_names_out())
        self.claims = [each.claim for each in units]
        self.weights = [each.weight for each in units]

    def learned(self, among: list[int] | None = None) -> dict[str, float]:
        """Return the points of signs, learned from some units or from all."""
        chosen = list(range(len(self.units))) if among is None else among
        model = self.linear.LogisticRegression(C=STRICTNESS, max_iter=5000)
        model.fit(
            self.rows[chosen],
            [self.claims[at] for at in chosen],
            [self.weights[at] for at in chosen],
        )
        points = dict(zip(self.columns, model.coef_[0].tolist(), strict=True))
        for sign, more in BY_HAND.items():
            points[sign] = points.get(sign, 0.0) + more
        points["start"] = float(model.intercept_[0]) + LEAN
        return points

    def cross_validated(self) -> list[float]:
        """Return for each unit the points that those learned from other posts give it."""
        groups = [f"{each.source}/{each.post}" for each in self.units]
        out = [0.0] * len(self.units)
        folds = _scikit("model_selection").GroupKFold(FOLDS)
        for training, held_out in folds.split(self.rows, self.claims, groups):
            points = self.learned(training.tolist())
            for at in held_out.tolist():
                signs = self.units[at].signs
                out[at] = points["start"] + sum(points.get(sign, 0.0) for sign in signs)
        return out


def _known_signs(units: list[Labelled]) -> frozenset[str]:
    counts: dict[str, int] = defaultdict(int)
    posts: dict[str, set[str]] = defaultdict(set)
    for each in units:
        for sign in each.signs:
            counts[sign] += 1
            posts[sign].add(each.post)
    return frozenset(
        sign
        for sign, count in counts.items()
        if count >= LEAST_UNITS and len(posts[sign]) >= LEAST_POSTS
    )


def _scikit(name: str) -> Any:
    try:
        return importlib.import_module(f"sklearn.{name}")
    except ImportError:
        raise SystemExit(
            "scikit-learn is not installed, and points are learned with it. "
            "Install it with: python -m pip install scikit-learn"
        ) from None


def _figures(units: list[Labelled], points: list[float]) -> Iterator[str]:
    """Yield precision, recall and F1 of each source of labels."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for each, value in zip(units, points, strict=True):
        if each.claim or value > 0:
            sums[each.source][0 if each.claim and value > 0 else 1 if value > 0 else 2] += 1
    for source, (hits, false, missed) in sums.items():
        precision, recall = hits / max(1, hits + false), hits / max(1, hits + missed)
        f1 = 2 * hits / max(1, 2 * hits + false + missed)
        yield f"{source:<12} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def write(points: dict[str, float]) -> None:
    """Write the table of points, the strongest first."""
    rows = sorted(points.items(), key=lambda row: (row[0] != "start", -abs(row[1]), row[0]))
    with PATH.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["sign", "points"])
        out.writerows([sign, f"{value:.2f}"] for sign, value in rows if abs(value) >= LEAST_POINTS)


def main() -> None:
    """Learn, tell the figures, and write the table where asked to."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reader.add_argument("--gold", nargs=3, action="append", default=[])
    reader.add_argument("--write", action="store_true", help="write points.csv")
    chosen = reader.parse_args()
    units = [
        unit for gold in sorted(GOLD.glob("open-*.jsonl")) for unit in from_gold(gold, POSTS, OWN)
    ]
    units += from_examples(1)
    for gold, posts, weight in chosen.gold:
        units += from_gold(Path(gold), Path(posts), float(weight))
    learner = Learner(units)
    print(f"{len(units)} units, {len(learner.names)} signs; cross-validated by post:")
    print("\n".join(_figures(units, learner.cross_validated())))
    if chosen.write:
        write(learner.learned())
        print(f"wrote {PATH.name}")


if __name__ == "__main__":
    main()
