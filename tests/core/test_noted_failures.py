"""What a rule notes with `failed` fails the run, once, and the rule goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.cli.main import run

PLUGIN = '''
"""Rules that note what is wrong with a record file."""
from copydesk.api import Failure, hookimpl, rule, site_rule

WORDS = dict(summary="x", why="x", good="x", bad="x", authority="x")


@rule("own.notes", **WORDS)
def notes(ctx):
    """Note a failure, then report."""
    ctx.failed(Failure("config", "has a wrong entry", "Mend it.", ctx.site_path("own.toml")))
    ctx.beside(ctx.post).failed(Failure("config", "has another", "Mend it.", "own.toml"))
    yield ctx.report(ctx.top, "Went on.", help="Look.")


@site_rule("own.site", **WORDS)
def whole(ctx):
    """Note the same failure for the whole site."""
    ctx.failed(Failure("config", "has a wrong entry", "Mend it.", ctx.site_path("own.toml")))
    for entry in ctx.index:
        yield ctx.report(entry, "Went on too.", help="Look.")


@hookimpl
def register_rules():
    """Register them."""
    return [notes, whole]
'''


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "practice"
    (folder / "posts").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for name in ("a", "b"):
        Path(f"posts/{name}.md").write_text(f"# {name}\n\nHello there.\n")
    Path("own.py").write_text(PLUGIN)


def test_told_once_and_the_findings_stay(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["lint", ".", "--plugin", "own.py", "--select", "own.notes", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert code == 2
    assert [each["message"] for each in report["failures"]] == ["has a wrong entry", "has another"]
    assert [len(each["findings"]) for each in report["files"]] == [1, 1]
    again = run(["lint", ".", "--plugin", "own.py", "--select", "own.notes"])
    assert again == 2  # it is not forgotten by what is kept of the first run


def test_site_rules_note_failures_too(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["lint", ".", "--plugin", "own.py", "--select", "own", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert code == 2
    assert [each["message"] for each in report["failures"]] == ["has a wrong entry", "has another"]
    assert [len(each["findings"]) for each in report["files"]] == [2, 2]
