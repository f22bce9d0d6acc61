"""The points of signs: the table people may open and change, and the tool that makes it."""

import csv
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk_plugins.claims.detection.points import PATH, points, weight

ROOT = Path(__file__).resolve().parents[4]
TOOL = ROOT / "tools" / "learn_points.py"


def table() -> list[list[str]]:
    with PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_table_has_a_number_for_each_sign_and_each_sign_once() -> None:
    header, *rows = table()
    assert header == ["sign", "points"]
    assert rows[0][0] == "start", "people look for it at the top"
    names = [name for name, _ in rows]
    assert len(names) == len(set(names)) > 100
    assert all(-5 < float(value) < 5 for _, value in rows)


def test_points_are_those_of_the_signs_and_of_the_start() -> None:
    frame = ["free frame"]
    assert points(frame) == pytest.approx(weight("start") + weight("free frame"))
    assert points(["a sign that nobody knows"]) == weight("start")


def test_the_order_of_the_signs_changes_nothing() -> None:
    names = [name for name, _ in table()[2:]]
    assert points(names) == points(list(reversed(names))) == points(sorted(names))


@pytest.mark.parametrize(
    ("sign", "speaks_for"),
    [
        ("free frame", True),
        ("treatment has strong effect on the body", True),
        ("list under:benefit-heading", True),
        ("question", False),
        ("post:not health", False),
        ("heading without verb", False),
        ("open lead-in", False),
        ("advice", False),
    ],
)
def test_what_was_learned_points_the_way_the_guideline_does(sign: str, speaks_for: bool) -> None:
    assert weight(sign) != 0
    assert (weight(sign) > 0) is speaks_for


def test_nothing_is_learned_from_posts_that_are_kept_back(tmp_path: Path) -> None:
    gold = tmp_path / "sealed-x.jsonl"
    gold.write_text('{"file": "a.md", "units": []}\n', "utf-8")
    ran = subprocess.run(
        [sys.executable, TOOL, "--gold", gold, tmp_path, "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "kept back" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(
    importlib.util.find_spec("sklearn") is not None, reason="scikit-learn is installed here"
)
def test_without_scikit_learn_the_tool_says_what_to_install() -> None:
    before = PATH.read_bytes()
    ran = subprocess.run(
        [sys.executable, TOOL, "--write"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "pip install scikit-learn" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert PATH.read_bytes() == before
