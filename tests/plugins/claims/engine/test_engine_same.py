"""The same post gives the same claims: in any process, in any order, beside any other post."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from score_kit import all_gold, context_of

from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.detection import claims_of

_PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from score_kit import all_gold, context_of
from copydesk_plugins.claims.detection import claims_of
golds = all_gold("open")[:6]
for gold in reversed(golds) if sys.argv[2] == "backwards" else golds:
    print(gold.file, [repr(claim) for claim in claims_of(context_of(gold.text))])
"""
GOLDS = all_gold("open")[:6]


def claims(text: str) -> tuple[Claim, ...]:
    return claims_of(context_of(text))


def lines_of(seed: str, order: str) -> list[str]:
    folder = str(Path(__file__).parents[3] / "claims")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, folder, order],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return sorted(done.stdout.splitlines())


def test_processes_with_other_hash_seeds_and_orders_find_the_same() -> None:
    first = lines_of("0", "forwards")
    assert len(first) == len(GOLDS) and "Claim(" in first[0]
    assert lines_of("1", "backwards") == first
    assert lines_of("4242", "forwards") == first


def test_asking_twice_and_in_another_order_finds_the_same() -> None:
    first = {gold.file: claims(gold.text) for gold in GOLDS}
    assert {gold.file: claims(gold.text) for gold in reversed(GOLDS)} == first


def write_post(folder: Path, name: str, text: str) -> None:
    path = folder / "posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


def listed(folder: Path, *paths: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", "claims", "list", "--format", "json", *paths],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return {each["path"]: each["claims"] for each in json.loads(done.stdout)["files"]}


def test_another_post_of_the_site_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text("root = true\n")
    for gold in GOLDS[:2]:
        write_post(tmp_path, Path(gold.file).name, gold.text)
    before = listed(tmp_path, "posts")
    write_post(tmp_path, "aaa.md", "# Yoga\n\nYoga cures back pain. It always works.\n")
    after = listed(tmp_path, "posts")
    new = after.pop(str(Path("posts/aaa.md")))
    assert new and before == after
    [alone] = listed(tmp_path, str(Path("posts") / Path(GOLDS[0].file).name)).values()
    assert alone == before[str(Path("posts") / Path(GOLDS[0].file).name)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_change_no_claim(end: str) -> None:
    for gold in GOLDS:
        plain = gold.text.replace("\r\n", "\n")
        if end == "\r" and plain.startswith("---"):
            continue  # front matter with lone carriage returns is a question of its own
        found = [(c.unit.text.split(), c.types, c.strength) for c in claims(plain)]
        other = [
            (c.unit.text.split(), c.types, c.strength) for c in claims(plain.replace("\n", end))
        ]
        assert found == other, gold.file
