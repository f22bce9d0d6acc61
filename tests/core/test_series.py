"""Measures with parts on their way: through worker processes, a process of its own, the cache."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import file_ref, plugin_file, request, setup, write

from copydesk.api import FileResult, Measure, Part, Span
from copydesk.codec import series_from_json, series_to_json
from copydesk.config import Flags
from copydesk.results import RunResults
from copydesk.runner import Options, Session
from copydesk.workbench import Workbench

RULES = """
from copydesk.api import Part

@rule("house.length", **TEXTS)
def length(context):
    parts = tuple(Part("é\\n🌿", len(unit.text), unit.span, 3) for unit in context.post.units)
    yield Measure("length", 9, (*parts, Part("", None, Span(0, 0))), 2.5)

@rule("house.plain", **TEXTS)
def plain(context):
    yield Measure("plain", 1)

@rule("house.wrong", **TEXTS)
def wrong(context):
    yield Measure("wrong", 1, ("no part",))

@rule("house.wordy", **TEXTS)
def wordy(context):
    yield Measure("wordy", 1, (Part("", "three", Span(0, 0)),))
"""
GOOD = ("house.length", "house.plain")


def results(root: Path, **given: object) -> FileResult:
    plugin = plugin_file(root, "house.py", RULES)
    flags = Flags(select=GOOD, plugin_files=(plugin,))
    session = Session(Options(flags, **given))
    try:
        session.check([root / "posts"])
        found = RunResults(session)
        assert not found.failures
        return next(found.files())
    finally:
        session.close()


def test_parts_reach_the_results_from_a_process_and_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(tmp_path, {"posts/a.md": "# Fees\n\nWe ask for 90.\n"})
    expected = Measure(
        "length",
        9,
        (
            Part("é\n🌿", 4, Span(2, 6), 3),
            Part("é\n🌿", 14, Span(8, 22), 3),
            Part("", None, Span(0, 0)),
        ),
        2.5,
    )
    for _ in range(2):  # the second time from the cache
        found = results(tmp_path, jobs="1")
        assert found.measures == {"length": 9, "plain": 1}
        assert found.series == {"length": expected}
    assert results(tmp_path, jobs="2", use_cache=False).series == {"length": expected}


def test_parts_and_back():
    for measure in (
        Measure("a", 1, (Part("x", 2.5, Span(1, 2), 7),), None),
        Measure("b", "many", (Part("", None, Span(0, 0)),), 3),
    ):
        assert series_from_json(measure.name, measure.value, series_to_json(measure)) == measure


@pytest.mark.parametrize("rule", ["house.wrong", "house.wordy"])
def test_a_wrong_part_is_the_rules_fault(tmp_path: Path, rule: str):
    ref = file_ref(plugin_file(tmp_path, "house.py", RULES))
    answer = Workbench(setup(tmp_path, ref)).examine(request("Fees.", "a.md", rule, "house.plain"))
    (failure,) = answer["failures"]
    assert rule in failure["message"] and "Part" in failure["message"]
    assert answer["series"] == {} and "plain" in answer["measures"]
