"""`copydesk measure`: the JSON contract, the table, failures, and no network for the panel."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from copydesk.api import CopydeskError, Failure, Post
from copydesk.testing import read
from copydesk_plugins.readability import register_commands
from copydesk_plugins.readability.examples import ONE_HARD_SECTION

POST = """\
---
title: "After the visit: rest"
description: What you can do at home.
---

You are driven home by a friend 😀. However, you may walk.\r
Rest.

## Next

- Soft clothes
- A list\xa0of your medicines

> Quoted words.
"""
FAILURE = Failure("file", "could not be read: there is no such file", "Check the path.", "b.md")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Posts and failures by shown path, handed out in place of files."""
    posts: dict[str, Any] = {"a.md": read(POST)}

    def read_posts(paths: Any, config: Any) -> Iterator[tuple[str, Post | Failure]]:
        posts["config"] = config
        for path in map(str, paths):
            if isinstance(posts[path], CopydeskError):
                raise posts[path]
            yield path, posts[path]

    monkeypatch.setattr("copydesk_plugins.readability.measure.read_posts", read_posts)
    return posts


def run(*arguments: str) -> Result:
    [command] = register_commands()
    assert command.name == "measure"
    return CliRunner().invoke(command.load(), list(arguments))


def test_json_contract(given: dict[str, Any]) -> None:
    result = run("a.md", "--format", "json")
    assert result.exit_code == 0
    out = json.loads(result.stdout)
    assert list(out) == ["version", "files", "failures"]
    assert out["version"] == 1
    assert out["failures"] == []
    [file] = out["files"]
    assert list(file) == ["path", "counts", "scores", "sections", "sentences"]
    assert file["path"] == "a.md"
    assert list(file["scores"]) == ["flesch_reading_ease", "flesch_kincaid_grade", "smog"]
    for each in file["sentences"]:
        assert list(each) == ["start", "end", "text", "words", "passive", "transition"]
        assert all(list(word) == ["text", "syllables"] for word in each["words"])


def test_sentences_are_every_unit_at_its_place(given: dict[str, Any]) -> None:
    [file] = json.loads(run("a.md", "--format", "json").stdout)["files"]
    texts = [each["text"] for each in file["sentences"]]
    assert texts == [
        "After the visit: rest",
        "What you can do at home.",
        "You are driven home by a friend 😀.",
        "However, you may walk.",
        "Rest.",
        "Next",
        "Soft clothes",
        "A list\xa0of your medicines",
        "Quoted words.",
    ]
    for each in file["sentences"]:
        assert POST[each["start"] : each["end"]] == each["text"]
    assert [each["passive"] for each in file["sentences"]].index(True) == 2
    assert [each["transition"] for each in file["sentences"]].index(True) == 3
    assert file["sentences"][4]["words"] == [{"text": "Rest", "syllables": 1}]


def test_counts_are_the_sum_of_the_counted_sentences(given: dict[str, Any]) -> None:
    [file] = json.loads(run("a.md", "--format", "json").stdout)["files"]
    counted = [file["sentences"][at] for part in file["sections"] for at in part["sentences"]]
    words = [word for each in counted for word in each["words"]]
    everything = sum(len(each["words"]) for each in file["sentences"])
    assert file["counts"] == {
        "words": len(words),
        "sentences": len(counted),
        "syllables": sum(word["syllables"] for word in words),
        "polysyllables": sum(word["syllables"] >= 3 for word in words),
        "passive_sentences": 1,
        "transition_sentences": 1,
        "words_not_counted": everything - len(words),
    }
    assert [part["heading"] for part in file["sections"]] == ["", "Next"]
    assert sum(part["counts"]["words"] for part in file["sections"]) == len(words)


def test_several_files_and_a_failure(given: dict[str, Any]) -> None:
    given["b.md"], given["c.md"] = FAILURE, read("# Title\n")
    result = run("a.md", "b.md", "c.md", "--format", "json", "--config", "x.toml")
    assert result.exit_code == 2
    assert given["config"] == Path("x.toml")
    out = json.loads(result.stdout)
    assert [file["path"] for file in out["files"]] == ["a.md", "c.md"]
    assert out["failures"] == [
        {"kind": "file", "path": "b.md", "message": FAILURE.message, "help": "Check the path."}
    ]
    assert set(out["files"][1]["scores"].values()) == {None}


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_failure_half_way_leaves_sound_output(given: dict[str, Any], form: str) -> None:
    given["b.md"] = CopydeskError(Failure("config", "is not valid", "Mend it.", "c.toml"))
    result = run("a.md", "b.md", "--format", form)
    assert result.exit_code == 2
    if form == "json":
        assert json.loads(result.stdout)["failures"][0]["kind"] == "config"
    else:
        assert "failed c.toml is not valid. Mend it." in result.stderr


def test_nothing_measured_is_a_failure(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "copydesk_plugins.readability.measure.read_posts", lambda paths, config: iter(())
    )
    assert run("empty-folder").exit_code == 2


def test_text_says_what_it_counts(given: dict[str, Any]) -> None:
    given["c.md"] = read(ONE_HARD_SECTION)
    result = run("a.md", "c.md")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "a.md"
    assert lines[1].split() == [
        "words",
        "sentences",
        "syllables",
        "3+",
        "syllables",
        "ease",
        "grade",
        "SMOG",
    ]
    assert any(line.startswith("  whole post") for line in lines)
    assert any(line.startswith("  On the day") for line in lines)
    assert "  Passive: 1 of 5 sentences. Transition words: 1 of 5 sentences." in lines
    assert any("SMOG was made for 30 sentences; scaled up from 5" in line for line in lines)
    assert result.stdout.count("Counted: sentences of paragraphs and list items.") == 1
    assert lines[-1] == "2 posts measured, 0 failed"
    assert max(map(len, lines)) <= 100


def test_text_of_an_empty_and_of_a_german_post(given: dict[str, Any]) -> None:
    given["b.md"] = read("# Title\n")
    given["c.md"] = read("---\nlanguage: de\n---\n\nDas ist ein Satz.\n")
    text = run("b.md", "c.md").stdout
    assert "No sentence of prose to count." in text
    assert "Not in English: the formulas do not fit, so there are no scores." in text


def test_panel_needs_no_network_and_leaves_no_trace(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import nltk

    def blocked(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", blocked)
    monkeypatch.setattr(socket, "create_connection", blocked)
    before, download = list(nltk.data.path), nltk.download
    result = run("a.md", "--panel", "--format", "json")
    assert result.exit_code == 0, result.output
    panel = json.loads(result.stdout)["files"][0]["panel"]
    assert panel["metrics"]["gunning_fog"] is not None
    assert "differ slightly" in panel["note"]
    assert nltk.data.path == before
    assert nltk.download is download
    text = run("a.md", "--panel").stdout
    assert "Gunning fog (US grade)" in text
    assert "differ slightly" in text


def test_panel_of_no_words_is_empty(given: dict[str, Any]) -> None:
    given["b.md"] = read("# Title\n")
    result = run("b.md", "--panel", "--format", "json")
    assert json.loads(result.stdout)["files"][0]["panel"] == {}


def test_panel_takes_our_sentences(given: dict[str, Any]) -> None:
    from copydesk_plugins.readability.panel import panel

    # Were the stops of "3.5" and "e.g." kept, textstat would find four sentences here.
    words = [["Take", "3.5", "mg", "e.g", "at", "night"], ["It", "isn’t", "a", "long", "walk"]]
    from textstat import textstat

    plain = "Take 35 mg eg at night. It isn't a long walk."
    assert panel(words)["metrics"]["gunning_fog"] == round(textstat.gunning_fog(plain), 1)


def test_panel_without_its_dictionary_fails_by_name(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    import nltk

    nltk.corpus.cmudict.ensure_loaded()
    nltk.corpus.cmudict._unload()
    monkeypatch.setattr("copydesk_plugins.readability.panel.dictionary_path", lambda: str(tmp_path))
    result = run("a.md", "--panel", "--format", "json")
    assert result.exit_code == 2
    [failure] = json.loads(result.stdout)["failures"]
    assert failure["plugin"] == "readability"


FRESH = """
import socket, sys
def blocked(*_, **__):
    raise AssertionError("the network was used")
class Blocked(socket.socket):
    __init__ = blocked
socket.socket = Blocked  # still a class: the module ssl makes another from it
socket.create_connection = socket.getaddrinfo = blocked
from copydesk_plugins.readability.panel import panel
print(panel([["Every", "visitor", "receives", "a", "careful", "explanation"]])["metrics"])
"""

LINT = """
import sys
from copydesk.testing import run_rule
from copydesk_plugins.readability import register_rules
for rule in register_rules():
    run_rule(rule, rule.bad)
print(sorted({"textstat", "nltk", "click", "requests", "bs4"} & set(sys.modules)))
"""


def fresh(code: str, home: Path) -> str:
    """Run code in a new Python whose home and nltk folders are empty."""
    settings = {
        **os.environ,
        "HOME": str(home),
        "NLTK_DATA": str(home),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=settings,
        cwd=home,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_panel_in_a_fresh_python_needs_no_network(tmp_path: Path) -> None:
    # 6 words with 15 syllables in CMUdict; without the dictionary textstat would have raised.
    assert "'flesch_reading_ease': -10.8" in fresh(FRESH, tmp_path)


def test_lint_imports_nothing_heavy(tmp_path: Path) -> None:
    assert fresh(LINT, tmp_path).strip() == "[]"
