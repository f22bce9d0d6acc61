"""Plugins that are not built in: whoever fails is blamed by name, and the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from core_kit import file_ref, plugin_file, request, setup, write

from copydesk.isolation import Isolated, probe
from copydesk.registry import PluginRef
from copydesk.workbench import Workbench

RULES = """
import os, time

def mine(name):
    return rule("mine." + name, **TEXTS)

@mine("good")
def good(context):
    yield Measure("good", 1)
    yield context.report(context.post.units[0], "Found.")

@mine("late")
def late(context):
    if "late" in context.post.source.text:
        time.sleep(60)
    return ()

@mine("exits")
def exits(context):
    if "exit" in context.post.source.text:
        os._exit(7)
    return ()

@mine("raises")
def raises(context):
    raise RuntimeError("no luck")

@mine("leaves")
def leaves(context):
    raise SystemExit(3)

@mine("words")
def words(context):
    yield "a finding"

@mine("outside")
def outside(context):
    yield context.report(Span(0, 10_000), "Too far.")

@mine("strange")
def strange(context):
    yield context.report(context.post.units[0], lambda: 1)

@mine("measures")
def measures(context):
    yield Measure("x", {1, 2})

@mine("hidden")
def hidden(context):
    yield context.report(context.post.units[0], type("Text", (str,), {})("Mine."))
"""


@pytest.fixture(scope="module")
def isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Isolated]:
    folder = tmp_path_factory.mktemp("plugin")
    made = setup(folder, file_ref(plugin_file(folder, "mine.py", RULES)))
    runner = Isolated(made, Workbench(made), 1.5)
    yield runner
    runner.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("raises", "failed: RuntimeError: no luck (mine.py:"),
        ("leaves", "failed: SystemExit: 3"),
        ("words", "it yielded str, not a report"),
        ("outside", "lies outside the post"),
        ("strange", "must be texts"),
        ("measures", "no number and no text"),
        ("hidden", "gave no answer"),
    ],
)
def test_one_rule_fails_and_others_find(isolated: Isolated, name: str, words: str) -> None:
    answer = isolated.examine(request("Words.\n", "post.md", f"mine.{name}", "mine.good"))
    [failure] = answer["failures"]
    assert f"mine.{name}" in failure["message"]
    assert words in failure["message"]
    assert "mine.py" in failure["plugin"]
    assert [finding["rule"] for finding in answer["findings"]] == ["mine.good"]
    assert answer["measures"] == {"good": 1}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("late", "Too late.\n", "did not return within 1.5 seconds"),
        ("exits", "We exit.\n", "ended its process (exit code 7)"),
    ],
)
def test_a_rule_that_takes_its_process_along_is_not_asked_again(
    isolated: Isolated, name: str, text: str, words: str
) -> None:
    for key in ("one.md", "two.md"):
        answer = isolated.examine(request(text, key, f"mine.{name}", "mine.good"))
        [failure] = answer["failures"]
        assert words in failure["message"]
        assert failure["path"] == key
        assert [finding["rule"] for finding in answer["findings"]] == ["mine.good"]
    [failure] = isolated.examine(request("Fine.\n", "three.md", f"mine.{name}"))["failures"]
    assert words in failure["message"]


def test_a_single_rule_that_exits(tmp_path: Path) -> None:
    made = setup(tmp_path, file_ref(plugin_file(tmp_path, "mine.py", RULES)))
    runner = Isolated(made, Workbench(made), 5)
    try:
        answer = runner.examine(request("We exit.\n", "a.md", "mine.exits"))
        assert "exit code 7" in answer["failures"][0]["message"]
        assert answer["findings"] == []
    finally:
        runner.close()


def test_loading_is_tried_in_a_process_first(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "good.py": "x = 1\n",
            "raises.py": "raise ValueError\n",
            "exits.py": "import os\nos._exit(9)\n",
            "late.py": "import time\ntime.sleep(60)\n",
        },
    )
    refs: list[PluginRef] = [
        file_ref(tmp_path / f"{name}.py") for name in ("exits", "good", "late", "raises")
    ]
    good, failures = probe(refs, 1.5)
    assert [ref.name for ref in good] == ["good", "raises"]
    assert "exit code 9" in failures[0].message
    assert "1.5 seconds" in failures[1].message
    assert "exits.py" in failures[0].plugin
    assert probe([], 1) == ([], [])
