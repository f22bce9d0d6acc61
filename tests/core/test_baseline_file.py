"""The baseline as data: what is written comes back, in an order for git, and it never grows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from core_kit import finding
from hypothesis import given
from hypothesis import strategies as st

from copydesk import baseline
from copydesk.baseline import Baseline, Entries
from copydesk.model.finding import CopydeskError

MARKS = st.text("0123456789abcdef", min_size=16, max_size=16)
#: Names of files may hold bytes that are no text, as halves of surrogate pairs.
PATHS = st.text(st.characters(max_codepoint=0xDFFF), min_size=1, max_size=12)
RULES = st.sampled_from(["claims.absolute", "claims.statistic", "mine.rule"])
ENTRIES = st.dictionaries(PATHS, st.dictionaries(MARKS, RULES, min_size=1, max_size=4), max_size=5)


@given(entries=ENTRIES)
def test_what_is_written_comes_back(
    entries: Entries, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("site")
    baseline.save(root / "baseline.json", entries)
    found = baseline.load(root)
    assert found.there and found.entries == entries
    lines = (root / "baseline.json").read_text("ascii").splitlines()
    assert sum(": " in line and line.startswith("   ") for line in lines) == baseline.count(entries)
    posts = json.loads((root / "baseline.json").read_text("ascii"))["posts"]
    assert list(posts) == sorted(posts)
    assert all(list(rules) == sorted(rules) for rules in posts.values())


def test_the_order_in_which_findings_came_does_not_matter(tmp_path: Path) -> None:
    first = {"b.md": {"b" * 16: "x.y", "a" * 16: "x.z"}, "a.md": {"c" * 16: "x.y"}}
    second = {"a.md": {"c" * 16: "x.y"}, "b.md": {"a" * 16: "x.z", "b" * 16: "x.y"}}
    written = []
    for entries in (first, second):
        baseline.save(tmp_path / "baseline.json", entries)
        written.append((tmp_path / "baseline.json").read_bytes())
    assert written[0] == written[1]


def test_a_line_less_is_all_that_dropping_one_finding_changes(tmp_path: Path) -> None:
    marks = [f"{number:016x}" for number in range(9)]
    whole = {"a.md": dict.fromkeys(marks, "x.y")}
    texts = []
    for entries in (whole, {"a.md": {mark: "x.y" for mark in marks if mark != marks[4]}}):
        baseline.save(tmp_path / "baseline.json", entries)
        texts.append((tmp_path / "baseline.json").read_text("ascii").splitlines())
    assert [line for line in texts[0] if line not in texts[1]] == [f'   "{marks[4]}": "x.y",']
    assert set(texts[1]) < set(texts[0])


@given(
    entries=ENTRIES,
    judged=st.sets(st.tuples(PATHS, RULES)),
    gone=st.sets(PATHS),
    standing=st.dictionaries(PATHS, st.sets(MARKS)),
)
def test_what_is_left_is_never_more_and_what_is_not_known_stays(
    entries: Entries,
    judged: set[tuple[str, str]],
    gone: set[str],
    standing: dict[str, set[str]],
) -> None:
    old = Baseline(Path("baseline.json"), entries, True, standing=standing)
    judged |= {(key, rule) for key, rules in list(entries.items())[::2] for rule in rules.values()}
    left = old.left(lambda key, rule: (key, rule) in judged, lambda key: key in gone)
    for key, rules in entries.items():
        for mark, rule in rules.items():
            stays = mark in standing.get(key, ()) or not (key in gone or (key, rule) in judged)
            assert (mark in left.get(key, {})) == stays
    assert all(left[key].items() <= entries[key].items() for key in left)
    assert all(left.values())


def test_waived_findings_are_noted_but_neither_accepted_nor_to_be_accepted() -> None:
    marked = [finding(str(n), start=n)._replace(fingerprint=str(n) * 16) for n in range(3)]
    marked[1] = marked[1]._replace(waived="So it is. (mara)")
    old = Baseline(Path(), {"a.md": {"0" * 16: "claims.absolute", "1" * 16: "claims.absolute"}})
    assert [each.accepted for each in old.apply(tuple(marked), "a.md")] == [True, False, False]
    assert set(old.found["a.md"]) == {"0" * 16, "2" * 16}
    assert old.standing["a.md"] == {"0" * 16, "1" * 16, "2" * 16}
    assert not any(each.accepted for each in old.apply(tuple(marked), "b.md"))


def test_a_file_that_is_not_there_accepts_nothing(tmp_path: Path) -> None:
    found = baseline.load(tmp_path)
    assert (found.there, found.entries) == (False, {})


def test_a_file_that_cannot_be_replaced_stays(tmp_path: Path) -> None:
    (tmp_path / "baseline.json").mkdir()
    with pytest.raises(CopydeskError) as caught:
        baseline.save(tmp_path / "baseline.json", {"a.md": {"0" * 16: "x.y"}})
    assert "could not be written" in caught.value.failure.message
    assert list(tmp_path.iterdir()) == [tmp_path / "baseline.json"]
