"""A finding's group on its way: through a process of its own, the cache and site rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from core_kit import finding, plugin_file, write

from copydesk.api import Group, Report, Span
from copydesk.codec import finding_from_json, finding_to_json
from copydesk.config import Flags
from copydesk.places import Placer
from copydesk.results import RunResults
from copydesk.runner import Options, Session
from copydesk.testing import read

GROUP = Group("baths help", "Name one source.", True)
RULES = """
from copydesk.api import Group

@rule("house.baths", **TEXTS)
def baths(context):
    for unit in context.post.units:
        if "bath" in unit.text:
            yield context.report(unit, "A bath.", group=Group("baths help", "One."))

@site_rule("house.titles", **TEXTS)
def titles(context):
    for entry in context.index:
        yield context.report(entry, "A title.")._replace(group=Group("titles"))
"""


def test_json_and_back():
    one = finding()._replace(group=GROUP)
    assert finding_from_json(json.loads(json.dumps(finding_to_json(one)))) == one
    assert "group" not in finding_to_json(finding())


@pytest.mark.parametrize(
    "wrong", ["baths help", ("says", "help", True), Group(3), Group("a", None)]
)
def test_a_wrong_group_is_the_rules_fault(wrong):
    placer = Placer(read("A bath."))
    with pytest.raises(TypeError, match="Group"):
        placer.finding("house.baths", "warning", Report(Span(0, 1), "m", group=wrong))


def test_a_group_reaches_the_results_from_a_process_the_cache_and_a_site_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(tmp_path, {"posts/a.md": "# Baths\n\nA bath helps. A bath is warm.\n"})
    plugin = plugin_file(tmp_path, "house.py", RULES)
    flags = Flags(select=("house",), plugin_files=(plugin,))
    for _ in range(2):  # the second time from the cache
        session = Session(Options(flags, jobs="1"))
        try:
            session.check([tmp_path / "posts"])
            (result,) = RunResults(session).files()
            assert RunResults(session).failures == ()
        finally:
            session.close()
        assert [each.group for each in result.findings] == [
            Group("titles"),
            Group("baths help", "One."),
            Group("baths help", "One."),
        ]
